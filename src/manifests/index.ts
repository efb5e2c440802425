export { type WorkerTemplateOptions, workerTemplate } from '../tasks/worker-template.js'
export type { LabelCategories } from './category-file.js'
export { type CategoryProblem, InvalidLabelCategoriesError } from './category-problem.js'
export {
  type EntityCategoriesOptions,
  type EntityLabel,
  entityCategories,
  type WorkerInstructions,
} from './entity-categories.js'
export { type FailureGroup, failures } from './failures.js'
export {
  type CategoryAttribute,
  type FrameAttribute,
  type FrameCategoriesOptions,
  type FrameLabel,
  frameCategories,
} from './frame-categories.js'
export type {
  FailedObject,
  Label,
  LabeledFacts,
  LabeledObject,
  ManifestLine,
  ObjectFacts,
  UnlabeledObject,
  UnreadableLine,
} from './label.js'
export { type LabelCategoriesOptions, labelCategories } from './label-categories.js'
export type {
  Adjustment,
  Box,
  BoxesLabel,
  ChosenClass,
  ClassesLabel,
  ClassLabel,
  ClassMap,
  ColorMap,
  Cuboid,
  CuboidSequenceLabel,
  CuboidsLabel,
  EntitiesLabel,
  Entity,
  EntityClass,
  ImageSize,
  LabelOf,
  MaskClass,
  MaskLabel,
  PointMaskLabel,
  SequenceFrame,
  SequenceLabel,
  ValueLabel,
  VerdictLabel,
} from './label-contents.js'
export { type LabelSummary, labelSummary } from './label-summary.js'
export {
  type Manifest,
  type ManifestLinesOptions,
  manifest,
  manifestLines,
} from './manifest.js'
export type { ManifestTally } from './manifest-check.js'
export { ManifestUnreadableError, type UnreadableLineData } from './manifest-error.js'
export type {
  ManifestObject,
  ManifestOptions,
  PointCloudObject,
  StoredObject,
  TextObject,
} from './manifest-object.js'
export {
  describeManifestProblem,
  type InvalidManifestData,
  InvalidManifestError,
  type ManifestProblem,
} from './manifest-problem.js'
export type { ManifestRuleName } from './manifest-rules.js'
export {
  type CameraImage,
  type Heading,
  type PointCloudFormat,
  type PointCloudFrameOptions,
  type PointCloudMetadata,
  type Pose,
  type Position,
  pointCloudFrame,
} from './point-cloud-frame.js'
export {
  type PointCloudSequence,
  type PointCloudSequenceFrame,
  type PointCloudSequenceOptions,
  pointCloudSequence,
} from './point-cloud-sequence.js'
export type { WriteOptions } from './prepare-put.js'
export { type ReadLabelsOptions, readLabels } from './read-labels.js'
export { readLabelsFromS3 } from './read-labels-from-s3.js'
export type { ManifestSource } from './split-lines.js'
export {
  type VideoFrame,
  type VideoFrameSequence,
  type VideoFrameSequenceOptions,
  videoFrameSequence,
} from './video-frame-sequence.js'
export { type WriteLabelCategoriesOptions, writeLabelCategories } from './write-label-categories.js'
export {
  type WriteManifestOptions,
  type WrittenManifest,
  writeManifestToS3,
} from './write-manifest-to-s3.js'
export { writeSequenceToS3 } from './write-sequence-to-s3.js'
