import { countOf } from '../../errors/count-of.js'
import type { Point } from '../../manifests/frames/frame.js'
import type { Size } from '../options/export-options.js'
import type { Region } from '../regions/find-regions.js'

/** What a label has on an image; tell them apart by `kind`. */
export type Shape = ShapeFacts & (BoxShape | PointsShape | RegionShape)

/** What every shape has. */
interface ShapeFacts {
  /** The place of its class among the classes of the export, from 0. */
  readonly place: number
  readonly confidence: number | undefined
}

/** A box in pixels from the top left corner of the image. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A box that lies inside the image. */
export interface BoxShape extends Rectangle {
  readonly kind: 'box'
}

/** A line, an outline or a point. */
export interface PointsShape {
  readonly kind: 'polyline' | 'polygon' | 'keypoint'
  readonly points: readonly Point[]
}

/** Pixels of a mask. */
interface RegionShape {
  readonly kind: 'region'
  readonly region: Region
}

/** A shape as a format can take it, and what is wrong with it. */
export interface FittedShape<Kind extends BoxShape | PointsShape> {
  /** `undefined` when there is nothing left of it. */
  readonly shape: Kind | undefined
  readonly why?: string
}

/**
 * Cuts a box at the edges of its image, of which the left and the upper one are known without its size. Workers drag boxes
 * out of it, and readers of other formats refuse those.
 */
export function fitBox(box: BoxShape, size: Size | undefined): FittedShape<BoxShape> {
  const { left, top, width, height } = box
  const right = Math.min(left + width, size?.width ?? Infinity)
  const bottom = Math.min(top + height, size?.height ?? Infinity)
  const inside = { left: Math.max(left, 0), top: Math.max(top, 0) }
  const cut = { kind: box.kind, ...inside, width: right - inside.left, height: bottom - inside.top }
  if (!(width > 0 && height > 0) || cut.width * cut.height === Infinity)
    return { shape: undefined, why: `it is ${width} by ${height} pixels` }
  if (inside.left === left && inside.top === top && right === left + width && bottom === top + height)
    return { shape: box }
  return cut.width > 0 && cut.height > 0
    ? { shape: cut, why: `it reaches out of ${imageOf(size)}: it was cut at the edge` }
    : { shape: undefined, why: `it lies outside ${imageOf(size)}` }
}

const FEWEST_POINTS = { polygon: 3, polyline: 2, keypoint: 1 }

/** Looks whether an outline, a line or a point can be one; it is not cut, since that would be another shape. */
export function fitPoints(shape: PointsShape, size: Size | undefined): FittedShape<PointsShape> {
  const { kind, points } = shape
  if (points.length < FEWEST_POINTS[kind])
    return { shape: undefined, why: `it has ${countOf(points.length, 'point')}` }
  if (kind === 'polygon' && !isArea(areaOf(points))) return { shape: undefined, why: 'it has no area' }
  const { width, height } = size ?? { width: Infinity, height: Infinity }
  const isOut = points.some(({ x, y }) => x < 0 || y < 0 || x > width || y > height)
  return isOut ? { shape, why: `it reaches out of ${imageOf(size)}: it was left as it is` } : { shape }
}

function isArea(area: number): boolean {
  return area > 0 && area < Infinity
}

function imageOf(size: Size | undefined): string {
  return size === undefined ? 'the image' : `the image, which is ${size.width} by ${size.height} pixels`
}

/** Gives the area of an outline in square pixels. */
export function areaOf(points: readonly Point[]): number {
  let twice = 0
  for (const [index, { x, y }] of points.entries()) {
    const next = points[(index + 1) % points.length] as Point
    twice += x * next.y - next.x * y
  }
  return Math.abs(twice) / 2
}

/** Gives the smallest box around points. */
export function boundsOf(points: readonly Point[]): Rectangle {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return { left, top, width: right - left, height: bottom - top }
}
