import type { S3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { LabelKindOf } from './label-kinds.js'

/** What a label of a task says, for instance `LabelOf<'bounding-box'>` has `boxes`. */
export type LabelOf<Name extends TaskName> = LabelContents[LabelKindOf<Name>] &
  (Name extends `${string}-adjustment` ? Adjustment : unknown)

/** What a label says, by its form. */
export interface LabelContents {
  readonly class: ClassLabel
  readonly classes: ClassesLabel
  readonly boxes: BoxesLabel
  readonly mask: MaskLabel
  readonly entities: EntitiesLabel
  readonly verdict: VerdictLabel
  readonly sequence: SequenceLabel
  readonly cuboids: CuboidsLabel
  readonly 'cuboid-sequence': CuboidSequenceLabel
  readonly 'point-mask': PointMaskLabel
  readonly value: ValueLabel
}

/** What an adjustment adds to a label. */
export interface Adjustment {
  /** Whether a worker changed the earlier label; `undefined` where the line does not say. */
  readonly adjusted: boolean | undefined
}

/** A class that was given; each part is `undefined` where the line does not have it. */
export interface Class {
  readonly className: string | undefined
  /** The id of the class in the class map, or its place among the labels. */
  readonly classIndex: number | undefined
  /** 0 to 1; `undefined` when unknown, as with a single worker. */
  readonly confidence: number | undefined
}

/** One class for the whole object; its confidence is that of the label. */
export type ClassLabel = Omit<Class, 'confidence'>

/** All classes that at least one worker chose; empty when nobody chose any. */
export interface ClassesLabel {
  readonly classes: readonly Class[]
}

/** Boxes on an image. */
export interface BoxesLabel {
  readonly boxes: readonly Box[]
  readonly imageSize: ImageSize | undefined
}

/** A box in pixels, from the image's top left corner. */
export interface Box extends Class {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The size of an image in pixels; `depth` is the number of channels. */
export interface ImageSize {
  readonly width: number
  readonly height: number
  readonly depth: number | undefined
}

/** A mask over an image: a PNG whose colors mean classes. */
export interface MaskLabel {
  readonly maskUri: S3Uri
  /** The class of each color, by its index. */
  readonly colorMap: ColorMap
}

/** Classes by the index they have in a mask. */
export type ColorMap = Readonly<Record<string, MaskClass>>

/** A class in a mask. */
export interface MaskClass {
  readonly className: string | undefined
  /** For instance `#2acf59`. */
  readonly color: string | undefined
  readonly confidence: number | undefined
}

/** Spans of text. */
export interface EntitiesLabel {
  readonly entities: readonly Entity[]
  /** The labels that workers could choose from. */
  readonly classes: readonly EntityClass[]
}

/** A label that workers could give to a span of text. */
export interface EntityClass {
  readonly className: string
  readonly shortDisplayName: string | undefined
}

/** A labeled span of text. */
export interface Entity {
  readonly className: string
  /** Where the span starts, counted in Unicode code points (an emoji is one, in JavaScript's own count two). */
  readonly start: number
  /** Where the span ends: the first code point that is no longer part of it. */
  readonly end: number
  /** The span itself; `undefined` when the text is not in the manifest or is shorter than the offsets say. */
  readonly text: string | undefined
  readonly confidence: number | undefined
}

/** What workers think of an earlier label. */
export interface VerdictLabel extends ClassLabel {
  readonly comments: readonly string[]
}

/** Labels of a sequence of video frames, in a file of their own. */
export interface SequenceLabel {
  /** The `SeqLabel.json` that holds the labels of all frames. */
  readonly sequenceUri: S3Uri
  /** The names of the classes by id, as far as the sequence has them. */
  readonly classMap: ClassMap
}

/** Names of classes by their id. */
export type ClassMap = Readonly<Record<string, string>>

/** Boxes in space. */
export interface CuboidsLabel {
  readonly cuboids: readonly Cuboid[]
  /** What workers said about the frame as a whole. */
  readonly frameAttributes: Readonly<Record<string, unknown>>
}

/** A box in the coordinate system of its point cloud. */
export interface Cuboid extends Class {
  /** The name of this one object, for instance `Car:1`. */
  readonly objectName: string | undefined
  readonly center: { readonly x: number; readonly y: number; readonly z: number }
  readonly length: number
  readonly width: number
  readonly height: number
  readonly roll: number
  readonly pitch: number
  /** The heading in radians, as the manifest has it: until 2 September 2022 AWS wrote π minus today's value. */
  readonly yaw: number
  /** What workers said about this object. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Labels of a sequence of point clouds, in a file of their own. */
export interface CuboidSequenceLabel extends SequenceLabel {
  readonly frames: readonly SequenceFrame[]
}

/** A frame of a sequence, with the confidence of each of its objects. */
export interface SequenceFrame {
  readonly frameNumber: number | undefined
  readonly confidences: readonly (number | undefined)[]
}

/** A class for each point of a cloud: a zlib file with one byte for each point. */
export interface PointMaskLabel extends MaskLabel {
  /** What workers said about the frame as a whole. */
  readonly frameAttributes: Readonly<Record<string, unknown>>
}

/** Whatever the consolidation Lambda of a custom job returned. */
export interface ValueLabel {
  readonly value: unknown
}
