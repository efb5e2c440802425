// Reading labels

// Label category files and worker pages
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
export { ManifestUnreadableError, type UnreadableLineData } from './manifest-error.js'
export { type ReadLabelsOptions, readLabels } from './read-labels.js'
export { readLabelsFromS3 } from './read-labels-from-s3.js'
export type { ManifestSource } from './split-lines.js'
export { type WriteLabelCategoriesOptions, writeLabelCategories } from './write-label-categories.js'
