/**
 * Gives the runs of a region as COCO counts them: how many pixels are outside, then inside, then outside, and so on to the
 * end of the image.
 */
export function countsOf(runs: readonly number[], pixels: number): readonly number[] {
  const counts: number[] = []
  let last = 0
  for (const at of runs) {
    counts.push(at - last)
    last = at
  }
  if (last < pixels) counts.push(pixels - last)
  return counts
}

/**
 * Packs counts into a text as the tools of COCO do: five bits a character, the lowest first, the sixth says that more
 * come; from the fourth count on, what it differs by from the last but one.
 */
export function packCounts(counts: readonly number[]): string {
  let text = ''
  for (const [index, count] of counts.entries()) {
    let rest = index > 2 ? count - (counts[index - 2] as number) : count
    for (;;) {
      const bits = rest & 0x1f
      rest >>= 5
      const isLast = (bits & 0x10) === 0 ? rest === 0 : rest === -1
      text += String.fromCharCode(48 + (isLast ? bits : bits | 0x20))
      if (isLast) break
    }
  }
  return text
}

/**
 * Packs the runs of a region as Label Studio stores brushes: a stream of bits that holds four bytes a pixel, 255 inside
 * and 0 outside. Lengths of runs are written with the fewest of four numbers of bits.
 */
export function packBrush(runs: readonly number[], pixels: number): readonly number[] {
  const bits = new BitWriter()
  bits.write(pixels * 4, 32)
  bits.write(8 - 1, 5)
  for (const size of RUN_BITS) bits.write(size - 1, 4)
  for (const [index, count] of countsOf(runs, pixels).entries()) {
    let left = count * 4
    while (left > 0) {
      const length = Math.min(left, LONGEST_RUN)
      const size = RUN_BITS.findIndex((most) => length <= 2 ** most)
      bits.write(1, 1)
      bits.write(size, 2)
      bits.write(length - 1, RUN_BITS[size] as number)
      bits.write(index % 2 === 0 ? 0 : 255, 8)
      left -= length
    }
  }
  return bits.end()
}

const RUN_BITS = [3, 6, 10, 16]
const LONGEST_RUN = 2 ** 16

class BitWriter {
  readonly #bytes: number[] = []
  #byte = 0
  #free = 8

  write(value: number, size: number): void {
    for (let bit = size - 1; bit >= 0; bit -= 1) {
      this.#free -= 1
      this.#byte |= (Math.floor(value / 2 ** bit) & 1) << this.#free
      if (this.#free === 0) this.#next()
    }
  }

  end(): readonly number[] {
    if (this.#free < 8) this.#next()
    return this.#bytes
  }

  #next(): void {
    this.#bytes.push(this.#byte)
    this.#byte = 0
    this.#free = 8
  }
}
