import type { TaskName } from '../../tasks/task-table.js'

/** What the output manifest carries for each task; the labels' types and their parsers follow from it. */
export const LABEL_KINDS = {
  'image-classification': 'class',
  'image-classification-multi-label': 'classes',
  'bounding-box': 'boxes',
  'semantic-segmentation': 'mask',
  'text-classification': 'class',
  'text-classification-multi-label': 'classes',
  'named-entity-recognition': 'entities',
  'video-classification': 'class',
  'video-frame-object-detection': 'sequence',
  'video-frame-object-tracking': 'sequence',
  'point-cloud-object-detection': 'cuboids',
  'point-cloud-object-tracking': 'cuboid-sequence',
  'point-cloud-semantic-segmentation': 'point-mask',
  'bounding-box-adjustment': 'boxes',
  'bounding-box-verification': 'verdict',
  'semantic-segmentation-adjustment': 'mask',
  'semantic-segmentation-verification': 'verdict',
  'video-frame-object-detection-adjustment': 'sequence',
  'video-frame-object-tracking-adjustment': 'sequence',
  'point-cloud-object-detection-adjustment': 'cuboids',
  'point-cloud-object-tracking-adjustment': 'cuboid-sequence',
  'point-cloud-semantic-segmentation-adjustment': 'point-mask',
  'pass-through': 'value',
  custom: 'value',
} as const satisfies Readonly<Record<TaskName, LabelKind>>

/** The forms a label can have. */
export type LabelKind =
  | 'class'
  | 'classes'
  | 'boxes'
  | 'mask'
  | 'entities'
  | 'verdict'
  | 'sequence'
  | 'cuboids'
  | 'cuboid-sequence'
  | 'point-mask'
  | 'value'

/** The form that a label of a task has. */
export type LabelKindOf<Name extends TaskName> = (typeof LABEL_KINDS)[Name]

/**
 * The `type` that Ground Truth writes into the metadata of each form. A type that is not listed says nothing:
 * AWS prints none for video classification and lets custom Lambdas write what they like.
 */
export const KINDS_BY_TYPE: ReadonlyMap<unknown, LabelKind> = new Map<unknown, LabelKind>([
  ['groundtruth/image-classification', 'class'],
  ['groundtruth/text-classification', 'class'],
  ['groundtruth/image-classification-multilabel', 'classes'],
  ['groundtruth/text-classification-multilabel', 'classes'],
  ['groundtruth/object-detection', 'boxes'],
  ['groundtruth/semantic-segmentation', 'mask'],
  ['groundtruth/text-span', 'entities'],
  ['groundtruth/label-verification', 'verdict'],
  ['groundtruth/video-object-detection', 'sequence'],
  ['groundtruth/video-object-tracking', 'sequence'],
  ['groundtruth/point_cloud_object_detection', 'cuboids'],
  ['groundtruth/point_cloud_object_tracking', 'cuboid-sequence'],
  ['groundtruth/point_cloud_single_frame_semantic_segmentation', 'point-mask'],
  // As AWS spelled them in 2020.
  ['groundtruth/lidar_object_detection', 'cuboids'],
  ['groundtruth/lidar_object_tracking', 'cuboid-sequence'],
  ['groundtruth/lidar_single_frame_semantic_segmentation', 'point-mask'],
])
