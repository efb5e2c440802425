import type { CallOptions } from '../../aws/aws.js'
import type { S3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { Frame } from '../frames/frame.js'
import type { Box, Class, ClassMap, Cuboid } from '../frames/shapes.js'
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
  readonly 'cuboid-sequence': SequenceLabel
  readonly 'point-mask': PointMaskLabel
  readonly value: ValueLabel
}

/** What an adjustment adds to a label. */
export interface Adjustment {
  /** Whether a worker changed the earlier label; `undefined` where the line does not say. */
  readonly adjusted: boolean | undefined
}

/**
 * One class for the whole object; its confidence is that of the label.
 *
 * @example
 * const uri = 's3://acme-gt/out/signs/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'image-classification', attribute: 'signs' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   console.log(label.source, label.className, label.confidence)
 * }
 */
export type ClassLabel = Omit<Class, 'confidence'>

/**
 * All classes that at least one worker chose; empty when nobody chose any.
 *
 * @example
 * const uri = 's3://acme-gt/out/signs/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'image-classification-multi-label', attribute: 'signs' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   console.log(label.source, label.classes.map(({ className }) => className).join(', '))
 * }
 */
export interface ClassesLabel {
  readonly classes: readonly Class[]
}

/**
 * Boxes on an image.
 *
 * @example
 * const uri = 's3://acme-gt/out/signs/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'bounding-box', attribute: 'signs' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   for (const { className, left, top, width, height } of label.boxes)
 *     console.log(label.source, className, left, top, width, height)
 * }
 */
export interface BoxesLabel {
  readonly boxes: readonly Box[]
  readonly imageSize: ImageSize | undefined
}

/**
 * The size of an image in pixels; `depth` is the number of channels.
 *
 * @example
 * const uri = 's3://acme-gt/out/signs/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'bounding-box', attribute: 'signs' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   const { width = 0, height = 0 } = label.imageSize ?? {} // a line need not say it
 *   console.log(label.source, width * height)
 * }
 */
export interface ImageSize {
  readonly width: number
  readonly height: number
  readonly depth: number | undefined
}

/**
 * A mask over an image: a PNG whose colors mean classes.
 *
 * @example
 * const uri = 's3://acme-gt/out/signs/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'semantic-segmentation', attribute: 'signs' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   for await (const { row, classIds } of readMask(await label.mask(), label.colorMap)) console.log(row, classIds.length)
 * }
 */
export interface MaskLabel {
  readonly maskUri: S3Uri
  /** The class of each color, by its index. */
  readonly colorMap: ColorMap
  /**
   * Fetches the mask as it is stored; `readMask` and `readPointMask` decode it. Needs `s3:GetObject` on it, and
   * `kms:Decrypt` on the key it is encrypted with.
   *
   * @throws LabelingJobError `refused-call` when the manifest was read without a connection, `aborted`, `network`, and
   * what S3 answers: `not-found`, `access-denied`.
   */
  mask(options?: CallOptions): Promise<Uint8Array>
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

/**
 * Spans of text.
 *
 * @example
 * const uri = 's3://acme-gt/out/names/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'named-entity-recognition', attribute: 'names' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   for (const { className, start, end, text } of label.entities) console.log(className, start, end, text)
 * }
 */
export interface EntitiesLabel {
  readonly entities: readonly Entity[]
  /** The labels that workers could choose from. */
  readonly classes: readonly EntityClass[]
}

/**
 * A label that workers could give to a span of text.
 *
 * @example
 * const uri = 's3://acme-gt/out/names/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'named-entity-recognition', attribute: 'names' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   const shown = label.classes.map(({ className, shortDisplayName }) => shortDisplayName ?? className)
 *   console.log(label.source, shown)
 * }
 */
export interface EntityClass {
  readonly className: string
  readonly shortDisplayName: string | undefined
}

/**
 * A labeled span of text.
 *
 * @example
 * const uri = 's3://acme-gt/out/names/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'named-entity-recognition', attribute: 'names' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   const people = label.entities.filter(({ className }) => className === 'Person')
 *   console.log(people.map(({ text, confidence }) => [text, confidence]))
 * }
 */
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

/**
 * What workers think of an earlier label.
 *
 * @example
 * const uri = 's3://acme-gt/out/checked/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'bounding-box-verification', attribute: 'checked' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   if (label.className === 'incorrect') console.log(label.source, label.comments)
 * }
 */
export interface VerdictLabel extends ClassLabel {
  readonly comments: readonly string[]
}

/**
 * Labels of a sequence of video frames or point clouds, in a file of their own.
 *
 * @example
 * const uri = 's3://acme-gt/out/cars/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'video-frame-object-tracking', attribute: 'cars' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   for await (const frame of label.frames()) console.log(label.sequenceUri, frame.frame, frame.objects.length)
 * }
 */
export interface SequenceLabel {
  /** The `SeqLabel.json` that holds the labels of all frames. */
  readonly sequenceUri: S3Uri
  /** The names of the classes by id, as far as the sequence has them. */
  readonly classMap: ClassMap
  /**
   * Fetches the labels of all frames as a stream, one frame at a time; each loop fetches anew. What cannot be read of a
   * frame is named in its `unreadable`. Needs `s3:GetObject` on the file, and `kms:Decrypt` on the key it is encrypted
   * with.
   *
   * @throws LabelingJobError `refused-call` when the manifest was read without a connection, `line-unreadable` for a
   * file that is no JSON object, `aborted`, `network`, and what S3 answers: `not-found`, `access-denied`.
   */
  frames(options?: CallOptions): AsyncIterable<Frame>
}

/**
 * Boxes in space.
 *
 * @example
 * const uri = 's3://acme-gt/out/cars/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'point-cloud-object-detection', attribute: 'cars' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   for (const { className, center } of label.cuboids) console.log(className, center, label.frameAttributes)
 * }
 */
export interface CuboidsLabel {
  readonly cuboids: readonly Cuboid[]
  /** What workers said about the frame as a whole. */
  readonly frameAttributes: Readonly<Record<string, unknown>>
}

/**
 * A class for each point of a cloud: a zlib file with one byte for each point.
 *
 * @example
 * const uri = 's3://acme-gt/out/ground/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'point-cloud-semantic-segmentation', attribute: 'ground' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   const classIds = await readPointMask(await label.mask())
 *   console.log(label.maskUri, label.colorMap[String(classIds[0])]?.className)
 * }
 */
export interface PointMaskLabel extends MaskLabel {
  /** What workers said about the frame as a whole. */
  readonly frameAttributes: Readonly<Record<string, unknown>>
}

/**
 * Whatever the consolidation Lambda of a custom job returned.
 *
 * @example
 * const uri = 's3://acme-gt/out/mine/manifests/output/output.manifest'
 * for await (const label of readLabels({ task: 'custom', attribute: 'mine' }, uri, aws)) {
 *   if (label.status !== 'labeled') continue
 *   console.log(label.source, JSON.stringify(label.value))
 * }
 */
export interface ValueLabel {
  readonly value: unknown
}
