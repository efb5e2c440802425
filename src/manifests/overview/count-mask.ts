import type { CallOptions } from '../../aws/aws.js'
import { UNKNOWN_CLASS } from '../label-files/class-colors.js'
import { readMask, visibleAmong } from '../label-files/read-mask.js'
import { readPointMask } from '../label-files/read-point-mask.js'
import type { MaskLabel, PointMaskLabel } from '../read/label-contents.js'

/** How much of a mask is of which class. */
export interface MaskCounts {
  /** Pixels or points by class id. */
  readonly byClass: ReadonlyMap<number, number>
  /** Pixels whose color, which is to be seen, is of no class or of several. */
  readonly unknownPixels: number
  /** The size of the image in pixels. */
  readonly size?: { readonly width: number; readonly height: number }
}

/** Fetches a mask, and counts its pixels or points by class. */
export async function countMask(
  label: MaskLabel | PointMaskLabel,
  options: CallOptions,
): Promise<MaskCounts> {
  const byClass = new Map<number, number>()
  const bytes = await label.mask(options)
  if ('frameAttributes' in label) {
    countIds(byClass, await readPointMask(bytes))
    return { byClass, unknownPixels: 0 }
  }
  let width = 0
  let height = 0
  let unknownPixels = 0
  for await (const { classIds, unknownColors } of readMask(bytes, label.colorMap)) {
    countIds(byClass, classIds)
    unknownPixels += visibleAmong(unknownColors)
    width = classIds.length
    height += 1
  }
  byClass.delete(UNKNOWN_CLASS)
  return { byClass, unknownPixels, size: { width, height } }
}

// Neighbors are mostly of one class: runs of them are counted at once.
function countIds(counts: Map<number, number>, ids: Uint8Array | Uint16Array): void {
  for (let start = 0; start < ids.length; ) {
    const id = ids[start] as number
    let end = start + 1
    while (ids[end] === id) end += 1
    counts.set(id, (counts.get(id) ?? 0) + end - start)
    start = end
  }
}
