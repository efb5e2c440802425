import type { Problem } from '../../errors/problem.js'
import type { AlgorithmName, TaskName, TasksWith } from '../../tasks/task-table.js'
import type { PointCloudMetadata } from './point-cloud-metadata.js'

/**
 * One data object of an input manifest, with the key that its task reads; further keys are copied to the output.
 *
 * @example
 * const objects: ManifestObject<'bounding-box'>[] = [
 *   { 'source-ref': 's3://acme-gt/in/1.jpg' },
 *   { 'source-ref': 's3://acme-gt/in/2.jpg' },
 * ]
 * await writeManifest(objects, 's3://acme-gt/in.manifest', aws, { task: 'bounding-box' })
 */
export type ManifestObject<Name extends TaskName = TaskName> = ManifestObjects[InputKindOf<Name>]

/** Data objects of an input manifest, all there or still to come. */
export type Objects<Line = ManifestObject> = Iterable<Line> | AsyncIterable<Line>

/** A data object that lies in S3. */
export interface StoredObject {
  /** Where it lies, for instance `s3://acme-gt/in/0001.jpg`. */
  readonly 'source-ref': string
  readonly source?: never
}

/** A text in the manifest itself. */
export interface TextObject {
  readonly source: string
  readonly 'source-ref'?: never
}

/** A frame of a point cloud; `pointCloudFrame()` makes one. */
export interface PointCloudObject extends StoredObject {
  readonly 'source-ref-metadata': PointCloudMetadata
}

/** What the objects of a manifest are. */
export type InputKind = keyof ManifestObjects

/** How a manifest is checked. */
export interface ManifestOptions<Name extends TaskName> {
  /** The task of the job that will read the manifest. */
  readonly task: Name
  /** The job's label attribute name; lines that have it already are warned about. */
  readonly attribute?: string
  /** Whether the job labels automatically, which needs at least 1,250 objects. Default: `false`. */
  readonly autoLabeling?: Name extends TasksWith<{ algorithm: AlgorithmName }> ? boolean : false
  /** Gets each warning, once all objects were seen and none broke a rule. Default: the result alone lists them. */
  readonly onWarning?: (warning: Problem) => void
}

/** The objects of each task. */
export const INPUT_KINDS = {
  'image-classification': 'image',
  'image-classification-multi-label': 'image',
  'bounding-box': 'image',
  'semantic-segmentation': 'image',
  'text-classification': 'text',
  'text-classification-multi-label': 'text',
  'named-entity-recognition': 'text',
  'video-classification': 'clip',
  'video-frame-object-detection': 'video-sequence',
  'video-frame-object-tracking': 'video-sequence',
  'point-cloud-object-detection': 'point-cloud',
  'point-cloud-object-tracking': 'point-cloud-sequence',
  'point-cloud-semantic-segmentation': 'point-cloud',
  'bounding-box-adjustment': 'image',
  'bounding-box-verification': 'image',
  'semantic-segmentation-adjustment': 'image',
  'semantic-segmentation-verification': 'image',
  'video-frame-object-detection-adjustment': 'video-sequence',
  'video-frame-object-tracking-adjustment': 'video-sequence',
  'point-cloud-object-detection-adjustment': 'point-cloud',
  'point-cloud-object-tracking-adjustment': 'point-cloud-sequence',
  'point-cloud-semantic-segmentation-adjustment': 'point-cloud',
  'pass-through': 'any',
  custom: 'any',
} as const satisfies Readonly<Record<TaskName, InputKind>>

interface ManifestObjects {
  readonly image: StoredObject
  readonly text: TextObject
  readonly clip: StoredObject
  readonly 'video-sequence': StoredObject
  readonly 'point-cloud': PointCloudObject
  readonly 'point-cloud-sequence': StoredObject
  readonly any: StoredObject | TextObject
}

type InputKindOf<Name extends TaskName> = (typeof INPUT_KINDS)[Name]
