import * as library from '../../../src/index.js'
import type { TaskName } from '../../../src/tasks/task-table.js'

/** The constructor of each task, by the task's name. */
export const CONSTRUCTORS = {
  'image-classification': library.imageClassification,
  'image-classification-multi-label': library.imageClassificationMultiLabel,
  'bounding-box': library.boundingBox,
  'semantic-segmentation': library.semanticSegmentation,
  'text-classification': library.textClassification,
  'text-classification-multi-label': library.textClassificationMultiLabel,
  'named-entity-recognition': library.namedEntityRecognition,
  'video-classification': library.videoClassification,
  'video-frame-object-detection': library.videoFrameObjectDetection,
  'video-frame-object-tracking': library.videoFrameObjectTracking,
  'point-cloud-object-detection': library.pointCloudObjectDetection,
  'point-cloud-object-tracking': library.pointCloudObjectTracking,
  'point-cloud-semantic-segmentation': library.pointCloudSemanticSegmentation,
  'bounding-box-adjustment': library.adjustBoundingBox,
  'bounding-box-verification': library.verifyBoundingBox,
  'semantic-segmentation-adjustment': library.adjustSemanticSegmentation,
  'semantic-segmentation-verification': library.verifySemanticSegmentation,
  'video-frame-object-detection-adjustment': library.adjustVideoFrameObjectDetection,
  'video-frame-object-tracking-adjustment': library.adjustVideoFrameObjectTracking,
  'point-cloud-object-detection-adjustment': library.adjustPointCloudObjectDetection,
  'point-cloud-object-tracking-adjustment': library.adjustPointCloudObjectTracking,
  'point-cloud-semantic-segmentation-adjustment': library.adjustPointCloudSemanticSegmentation,
  'pass-through': library.passThrough,
  custom: library.custom,
} as const satisfies Readonly<Record<TaskName, unknown>>
