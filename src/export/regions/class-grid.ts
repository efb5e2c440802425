import { UNKNOWN_CLASS } from '../../manifests/label-files/class-colors.js'
import { type MaskRow, visibleAmong } from '../../manifests/label-files/read-mask.js'

/** The class of each pixel of a mask, row after row. */
export interface ClassGrid {
  readonly width: number
  readonly height: number
  readonly ids: Uint16Array
  /** Pixels whose color, which is none of the map's, is to be seen. */
  readonly unknownPixels: number
}

/** Puts the rows of a mask together: regions reach over rows, and COCO counts by columns. */
export async function readGrid(rows: AsyncIterable<MaskRow>): Promise<ClassGrid> {
  const parts: Uint16Array[] = []
  let unknownPixels = 0
  for await (const { classIds, unknownColors } of rows) {
    parts.push(classIds)
    unknownPixels += visibleAmong(unknownColors)
  }
  const width = parts[0]?.length ?? 0
  const ids = new Uint16Array(width * parts.length)
  for (const [row, part] of parts.entries()) ids.set(part, row * width)
  return { width, height: parts.length, ids, unknownPixels }
}

/** Gives the ids of the classes that a mask shows. */
export function idsIn({ ids }: ClassGrid): ReadonlySet<number> {
  const found = new Set<number>()
  let last = UNKNOWN_CLASS
  for (const id of ids) {
    if (id === last) continue
    last = id
    if (id !== UNKNOWN_CLASS) found.add(id)
  }
  return found
}
