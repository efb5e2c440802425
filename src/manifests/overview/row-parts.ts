import type { CallOptions } from '../../aws/aws.js'
import type { Frame, FrameObject } from '../frames/frame.js'
import { classColorsOf } from '../label-files/class-colors.js'
import type { LabeledObject } from '../read/label.js'
import type { MaskLabel } from '../read/label-contents.js'
import { countMask, type MaskCounts } from './count-mask.js'
import { isNoConnection } from './tally-label.js'

/** What a row says of one part of a label, by column. */
export type RowPart = Readonly<Record<string, unknown>>

/** What of a label has no row. */
export interface LeftOut {
  /** Parts of frames that cannot be read. */
  unreadableParts: number
  /** Pixels of a mask whose color is of no class or of several; `undefined` while the mask is not read. */
  unknownPixels: number | undefined
}

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
 * without a connection; nor are those of a class that shares its color with another one.
 */
export async function partsOfMask(
  label: MaskLabel,
  leftOut: LeftOut,
  options: CallOptions,
): Promise<readonly RowPart[]> {
  const counts = await countMask(label, options).catch((thrown: unknown): MaskCounts | undefined => {
    if (isNoConnection(thrown)) return undefined
    throw thrown
  })
  leftOut.unknownPixels = counts?.unknownPixels
  const colors = classColorsOf(label.colorMap)
  const mapped = Object.keys(label.colorMap).map(Number).filter(Number.isInteger)
  const ids = new Set([...mapped, ...(counts?.byClass.keys() ?? [])])
  return [...ids].map((id) => {
    const { className, color, confidence } = label.colorMap[id] ?? {}
    const isUnknown = counts === undefined || (counts.unknownPixels > 0 && colors.isShared(id))
    const count = counts?.byClass.get(id) ?? (isUnknown ? undefined : 0)
    const { maskUri } = label
    return { className, classIndex: id, confidence, color, pixels: count, points: count, maskUri }
  })
}

/** Gives the parts of a frame: its objects, as far as they can be read. */
export function partsOfFrame(
  { frameNumber, frame, sensor, attributes, objects, unreadable }: Frame,
  leftOut: LeftOut,
): readonly RowPart[] {
  leftOut.unreadableParts += unreadable.length
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
