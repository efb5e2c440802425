import { taskMaker } from './make-task.js'
import type { MakeTask } from './task.js'

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
export const adjustVideoFrameObjectDetection: MakeTask<'video-frame-object-detection-adjustment'> =
  /* @__PURE__ */ taskMaker('adjustVideoFrameObjectDetection', 'video-frame-object-detection-adjustment')

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
export const verifyVideoFrameObjectDetection: typeof adjustVideoFrameObjectDetection =
  /* @__PURE__ */ taskMaker('verifyVideoFrameObjectDetection', 'video-frame-object-detection-adjustment')

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
export const adjustVideoFrameObjectTracking: MakeTask<'video-frame-object-tracking-adjustment'> =
  /* @__PURE__ */ taskMaker('adjustVideoFrameObjectTracking', 'video-frame-object-tracking-adjustment')

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
export const verifyVideoFrameObjectTracking: typeof adjustVideoFrameObjectTracking =
  /* @__PURE__ */ taskMaker('verifyVideoFrameObjectTracking', 'video-frame-object-tracking-adjustment')

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
export const adjustPointCloudObjectDetection: MakeTask<'point-cloud-object-detection-adjustment'> =
  /* @__PURE__ */ taskMaker('adjustPointCloudObjectDetection', 'point-cloud-object-detection-adjustment')

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
export const verifyPointCloudObjectDetection: typeof adjustPointCloudObjectDetection =
  /* @__PURE__ */ taskMaker('verifyPointCloudObjectDetection', 'point-cloud-object-detection-adjustment')

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
export const adjustPointCloudObjectTracking: MakeTask<'point-cloud-object-tracking-adjustment'> =
  /* @__PURE__ */ taskMaker('adjustPointCloudObjectTracking', 'point-cloud-object-tracking-adjustment')

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
export const verifyPointCloudObjectTracking: typeof adjustPointCloudObjectTracking =
  /* @__PURE__ */ taskMaker('verifyPointCloudObjectTracking', 'point-cloud-object-tracking-adjustment')

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
export const adjustPointCloudSemanticSegmentation: MakeTask<'point-cloud-semantic-segmentation-adjustment'> =
  /* @__PURE__ */ taskMaker(
    'adjustPointCloudSemanticSegmentation',
    'point-cloud-semantic-segmentation-adjustment',
  )

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
export const verifyPointCloudSemanticSegmentation: typeof adjustPointCloudSemanticSegmentation =
  /* @__PURE__ */ taskMaker(
    'verifyPointCloudSemanticSegmentation',
    'point-cloud-semantic-segmentation-adjustment',
  )
