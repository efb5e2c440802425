import type { FrameObject } from '../../manifests/frames/frame.js'
import type { Box, Class } from '../../manifests/frames/shapes.js'
import type { Size } from '../options/export-options.js'
import type { ImageSettings } from './annotated-image.js'
import { fitBox, fitPoints, type Shape } from './shapes.js'

/** What a worker drew on an image. */
export type Drawn = (Box & { readonly kind: 'box' }) | FrameObject

/** Where it is: the line of the manifest, and the frame with a space behind it. */
export interface DrawnWhere {
  readonly lineNumber: number
  readonly where: string
}

/**
 * Gives what was drawn on an image as an export takes it, and tells the rest. An image of which one object has no class,
 * or of whose objects none can be taken, would teach that there is nothing: `undefined`, it is left out as a whole.
 */
export function shapesOf(
  objects: readonly Drawn[],
  size: Size | undefined,
  { lineNumber, where }: DrawnWhere,
  { call, takes, classes, skipped }: ImageSettings,
): readonly Shape[] | undefined {
  const shapes: Shape[] = []
  for (const [index, object] of objects.entries()) {
    const { kind, className, confidence } = object
    const name = `${where}${kind} ${index + 1}`
    if (kind === 'cuboid' || !takes.includes(kind)) {
      skipped(lineNumber, `${name}: ${call}() writes no ${kind}`)
      continue
    }
    if (className === undefined) {
      skipped(lineNumber, `${name} has no class name in the class map: the image was left out`)
      return undefined
    }
    const place = classes.placeOf(className, lineNumber)
    const { shape, why } =
      object.kind === 'box' ? fitBox(boxOf(object), size) : fitPoints(pointsOf(object as Points), size)
    if (why !== undefined) skipped(lineNumber, `${name} (${className}): ${why}`)
    if (shape !== undefined) shapes.push({ place, confidence, ...shape })
  }
  if (shapes.length > 0 || objects.length === 0) return shapes
  skipped(lineNumber, `${where}nothing is left of what is labeled: the image was left out`)
  return undefined
}

type Points = Extract<FrameObject, { readonly points: unknown }>

function boxOf({ left, top, width, height }: Omit<Box, keyof Class>) {
  return { kind: 'box', left, top, width, height } as const
}

function pointsOf({ kind, points }: Points) {
  return { kind, points }
}
