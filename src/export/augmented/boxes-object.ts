import type { JsonRecord } from '../../json/loose-values.js'
import type { LabeledObject } from '../../manifests/read/label.js'
import { fitBox } from '../images/shapes.js'

/**
 * Gives boxes with numbers where Ground Truth may write text, cut at the edge of the image: Rekognition takes none that
 * reach out of it. A text says why there are none.
 */
export function boxesObject(
  label: Extract<LabeledObject, { readonly boxes: unknown }>,
  metadata: JsonRecord,
  tell: (why: string) => void,
): JsonRecord | string {
  const { attribute, imageSize } = label
  if (imageSize === undefined) return 'the size of its image is unknown'
  const kept = label.boxes.flatMap(({ classIndex, className, confidence, ...box }, index) => {
    const { shape, why } = fitBox({ kind: 'box', ...box }, imageSize)
    if (why !== undefined) tell(`box ${index + 1} (${className ?? 'no class name'}): ${why}`)
    return shape === undefined ? [] : [{ shape, classIndex, className, confidence }]
  })
  if (kept.length === 0 && label.boxes.length > 0) return 'nothing is left of its boxes'
  if (kept.some(({ classIndex, className }) => classIndex === undefined || className === undefined))
    return 'a box has a class without a name or number'
  const names = Object.fromEntries(kept.map(({ classIndex, className }) => [classIndex, className]))
  const { width, height, depth } = imageSize
  return {
    [attribute]: {
      image_size: [{ width, height, depth: depth ?? 3 }],
      annotations: kept.map(({ classIndex, shape: { left, top, width, height } }) => ({
        class_id: classIndex,
        left,
        top,
        width,
        height,
      })),
    },
    [`${attribute}-metadata`]: {
      ...metadata,
      // Asked for and not used; 0 is what Ground Truth writes where it knows none.
      objects: kept.map(({ confidence }) => ({ confidence: confidence ?? 0 })),
      'class-map': names,
      type: 'groundtruth/object-detection',
    },
  }
}
