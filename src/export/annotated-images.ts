import type { Lines } from '../manifests/read/collect.js'
import type { LabeledObject } from '../manifests/read/label.js'
import type { ExportSettings, Size } from './export-options.js'
import { makeImageNames } from './image-names.js'
import { labeledLines } from './labeled-lines.js'
import { clipBox, type Shape } from './shapes.js'

/** An image with what is labeled on it, whatever the task. */
export interface AnnotatedImage {
  readonly label: LabeledObject
  /** Its path in the export, unlike that of any other image. */
  readonly name: string
  /** Its address. */
  readonly source: string
  /** The part of the split it is in. */
  readonly part: string | undefined
  readonly size: Size | undefined
  readonly shapes: readonly Shape[]
}

/**
 * Gives the labeled images with their shapes, an image without any included. What does not come along is told.
 *
 * @throws LabelingJobError `refused-call` for a class that is not in the list, and labels the export does not take.
 */
export async function* annotatedImages(
  labels: Lines,
  settings: ExportSettings,
): AsyncGenerator<AnnotatedImage, void> {
  const nameOf = makeImageNames()
  for await (const label of labeledLines(labels, settings)) {
    const { source } = label
    if (!('boxes' in label)) continue
    const size = label.imageSize ?? settings.sizeOf(source)
    const shapes = shapesOf(label.boxes, size, label.lineNumber, settings)
    if (shapes === undefined) continue
    yield { label, source, size, shapes, name: nameOf(source), part: settings.parts.of(source) }
  }
}

/** An image of which one object has no class would teach that there is nothing: it is left out as a whole. */
function shapesOf(
  boxes: Extract<LabeledObject, { readonly boxes: unknown }>['boxes'],
  size: Size | undefined,
  lineNumber: number,
  { classes, skipped }: ExportSettings,
): readonly Shape[] | undefined {
  const shapes: Shape[] = []
  for (const [index, { className, confidence, ...rectangle }] of boxes.entries()) {
    if (className === undefined) {
      skipped(lineNumber, `box ${index + 1} has no class name in the class map: the image was left out`)
      return undefined
    }
    const place = classes.placeOf(className, lineNumber)
    const { box, why } = clipBox(rectangle, size)
    if (why !== undefined) skipped(lineNumber, `box ${index + 1} (${className}): ${why}`)
    if (box !== undefined) shapes.push({ kind: 'box', place, confidence, ...box })
  }
  return shapes
}
