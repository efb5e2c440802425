import { HOSTED_OPTIONS, makeTask } from './make-task.js'
import type { Task } from './task.js'
import type { HostedTaskOptions } from './task-options.js'

/**
 * Makes a task in which a worker corrects the marks in the frames of a video of an earlier job.
 *
 * Becomes the Lambdas `PRE-AdjustmentVideoObjectDetection` and `ACS-AdjustmentVideoObjectDetection` and the hosted
 * page `VideoObjectDetection`. The label attribute must end in `-ref`. Takes one worker an object. The attribute
 * needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustVideoFrameObjectDetection(
  options: HostedTaskOptions,
): Task<'video-frame-object-detection-adjustment'> {
  return makeTask(
    'adjustVideoFrameObjectDetection',
    'video-frame-object-detection-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker judges the marks in the frames of a video of an earlier job. To AWS it is the
 * adjustment task; `editsAllowed: 'none'` on every label of the file makes the difference.
 *
 * Becomes the Lambdas `PRE-AdjustmentVideoObjectDetection` and `ACS-AdjustmentVideoObjectDetection` and the hosted
 * page `VideoObjectDetection`. The label attribute must end in `-ref`. Takes one worker an object. The attribute
 * needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function verifyVideoFrameObjectDetection(
  options: HostedTaskOptions,
): Task<'video-frame-object-detection-adjustment'> {
  return makeTask(
    'verifyVideoFrameObjectDetection',
    'video-frame-object-detection-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker corrects the tracks through the frames of a video of an earlier job.
 *
 * Becomes the Lambdas `PRE-AdjustmentVideoObjectTracking` and `ACS-AdjustmentVideoObjectTracking` and the hosted
 * page `VideoObjectTracking`. The label attribute must end in `-ref`. Takes one worker an object. The attribute
 * needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustVideoFrameObjectTracking(
  options: HostedTaskOptions,
): Task<'video-frame-object-tracking-adjustment'> {
  return makeTask(
    'adjustVideoFrameObjectTracking',
    'video-frame-object-tracking-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker judges the tracks through the frames of a video of an earlier job. To AWS it is
 * the adjustment task; `editsAllowed: 'none'` on every label of the file makes the difference.
 *
 * Becomes the Lambdas `PRE-AdjustmentVideoObjectTracking` and `ACS-AdjustmentVideoObjectTracking` and the hosted
 * page `VideoObjectTracking`. The label attribute must end in `-ref`. Takes one worker an object. The attribute
 * needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function verifyVideoFrameObjectTracking(
  options: HostedTaskOptions,
): Task<'video-frame-object-tracking-adjustment'> {
  return makeTask(
    'verifyVideoFrameObjectTracking',
    'video-frame-object-tracking-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker corrects the cuboids in 3D point clouds of an earlier job.
 *
 * Becomes the Lambdas `PRE-Adjustment3DPointCloudObjectDetection` and `ACS-Adjustment3DPointCloudObjectDetection`
 * and the hosted page `PointCloudObjectDetection`. The label attribute must not end in `-ref`. Takes one worker an
 * object. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustPointCloudObjectDetection(
  options: HostedTaskOptions,
): Task<'point-cloud-object-detection-adjustment'> {
  return makeTask(
    'adjustPointCloudObjectDetection',
    'point-cloud-object-detection-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker judges the cuboids in 3D point clouds of an earlier job. To AWS it is the
 * adjustment task; `editsAllowed: 'none'` on every label of the file makes the difference.
 *
 * Becomes the Lambdas `PRE-Adjustment3DPointCloudObjectDetection` and `ACS-Adjustment3DPointCloudObjectDetection`
 * and the hosted page `PointCloudObjectDetection`. The label attribute must not end in `-ref`. Takes one worker an
 * object. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function verifyPointCloudObjectDetection(
  options: HostedTaskOptions,
): Task<'point-cloud-object-detection-adjustment'> {
  return makeTask(
    'verifyPointCloudObjectDetection',
    'point-cloud-object-detection-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker corrects the tracks through 3D point clouds of an earlier job.
 *
 * Becomes the Lambdas `PRE-Adjustment3DPointCloudObjectTracking` and `ACS-Adjustment3DPointCloudObjectTracking`
 * and the hosted page `PointCloudObjectTracking`. The label attribute must end in `-ref`. Takes one worker an
 * object. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustPointCloudObjectTracking(
  options: HostedTaskOptions,
): Task<'point-cloud-object-tracking-adjustment'> {
  return makeTask(
    'adjustPointCloudObjectTracking',
    'point-cloud-object-tracking-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker judges the tracks through 3D point clouds of an earlier job. To AWS it is the
 * adjustment task; `editsAllowed: 'none'` on every label of the file makes the difference.
 *
 * Becomes the Lambdas `PRE-Adjustment3DPointCloudObjectTracking` and `ACS-Adjustment3DPointCloudObjectTracking`
 * and the hosted page `PointCloudObjectTracking`. The label attribute must end in `-ref`. Takes one worker an
 * object. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function verifyPointCloudObjectTracking(
  options: HostedTaskOptions,
): Task<'point-cloud-object-tracking-adjustment'> {
  return makeTask(
    'verifyPointCloudObjectTracking',
    'point-cloud-object-tracking-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker corrects the painted points of 3D point clouds of an earlier job.
 *
 * Becomes the Lambdas `PRE-Adjustment3DPointCloudSemanticSegmentation` and
 * `ACS-Adjustment3DPointCloudSemanticSegmentation` and the hosted page `PointCloudSemanticSegmentation`. The label
 * attribute must end in `-ref`. Takes one worker an object. The attribute needs another name than the earlier
 * job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustPointCloudSemanticSegmentation(
  options: HostedTaskOptions,
): Task<'point-cloud-semantic-segmentation-adjustment'> {
  return makeTask(
    'adjustPointCloudSemanticSegmentation',
    'point-cloud-semantic-segmentation-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}

/**
 * Makes a task in which a worker judges the painted points of 3D point clouds of an earlier job. To AWS it is the
 * adjustment task; `editsAllowed: 'none'` on every label of the file makes the difference.
 *
 * Becomes the Lambdas `PRE-Adjustment3DPointCloudSemanticSegmentation` and
 * `ACS-Adjustment3DPointCloudSemanticSegmentation` and the hosted page `PointCloudSemanticSegmentation`. The label
 * attribute must end in `-ref`. Takes one worker an object. The attribute needs another name than the earlier
 * job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function verifyPointCloudSemanticSegmentation(
  options: HostedTaskOptions,
): Task<'point-cloud-semantic-segmentation-adjustment'> {
  return makeTask(
    'verifyPointCloudSemanticSegmentation',
    'point-cloud-semantic-segmentation-adjustment',
    options,
    HOSTED_OPTIONS,
  )
}
