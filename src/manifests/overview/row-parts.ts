import type { CallOptions } from '../../aws/aws.js'
import type { Frame, FrameObject } from '../frames/frame.js'
import type { LabeledObject } from '../read/label.js'
import type { MaskLabel } from '../read/label-contents.js'
import { countMask, type MaskCounts } from './count-mask.js'
import { isNoConnection } from './tally-label.js'

/** What a row says of one part of a label, by column. */
export type RowPart = Readonly<Record<string, unknown>>

/** Gives the parts of a label that its line has. */
export function partsOnLine(label: LabeledObject): readonly RowPart[] {
  if ('boxes' in label) {
    const { width: imageWidth, height: imageHeight } = label.imageSize ?? {}
    return label.boxes.map((box) => ({ ...box, imageWidth, imageHeight }))
  }
  if ('cuboids' in label) return label.cuboids.map((cuboid) => ({ ...cuboid, ...flatCenter(cuboid) }))
  if ('entities' in label) return label.entities.map((entity) => ({ ...entity }))
  if ('classes' in label) return label.classes.map((chosen) => ({ ...chosen }))
  if ('comments' in label) {
    const { className, classIndex, confidence, comments } = label
    return [{ className, classIndex, confidence, comments: comments.join('\n') }]
  }
  if ('className' in label) {
    return [{ className: label.className, classIndex: label.classIndex, confidence: label.confidence }]
  }
  if ('value' in label) return [{ value: label.value }]
  return []
}

/**
 * Gives the parts of a mask: its classes, each with its pixels or points. They are not known when the manifest was read
 * without a connection.
 */
export async function partsOfMask(label: MaskLabel, options: CallOptions): Promise<readonly RowPart[]> {
  const counts = await countMask(label, options).catch((thrown: unknown): MaskCounts | undefined => {
    if (isNoConnection(thrown)) return undefined
    throw thrown
  })
  const mapped = Object.keys(label.colorMap).map(Number).filter(Number.isInteger)
  const ids = new Set([...mapped, ...(counts?.byClass.keys() ?? [])])
  return [...ids].map((id) => {
    const { className, color, confidence } = label.colorMap[id] ?? {}
    const count = counts === undefined ? undefined : (counts.byClass.get(id) ?? 0)
    const { maskUri } = label
    return { className, classIndex: id, confidence, color, pixels: count, points: count, maskUri }
  })
}

/** Gives the parts of a frame: its objects. */
export function partsOfFrame({ frameNumber, frame, sensor, attributes, objects }: Frame): readonly RowPart[] {
  return objects.map((object) => ({
    ...object,
    ...flatShape(object),
    frameNumber,
    frame,
    sensor,
    frameAttributes: attributes,
  }))
}

function flatShape(object: FrameObject): RowPart {
  if (object.kind === 'box') return {}
  if (object.kind === 'cuboid') return flatCenter(object)
  return { points: object.points.map(({ x, y }) => [x, y]) }
}

function flatCenter({ center }: { readonly center: { x: number; y: number; z: number } }): RowPart {
  return { centerX: center.x, centerY: center.y, centerZ: center.z }
}
