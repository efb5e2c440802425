import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import { readMask } from '../../manifests/label-files/read-mask.js'
import type { LabeledObject } from '../../manifests/read/label.js'
import { idsIn, readGrid } from '../regions/class-grid.js'
import { findRegions } from '../regions/find-regions.js'
import type { AnnotatedImage, ImageSettings } from './annotated-image.js'
import type { NameImage } from './image-names.js'

/** A label with a mask over its image. */
export type MaskedObject = Extract<LabeledObject, { mask(): unknown }>

/**
 * Gives the image of a mask with a shape for each of its regions. The mask is fetched and decoded, and held while its
 * regions are written. The class that Ground Truth calls BACKGROUND is none, unless it is among the classes.
 */
export async function* imagesOfMask(
  label: MaskedObject,
  settings: ImageSettings,
  nameOf: NameImage,
): AsyncGenerator<AnnotatedImage, void> {
  const { source, lineNumber, colorMap } = label
  const { signal, skipped } = settings
  const png = await label.mask(signal === undefined ? {} : { signal })
  const grid = await readGrid(readMask(png, colorMap))
  if (grid.unknownPixels > 0)
    skipped(lineNumber, `${countOf(grid.unknownPixels, 'pixel')} of the mask have colors of no class`)
  const places = placesOf(label, idsIn(grid), settings)
  if (places === undefined) return
  const shapes = findRegions(grid, new Set(places.keys()), settings.regions).map((region) => ({
    kind: 'region' as const,
    place: places.get(region.classId) as number,
    confidence: colorMap[region.classId]?.confidence,
    region,
  }))
  if (shapes.length === 0 && grid.unknownPixels > 0) {
    skipped(lineNumber, 'nothing else is labeled: the image was left out')
    return
  }
  const { width, height } = grid
  yield { label, shapes, size: { width, height }, name: nameOf(source), part: settings.parts.of(source) }
}

/** The places of the classes that a mask shows, by their ids. */
function placesOf(
  { colorMap, lineNumber }: MaskedObject,
  ids: ReadonlySet<number>,
  { classes, skipped }: ImageSettings,
): ReadonlyMap<number, number> | undefined {
  const places = new Map<number, number>()
  for (const id of ids) {
    const name = colorMap[id]?.className
    if (name === undefined) {
      skipped(lineNumber, `class ${formatValue(String(id))} of the mask has no name: the image was left out`)
      return undefined
    }
    if (!classes.has(name) && name.toUpperCase() === 'BACKGROUND') continue
    places.set(id, classes.placeOf(name, lineNumber))
  }
  return places
}
