import fc from 'fast-check'
import type { ClassGrid } from '../../../src/export/regions/class-grid.js'

/** A mask that is drawn with digits; a point is a pixel of no class. */
export function gridOf(...rows: readonly string[]): ClassGrid {
  const ids = rows.flatMap((row) => [...row].map((digit) => (digit === '.' ? 0xffff : Number(digit))))
  return { width: rows[0]?.length ?? 0, height: rows.length, ids: Uint16Array.from(ids), unknownPixels: 0 }
}

/** Masks of up to twelve by twelve pixels and three classes. */
export function drawnGrid(): fc.Arbitrary<ClassGrid> {
  return fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([width, height]) =>
    fc
      .array(fc.constantFrom(1, 1, 1, 2, 3, 0xffff), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((ids) => ({ width, height, ids: Uint16Array.from(ids), unknownPixels: 0 })),
  )
}

/** The pixels whose middle lies inside an odd number of rings. */
export function filledByRings(
  rings: readonly (readonly { readonly x: number; readonly y: number }[])[],
  { width, height }: ClassGrid,
): readonly number[] {
  const inside: number[] = []
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [(at % width) + 0.5, Math.floor(at / width) + 0.5]
    let crossings = 0
    for (const ring of rings) {
      for (const [index, one] of ring.entries()) {
        const other = ring[(index + 1) % ring.length] as { x: number; y: number }
        if (one.y > y !== other.y > y && x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x)
          crossings++
      }
    }
    if (crossings % 2 === 1) inside.push(at)
  }
  return inside
}

/** Unpacks what COCO's tools pack, after the description of maskApi.c. */
export function unpackCounts(text: string): readonly number[] {
  const counts: number[] = []
  for (let at = 0; at < text.length; ) {
    let value = 0
    let shift = 0
    for (;;) {
      const bits = text.charCodeAt(at++) - 48
      value |= (bits & 0x1f) << shift
      shift += 5
      if ((bits & 0x20) !== 0) continue
      if ((bits & 0x10) !== 0) value |= -1 << shift
      break
    }
    counts.push(counts.length > 2 ? value + (counts[counts.length - 2] as number) : value)
  }
  return counts
}

/** Unpacks a brush of Label Studio, after the reader that its converter prints. */
export function unpackBrush(bytes: readonly number[]): {
  readonly pixels: number
  readonly inside: readonly number[]
} {
  let at = 0
  const read = (size: number) => {
    let value = 0
    for (let bit = 0; bit < size; bit += 1, at += 1) {
      value = value * 2 + (((bytes[at >> 3] as number) >> (7 - (at & 7))) & 1)
    }
    return value
  }
  const length = read(32)
  const word = read(5) + 1
  const sizes = [0, 0, 0, 0].map(() => read(4) + 1)
  const inside: number[] = []
  for (let index = 0; index < length; ) {
    const isRun = read(1) === 1
    const end = index + 1 + read(sizes[read(2)] as number)
    if (!isRun) throw new Error('only runs are written')
    const value = read(word)
    for (; index < end; index += 1) if (value === 255 && index % 4 === 3) inside.push((index - 3) / 4)
  }
  return { pixels: length / 4, inside }
}
