// Labels out

export type {
  BoxShape,
  CuboidShape,
  Frame,
  FrameObject,
  FrameObjectFacts,
  Point,
  PointsShape,
  Sequence,
  UnreadablePart,
} from './frames/frame.js'
export { readSequence } from './frames/read-sequence.js'
export type { Box, Class, ClassMap, Cuboid } from './frames/shapes.js'
export { UNKNOWN_CLASS } from './label-files/class-colors.js'
export { readAnswers, type WorkerAnswer } from './label-files/read-answers.js'
export { type MaskRow, readMask, type UnknownColor } from './label-files/read-mask.js'
export { readPointMask } from './label-files/read-point-mask.js'
export { type Collected, type CollectOptions, collect } from './overview/collect.js'
export type { FailureGroup } from './overview/group-failures.js'
export {
  type InspectedAttribute,
  inspectManifest,
  type ManifestInspection,
} from './overview/inspect-manifest.js'
export { type Row, rows } from './overview/rows.js'
export type {
  FailedObject,
  Label,
  LabeledFacts,
  LabeledObject,
  Line,
  Lines,
  ObjectFacts,
  UnlabeledObject,
  UnreadableLine,
} from './read/label.js'
export type {
  Adjustment,
  BoxesLabel,
  ClassesLabel,
  ClassLabel,
  ColorMap,
  CuboidsLabel,
  EntitiesLabel,
  Entity,
  EntityClass,
  ImageSize,
  LabelOf,
  MaskClass,
  MaskLabel,
  PointMaskLabel,
  SequenceLabel,
  ValueLabel,
  VerdictLabel,
} from './read/label-contents.js'
export { readLabelMessage } from './read/read-label-message.js'
export { type BadLines, type LineOr, readLabels, type WhichLabels } from './read/read-labels.js'
export { type Rounds, readRounds } from './read/read-rounds.js'
export type { Source } from './read/source.js'

// Manifests in

export { type Manifest, manifest, manifestLines } from './write/manifest.js'
export type { ManifestCounts } from './write/manifest-check.js'
export type {
  ManifestObject,
  ManifestOptions,
  Objects,
  PointCloudObject,
  StoredObject,
  TextObject,
} from './write/manifest-object.js'
export type { ManifestRuleName } from './write/manifest-rules.js'
export type { WriteOptions } from './write/prepare-put.js'
export { type WriteManifestOptions, type WrittenManifest, writeManifest } from './write/write-manifest.js'

// Frames and sequences

export { type CameraImage, type PointCloudFrameOptions, pointCloudFrame } from './write/point-cloud-frame.js'
export type {
  Heading,
  PointCloudFormat,
  PointCloudMetadata,
  Pose,
  Position,
} from './write/point-cloud-metadata.js'
export {
  type PointCloudSequence,
  type PointCloudSequenceFrame,
  type PointCloudSequenceOptions,
  pointCloudSequence,
} from './write/point-cloud-sequence.js'
export {
  type VideoFrame,
  type VideoFrameSequence,
  type VideoFrameSequenceOptions,
  videoFrameSequence,
} from './write/video-frame-sequence.js'
export { writeSequence } from './write/write-sequence.js'

// Label categories and worker pages

export type { CategoryRuleName } from './task-files/category-rules.js'
export {
  type EntityCategoriesOptions,
  type EntityLabel,
  entityCategories,
  type WorkerInstructions,
} from './task-files/entity-categories.js'
export {
  type CategoryAttribute,
  type FrameAttribute,
  type FrameCategoriesOptions,
  type FrameLabel,
  frameCategories,
} from './task-files/frame-categories.js'
export { type LabelCategoriesOptions, labelCategories } from './task-files/label-categories.js'
export type { LabelCategories } from './task-files/label-categories-file.js'
export { readLabelCategories } from './task-files/read-label-categories.js'
export { type WorkerTemplateOptions, workerTemplate } from './task-files/worker-template.js'
export { writeLabelCategories } from './task-files/write-label-categories.js'
export { writeWorkerTemplate } from './task-files/write-worker-template.js'
