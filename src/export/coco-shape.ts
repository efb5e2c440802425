import type { Point } from '../manifests/frames/frame.js'
import { areaOf, boundsOf, type Rectangle, type Shape } from './images/shapes.js'
import type { Size } from './options/export-options.js'
import type { Region } from './regions/find-regions.js'
import { countsOf, packCounts } from './regions/run-lengths.js'

/** How a region of a mask is written. */
export type Segmentation = 'packed-runs' | 'runs' | 'polygons'

/** The fields of an annotation that tell its shape. */
interface CocoShape {
  readonly bbox: readonly number[]
  readonly area: number
  readonly segmentation: object
}

/** Writes a shape as COCO has it. A box is no mask: its segmentation is empty. */
export function cocoShape(shape: Shape, size: Size | undefined, masks: Segmentation): CocoShape {
  if (shape.kind === 'box') {
    return { bbox: bboxOf(shape), area: shape.width * shape.height, segmentation: [] }
  }
  if (shape.kind === 'region') {
    const { region } = shape
    const { width, height } = size as Size
    return {
      bbox: bboxOf(region),
      area: region.area,
      segmentation: segmentationOf(region, width, height, masks),
    }
  }
  const { points } = shape
  return { bbox: bboxOf(boundsOf(points)), area: areaOf(points), segmentation: [flat(points)] }
}

function segmentationOf(region: Region, width: number, height: number, masks: Segmentation): object {
  if (masks === 'polygons') {
    const rings = region.rings()
    if (rings.every(isOuter)) return rings.map(flat)
  }
  const counts = countsOf(region.columnRuns(), width * height)
  return { size: [height, width], counts: masks === 'runs' ? counts : packCounts(counts) }
}

/** Outlines of holes go round the other way. */
function isOuter(ring: readonly Point[]): boolean {
  let twice = 0
  for (const [index, { x, y }] of ring.entries()) {
    const next = ring[(index + 1) % ring.length] as Point
    twice += x * next.y - next.x * y
  }
  return twice > 0
}

function flat(points: readonly Point[]): readonly number[] {
  return points.flatMap(({ x, y }) => [x, y])
}

function bboxOf({ left, top, width, height }: Rectangle): readonly number[] {
  return [left, top, width, height]
}
