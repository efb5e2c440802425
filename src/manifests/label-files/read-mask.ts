import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo } from '../../errors/refused-call.js'
import type { ColorMap } from '../read/label-contents.js'
import { readAnew } from '../read/read-anew.js'
import { type ClassColors, classColorsOf, hexOf, UNKNOWN_CLASS } from './class-colors.js'
import { type DecodedPng, decodePng } from './load-png.js'
import { mostOf } from './mask-limits.js'
import { colorOf, colorRows, sampleRows } from './pixel-rows.js'
import { refuseLargePng } from './refuse-large-png.js'

/** One row of a mask. */
export interface MaskRow {
  /** Counted from 0, from the top. */
  readonly row: number
  /** The class of each pixel, an id of the color map; `UNKNOWN_CLASS` where the color belongs to none. */
  readonly classIds: Uint16Array
  /** The colors of this row that belong to no class; none is guessed. */
  readonly unknownColors: readonly UnknownColor[]
}

/** A color that belongs to no class, for instance where a mask was scaled and edges were blurred. */
export interface UnknownColor {
  /** For instance `#2acf59`; `transparent` for pixels that have none. */
  readonly color: string
  readonly pixels: number
  /** The class whose color is the nearest: a hint, it may be another. */
  readonly nearest: number | undefined
}

/**
 * Reads the mask of a semantic segmentation as class ids, a row at a time; each loop decodes anew. Colors become the ids
 * of the color map. Masks of one channel, which models write, may hold the ids themselves: they are taken for ids where
 * not all of their shades are colors of the map, and all of them are ids of it. Needs the package `fast-png`, which
 * decodes the image as a whole.
 *
 * @param png The bytes of the mask, which `label.mask()` fetches.
 * @param colors The color map of the label: `label.colorMap`.
 * @param options `mostPixels`: a mask with more is not decoded. Default: 100,000,000.
 * @throws LabelingJobError `client-missing` when `fast-png` is not installed, `line-unreadable` for what is no PNG, or has
 * more pixels.
 * @example
 * const png = new Uint8Array() // await label.mask()
 * const pixels = new Map<number, number>()
 * for await (const { classIds } of readMask(png, { 1: { className: 'road', color: '#f28333', confidence: undefined } })) {
 *   for (const id of classIds) pixels.set(id, (pixels.get(id) ?? 0) + 1)
 * }
 */
export function readMask(
  png: Uint8Array,
  colors: ColorMap,
  options: { readonly mostPixels?: number } = {},
): AsyncIterable<MaskRow> {
  if (!(png instanceof Uint8Array)) throw givenNo('readMask', 'bytes: await label.mask()', png)
  if (typeof colors !== 'object' || colors === null) {
    throw givenNo('readMask', 'color map: give label.colorMap', colors)
  }
  refuseUnknownOptions({ call: 'readMask', what: 'Cannot read the mask' }, options, ['mostPixels'])
  const most = mostOf('readMask', 'mostPixels', options.mostPixels)
  return readAnew(() => maskRows(png, classColorsOf(colors), most), 'rows of a mask')
}

async function* maskRows(
  png: Uint8Array,
  classes: ClassColors,
  mostPixels: number,
): AsyncGenerator<MaskRow, void> {
  await refuseLargePng(png, mostPixels)
  const image = await decodePng(png)
  const nearest = new Map<number, number | undefined>()
  let row = 0
  for (const { values, meaning } of valueRows(image, classes)) {
    const classIds = new Uint16Array(values.length)
    const unknown = new Map<number, number>()
    let last = -1
    let lastId: number | undefined
    for (const [x, value] of values.entries()) {
      if (value !== last) {
        last = value
        lastId = meaning.idOf(value)
      }
      classIds[x] = lastId ?? UNKNOWN_CLASS
      if (lastId === undefined) unknown.set(value, (unknown.get(value) ?? 0) + 1)
    }
    const unknownColors = [...unknown].map(([value, pixels]) => {
      const color = meaning.colorOf(value)
      if (!nearest.has(color)) nearest.set(color, classes.nearestTo(color))
      return { color: hexOf(color), pixels, nearest: nearest.get(color) }
    })
    yield { row, classIds, unknownColors }
    row += 1
  }
}

/** Counts the pixels of colors that belong to no class and are to be seen: a transparent pixel has none. */
export function visibleAmong(colors: readonly UnknownColor[]): number {
  let visible = 0
  for (const { color, pixels } of colors) if (color !== 'transparent') visible += pixels
  return visible
}

/** What the values of the pixels are: colors, places in a palette, or shades of gray; or ids of classes. */
interface Meaning {
  idOf(value: number): number | undefined
  colorOf(value: number): number
}

interface ValueRow {
  readonly values: Uint16Array | Float64Array
  readonly meaning: Meaning
}

function* valueRows(image: DecodedPng, classes: ClassColors): Generator<ValueRow, void> {
  const asColor = { idOf: classes.idOf, colorOf: (color: number) => color }
  if (image.palette === undefined && image.channels > 2) {
    for (const values of colorRows(image)) yield { values, meaning: asColor }
    return
  }
  const meaning = meaningOfSamples(image, classes)
  for (const values of sampleRows(image)) yield { values, meaning }
}

function meaningOfSamples(image: DecodedPng, classes: ClassColors): Meaning {
  const { palette, depth } = image
  const brightest = 2 ** depth - 1
  const gray = (value: number) => Math.floor((value * 255) / brightest)
  const toColor =
    palette === undefined
      ? (value: number) => colorOf([gray(value), gray(value), gray(value)])
      : (value: number) => colorOf(palette[value] ?? NO_COLOR)
  const byColor = { idOf: (value: number) => classes.idOf(toColor(value)), colorOf: toColor }
  const byId = { idOf: (value: number) => (classes.hasId(value) ? value : undefined), colorOf: toColor }
  if (!classes.hasColors) return byId
  if (palette !== undefined) return byColor
  const shades = shadesOf(image)
  const areColors = shades.every((value) => byColor.idOf(value) !== undefined)
  return !areColors && shades.every((value) => classes.hasId(value)) ? byId : byColor
}

/** What stands for a place that the palette does not have. */
const NO_COLOR = [0, 0, 0, 0]

function shadesOf(image: DecodedPng): readonly number[] {
  const shades = new Set<number>()
  for (const samples of sampleRows(image)) for (const value of samples) shades.add(value)
  return [...shades]
}
