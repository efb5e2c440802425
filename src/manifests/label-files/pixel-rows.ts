import type { DecodedPng } from './load-png.js'

/** A row of an image: what each pixel says by itself, its place in a palette or its brightness. */
export type Samples = Uint16Array

/** Gives the samples of an image with one channel, or of its first, a row at a time. */
export function* sampleRows({ width, height, channels, depth, data }: DecodedPng): Generator<Samples, void> {
  const perRow = Math.ceil((width * channels * Math.min(depth, 8)) / 8)
  const mask = (1 << depth) - 1
  for (let row = 0; row < height; row += 1) {
    const samples = new Uint16Array(width)
    const start = row * perRow
    for (let x = 0; x < width; x += 1) {
      if (depth >= 8) samples[x] = data[start + x * channels] as number
      else {
        const bit = x * depth
        samples[x] = ((data[start + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & mask
      }
    }
    yield samples
  }
}

/** Gives the colors of an image of three or four channels as numbers, a row at a time. */
export function* colorRows({
  width,
  height,
  channels,
  depth,
  data,
}: DecodedPng): Generator<Float64Array, void> {
  const shift = depth - 8
  for (let row = 0; row < height; row += 1) {
    const colors = new Float64Array(width)
    for (let x = 0; x < width; x += 1) {
      const at = (row * width + x) * channels
      const [red, green, blue] = [data[at], data[at + 1], data[at + 2]] as [number, number, number]
      const alpha = channels === 4 ? (data[at + 3] as number) >> shift : 255
      colors[x] = colorOf([red >> shift, green >> shift, blue >> shift, alpha])
    }
    yield colors
  }
}

/** What stands for every pixel that is wholly transparent: it has no color. */
export const TRANSPARENT = 0x1_00_00_00

/** Gives a color as a number; its alpha counts only where it leaves nothing to see. */
export function colorOf([red = 0, green = 0, blue = 0, alpha = 255]: readonly number[]): number {
  return alpha === 0 ? TRANSPARENT : red * 0x1_00_00 + green * 0x1_00 + blue
}
