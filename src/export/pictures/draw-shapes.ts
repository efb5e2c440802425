import type { FrameObject, Point } from '../../manifests/frames/frame.js'
import type { Class } from '../../manifests/frames/shapes.js'
import type { Rectangle } from '../images/shapes.js'
import { shortened, widthOf } from './cells.js'
import { colorOf } from './class-color.js'
import { CELL, type LegendEntry } from './legend.js'
import { element, rounded, type Svg } from './svg.js'

/** What is drawn over an image. */
export type DrawnShape = Class & (({ readonly kind: 'box' } & Rectangle) | Points)
type Points = { readonly kind: 'polyline' | 'polygon' | 'keypoint'; readonly points: readonly Point[] }

/** Gives what of a frame can be drawn over its image. */
export function drawnShapes(objects: readonly FrameObject[]): readonly DrawnShape[] {
  return objects.filter(
    (object): object is Exclude<FrameObject, { kind: 'cuboid' }> => object.kind !== 'cuboid',
  )
}

/** More names than this hide what they name; the legend has them. */
const MOST_NAMES = 30

/** Draws shapes over an image that is shown `scale` times as large. */
export function drawShapes(shapes: readonly DrawnShape[], scale: number, width: number): readonly Svg[] {
  const drawn = shapes.map((shape) => drawShape(shape, scale))
  const names = shapes.length > MOST_NAMES ? [] : shapes.flatMap((shape) => drawName(shape, scale, width))
  return [...drawn, ...names]
}

/** Gives the classes of shapes, the most frequent first. */
export function legendOf(shapes: readonly Class[]): readonly LegendEntry[] {
  const entries = new Map<string, LegendEntry & { count: number }>()
  for (const shape of shapes) {
    const name = nameOf(shape)
    const entry = entries.get(name) ?? { name, color: colorOf(shape), count: 0 }
    entry.count += 1
    entries.set(name, entry)
  }
  return [...entries.values()].sort(
    (one, other) => other.count - one.count || (one.name < other.name ? -1 : 1),
  )
}

/** Says what is on an image, for those who cannot see it. */
export function inWords(entries: readonly LegendEntry[]): string {
  const shown = entries
    .slice(0, 5)
    .map(({ name, count }) => (count === undefined ? name : `${name} × ${count}`))
  const more = entries.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more classes`] : [])].join(', ')
}

/** Gives the name of a class, or what stands for it. */
export function nameOf({ className, classIndex }: Omit<Class, 'confidence'>): string {
  return className ?? (classIndex === undefined ? '(unnamed)' : `(class ${classIndex})`)
}

function drawShape(shape: DrawnShape, scale: number): Svg {
  const color = colorOf(shape)
  const line = { fill: color, 'fill-opacity': shape.kind === 'polyline' ? 0 : 0.14 }
  // A white line below the colored one, so that it is seen on any photograph.
  const halo = { fill: 'none', stroke: '#ffffff', 'stroke-width': 4, 'stroke-opacity': 0.75 }
  const stroke = { ...line, stroke: color, 'stroke-width': 2 }
  if (shape.kind === 'box') {
    const [x, y] = [shape.left * scale, shape.top * scale]
    const at = { x, y, width: Math.max(shape.width, 0) * scale, height: Math.max(shape.height, 0) * scale }
    return element('g', {}, element('rect', { ...at, ...halo }), element('rect', { ...at, ...stroke }))
  }
  if (shape.kind === 'keypoint') {
    return element(
      'g',
      {},
      ...shape.points.map(({ x, y }) =>
        element('circle', {
          cx: x * scale,
          cy: y * scale,
          r: 4.5,
          fill: color,
          stroke: '#ffffff',
          'stroke-width': 1.5,
        }),
      ),
    )
  }
  const points = shape.points.map(({ x, y }) => `${rounded(x * scale)},${rounded(y * scale)}`).join(' ')
  const joins = { points, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }
  return element(
    'g',
    {},
    element(shape.kind, { ...joins, ...halo }),
    element(shape.kind, { ...joins, ...stroke }),
  )
}

function drawName(shape: DrawnShape, scale: number, width: number): readonly Svg[] {
  const corner = cornerOf(shape)
  if (corner === undefined) return []
  const confidence = shape.confidence === undefined ? '' : ` ${Math.round(shape.confidence * 100)} %`
  const text = shortened(nameOf(shape), 24) + confidence
  const needed = widthOf(text) * CELL * 0.9 + 8
  const x = Math.max(Math.min(corner.x * scale - 1, width - needed), 0)
  const above = corner.y * scale - 16
  const y = above < 0 ? Math.max(corner.y * scale, 0) : above
  return [
    element('rect', { x, y, width: needed, height: 16, rx: 2, fill: colorOf(shape) }),
    element(
      'text',
      {
        x: x + 4,
        y: y + 11.8,
        'font-size': 11,
        fill: '#ffffff',
        textLength: needed - 8,
        lengthAdjust: 'spacingAndGlyphs',
      },
      text,
    ),
  ]
}

function cornerOf(shape: DrawnShape): Point | undefined {
  if (shape.kind === 'box') return { x: shape.left, y: shape.top }
  const [first] = shape.points
  if (first === undefined || shape.kind === 'keypoint') return first && { x: first.x, y: first.y }
  return shape.points.reduce((top, point) => (point.y < top.y ? point : top), first)
}
