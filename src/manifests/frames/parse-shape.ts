import { asList, asNumber, asRecord, type JsonRecord } from '../../json/loose-values.js'
import type { BoxShape, CuboidShape, Point, PointsShape } from './frame.js'
import { fieldOf } from './spellings.js'

/** A shape, or what is wrong with it. */
export type ShapeOr<Shape> = Shape | string

/** Reads a box on an image. */
export function parseBoxShape(box: JsonRecord): ShapeOr<BoxShape> {
  const left = asNumber(box['left'])
  const top = asNumber(box['top'])
  const width = asNumber(box['width'])
  const height = asNumber(box['height'])
  if (left === undefined || top === undefined || width === undefined || height === undefined) {
    return missing({ left, top, width, height })
  }
  return { kind: 'box', left, top, width, height }
}

/** Reads a box in a point cloud. */
export function parseCuboidShape(box: JsonRecord): ShapeOr<CuboidShape> {
  const x = asNumber(fieldOf(box, 'center-x'))
  const y = asNumber(fieldOf(box, 'center-y'))
  const z = asNumber(fieldOf(box, 'center-z'))
  const length = asNumber(box['length'])
  const width = asNumber(box['width'])
  const height = asNumber(box['height'])
  const yaw = asNumber(box['yaw'])
  if (x === undefined || y === undefined || z === undefined || yaw === undefined) {
    return missing({ 'center-x': x, 'center-y': y, 'center-z': z, yaw })
  }
  if (length === undefined || width === undefined || height === undefined) {
    return missing({ length, width, height })
  }
  // AWS: 0 unless the input manifest of an adjustment job carried them.
  const roll = asNumber(box['roll']) ?? 0
  const pitch = asNumber(box['pitch']) ?? 0
  return { kind: 'cuboid', center: { x, y, z }, length, width, height, roll, pitch, yaw }
}

/** Reads a line, an outline or a point: AWS lists corners as `vertices`, and writes `x` and `y` of a keypoint itself. */
export function parsePointsShape(shape: JsonRecord, kind: PointsShape['kind']): ShapeOr<PointsShape> {
  const corners = asList(shape['vertices'] ?? shape['points']) ?? (kind === 'keypoint' ? [shape] : undefined)
  if (corners === undefined) return 'it has no list of vertices'
  const points: Point[] = []
  for (const corner of corners) {
    const point = parsePoint(corner)
    if (point === undefined) return 'a vertex has no number x or y'
    points.push(point)
  }
  return { kind, points }
}

function parsePoint(corner: unknown): Point | undefined {
  const pair = asList(corner)
  const x = asNumber(pair === undefined ? asRecord(corner)?.['x'] : pair[0])
  const y = asNumber(pair === undefined ? asRecord(corner)?.['y'] : pair[1])
  return x === undefined || y === undefined ? undefined : { x, y }
}

function missing(numbers: Readonly<Record<string, number | undefined>>): string {
  const names = Object.keys(numbers).filter((name) => numbers[name] === undefined)
  return `it has no number ${names.join(', ')}`
}
