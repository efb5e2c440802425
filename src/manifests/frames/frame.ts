import type { Box, Class, ClassMap, Cuboid } from './shapes.js'

/** What the label file of a sequence (`SeqLabel.json`) says. */
export interface Sequence {
  /** One for each frame of each sensor, in the order of the file. */
  readonly frames: readonly Frame[]
  /** The names of the classes by id, as far as they are known. */
  readonly classMap: ClassMap
  /** What workers said about the sequence as a whole. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** Parts of the file that could not be read; the rest was. */
  readonly unreadable: readonly UnreadablePart[]
}

/** A part of a file that could not be read. */
export interface UnreadablePart {
  /** Where it is, for instance `tracking-annotations[3].annotations[0]`. */
  readonly path: string
  /** What is wrong with it; never its contents. */
  readonly reason: string
}

/** A frame of a sequence with all that was labeled on it. */
export interface Frame {
  readonly frameNumber: number | undefined
  /** The name of the frame's file: below the prefix of the sequence. */
  readonly frame: string | undefined
  /** Of sequences with several sensors (3D-2D): `lidar`, `camera-0`, …; `undefined` in all others. */
  readonly sensor: string | undefined
  readonly objects: readonly FrameObject[]
  /** What workers said about the frame as a whole. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** Parts of the frame that could not be read; the rest was. */
  readonly unreadable: readonly UnreadablePart[]
}

/** One labeled object on one frame; tell them apart by `kind`. */
export type FrameObject = FrameObjectFacts & (BoxShape | PointsShape | CuboidShape)

/** What every object on a frame has. */
export interface FrameObjectFacts extends Class {
  /** The same for the same thing in all frames; tracking tasks give it. */
  readonly objectId: string | undefined
  /** The name of the thing, for instance `Car:1`. */
  readonly objectName: string | undefined
  /** What workers said about this object on this frame. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** A box in pixels, from the image's top left corner. */
export interface BoxShape extends Omit<Box, keyof Class> {
  readonly kind: 'box'
}

/** A line, an outline or a point in pixels; a keypoint has one point. */
export interface PointsShape {
  readonly kind: 'polyline' | 'polygon' | 'keypoint'
  readonly points: readonly Point[]
}

/** A place in pixels, from the image's top left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A box in the coordinate system of its point cloud. */
export interface CuboidShape extends Omit<Cuboid, keyof Class | 'attributes' | 'objectName'> {
  readonly kind: 'cuboid'
}
