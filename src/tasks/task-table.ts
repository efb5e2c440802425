import type { LAMBDA_STEMS } from './aws-accounts.generated.js'

/**
 * One row a task of Ground Truth. Compile-time rules, request building and run-time rules all follow from it.
 *
 * - `stem`: the Lambdas are `PRE-<stem>` and `ACS-<stem>`; absent for custom jobs with Lambdas of their own.
 * - `ui`: `template` (the job names a page in S3) or the name of an AWS-hosted page.
 * - `algorithm`: the automated labeling algorithm, where the task has one.
 * - `attribute`: whether the label attribute name must end in `-ref`, must not, or may (`any`).
 * - `workers`: `many` (1 to 9 an object) or `one`.
 * - `longest`: the longest time limit of one task in seconds.
 * - `usualWorkers`, `usualTimeLimit` (seconds): what the console fills in.
 * - `source`: the manifest key that carries the data object.
 * - `labelFile`: the form of the label category file.
 */
export const TASK_TABLE = {
  'image-classification': {
    stem: 'ImageMultiClass',
    ui: 'template',
    algorithm: 'image-classification',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 300,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'image-classification-multi-label': {
    stem: 'ImageMultiClassMultiLabel',
    ui: 'template',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 300,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'bounding-box': {
    stem: 'BoundingBox',
    ui: 'template',
    algorithm: 'object-detection',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 5,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'semantic-segmentation': {
    stem: 'SemanticSegmentation',
    ui: 'template',
    algorithm: 'semantic-segmentation',
    attribute: 'ref',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'text-classification': {
    stem: 'TextMultiClass',
    ui: 'template',
    algorithm: 'text-classification',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 300,
    source: 'source',
    labelFile: 'simple',
  },
  'text-classification-multi-label': {
    stem: 'TextMultiClassMultiLabel',
    ui: 'template',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 300,
    source: 'source',
    labelFile: 'simple',
  },
  'named-entity-recognition': {
    stem: 'NamedEntityRecognition',
    ui: 'NamedEntityRecognition',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 3_600,
    source: 'source',
    labelFile: 'entities',
  },
  'video-classification': {
    stem: 'VideoMultiClass',
    ui: 'template',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 3,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'video-frame-object-detection': {
    stem: 'VideoObjectDetection',
    ui: 'VideoObjectDetection',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'video-frame-object-tracking': {
    stem: 'VideoObjectTracking',
    ui: 'VideoObjectTracking',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'point-cloud-object-detection': {
    stem: '3DPointCloudObjectDetection',
    ui: 'PointCloudObjectDetection',
    attribute: 'plain',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 259_200,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'point-cloud-object-tracking': {
    stem: '3DPointCloudObjectTracking',
    ui: 'PointCloudObjectTracking',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 259_200,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'point-cloud-semantic-segmentation': {
    stem: '3DPointCloudSemanticSegmentation',
    ui: 'PointCloudSemanticSegmentation',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 259_200,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'bounding-box-adjustment': {
    stem: 'AdjustmentBoundingBox',
    ui: 'template',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'bounding-box-verification': {
    stem: 'VerificationBoundingBox',
    ui: 'template',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 1,
    usualTimeLimit: 300,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'semantic-segmentation-adjustment': {
    stem: 'AdjustmentSemanticSegmentation',
    ui: 'template',
    attribute: 'ref',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'semantic-segmentation-verification': {
    stem: 'VerificationSemanticSegmentation',
    ui: 'template',
    attribute: 'plain',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 1,
    usualTimeLimit: 300,
    source: 'source-ref',
    labelFile: 'simple',
  },
  'video-frame-object-detection-adjustment': {
    stem: 'AdjustmentVideoObjectDetection',
    ui: 'VideoObjectDetection',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'video-frame-object-tracking-adjustment': {
    stem: 'AdjustmentVideoObjectTracking',
    ui: 'VideoObjectTracking',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'point-cloud-object-detection-adjustment': {
    stem: 'Adjustment3DPointCloudObjectDetection',
    ui: 'PointCloudObjectDetection',
    attribute: 'plain',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 259_200,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'point-cloud-object-tracking-adjustment': {
    stem: 'Adjustment3DPointCloudObjectTracking',
    ui: 'PointCloudObjectTracking',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 259_200,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'point-cloud-semantic-segmentation-adjustment': {
    stem: 'Adjustment3DPointCloudSemanticSegmentation',
    ui: 'PointCloudSemanticSegmentation',
    attribute: 'ref',
    workers: 'one',
    longest: 2_592_000,
    usualWorkers: 1,
    usualTimeLimit: 259_200,
    source: 'source-ref',
    labelFile: 'frames',
  },
  'pass-through': {
    stem: 'PassThrough',
    ui: 'template',
    attribute: 'any',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
  custom: {
    ui: 'template',
    attribute: 'any',
    workers: 'many',
    longest: 28_800,
    usualWorkers: 1,
    usualTimeLimit: 3_600,
    source: 'source-ref',
    labelFile: 'simple',
  },
} as const satisfies Readonly<Record<string, TaskRow>>

/** The facts of one task; see `TASK_TABLE`. */
export interface TaskRow {
  readonly stem?: (typeof LAMBDA_STEMS)[number]
  readonly ui: 'template' | HumanTaskUiName
  readonly algorithm?: AlgorithmName
  readonly attribute: 'ref' | 'plain' | 'any'
  readonly workers: 'many' | 'one'
  readonly longest: number
  readonly usualWorkers: number
  readonly usualTimeLimit: number
  readonly source: 'source' | 'source-ref'
  readonly labelFile: 'simple' | 'entities' | 'frames'
}

/** The pages that AWS hosts for workers; the names drop the "3D" that the Lambda names keep. */
export type HumanTaskUiName =
  | 'NamedEntityRecognition'
  | 'VideoObjectDetection'
  | 'VideoObjectTracking'
  | 'PointCloudObjectDetection'
  | 'PointCloudObjectTracking'
  | 'PointCloudSemanticSegmentation'

/** The four algorithms of automated labeling. */
export type AlgorithmName =
  | 'image-classification'
  | 'object-detection'
  | 'semantic-segmentation'
  | 'text-classification'

/** The name of a task. */
export type TaskName = keyof typeof TASK_TABLE

/** The tasks whose row has the given facts, for instance `TasksWith<{ workers: 'one' }>`. */
export type TasksWith<Facts> = {
  [Name in TaskName]: (typeof TASK_TABLE)[Name] extends Facts ? Name : never
}[TaskName]
