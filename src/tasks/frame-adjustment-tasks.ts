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
 *
 * @example
 * const file = frameCategories({ labels: ['car'], auditLabelAttributeName: 'boxes-ref' })
 * const task = adjustVideoFrameObjectDetection({
 *   title: 'Correct the boxes of each frame',
 *   description: 'Move, add and remove',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/boxes-adjusted.json', aws),
 * })
 * labelingJob('boxes-adjusted').task(task).labelAttribute('boxes-adjusted-ref')
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
 *
 * @example
 * const file = frameCategories({ verification: true, labels: ['car'], auditLabelAttributeName: 'boxes-ref' })
 * const task = verifyVideoFrameObjectDetection({
 *   title: 'Judge the boxes of each frame',
 *   description: 'Say what is wrong; change nothing',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/boxes-verified.json', aws),
 * })
 * labelingJob('boxes-verified').task(task).labelAttribute('boxes-verified-ref')
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
 *
 * @example
 * const file = frameCategories({ labels: ['car'], auditLabelAttributeName: 'tracks-ref' })
 * const task = adjustVideoFrameObjectTracking({
 *   title: 'Correct the tracks of the video',
 *   description: 'Move, add and remove',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks-adjusted.json', aws),
 * })
 * labelingJob('tracks-adjusted').task(task).labelAttribute('tracks-adjusted-ref')
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
 *
 * @example
 * const file = frameCategories({ verification: true, labels: ['car'], auditLabelAttributeName: 'tracks-ref' })
 * const task = verifyVideoFrameObjectTracking({
 *   title: 'Judge the tracks of the video',
 *   description: 'Say what is wrong; change nothing',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks-verified.json', aws),
 * })
 * labelingJob('tracks-verified').task(task).labelAttribute('tracks-verified-ref')
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
 *
 * @example
 * const file = frameCategories({ labels: ['car'], auditLabelAttributeName: 'cuboids' })
 * const task = adjustPointCloudObjectDetection({
 *   title: 'Correct the cuboids',
 *   description: 'Move, add and remove',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/cuboids-adjusted.json', aws),
 * })
 * labelingJob('cuboids-adjusted').task(task).labelAttribute('cuboids-adjusted')
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
 *
 * @example
 * const file = frameCategories({ verification: true, labels: ['car'], auditLabelAttributeName: 'cuboids' })
 * const task = verifyPointCloudObjectDetection({
 *   title: 'Judge the cuboids',
 *   description: 'Say what is wrong; change nothing',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/cuboids-verified.json', aws),
 * })
 * labelingJob('cuboids-verified').task(task).labelAttribute('cuboids-verified')
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
 *
 * @example
 * const file = frameCategories({ labels: ['car'], auditLabelAttributeName: 'tracks-3d-ref' })
 * const task = adjustPointCloudObjectTracking({
 *   title: 'Correct the tracks of the cuboids',
 *   description: 'Move, add and remove',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks-3d-adjusted.json', aws),
 * })
 * labelingJob('tracks-3d-adjusted').task(task).labelAttribute('tracks-3d-adjusted-ref')
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
 *
 * @example
 * const file = frameCategories({ verification: true, labels: ['car'], auditLabelAttributeName: 'tracks-3d-ref' })
 * const task = verifyPointCloudObjectTracking({
 *   title: 'Judge the tracks of the cuboids',
 *   description: 'Say what is wrong; change nothing',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks-3d-verified.json', aws),
 * })
 * labelingJob('tracks-3d-verified').task(task).labelAttribute('tracks-3d-verified-ref')
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
 *
 * @example
 * const file = frameCategories({ labels: ['car'], auditLabelAttributeName: 'points-ref' })
 * const task = adjustPointCloudSemanticSegmentation({
 *   title: 'Correct the painted points',
 *   description: 'Move, add and remove',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/points-adjusted.json', aws),
 * })
 * labelingJob('points-adjusted').task(task).labelAttribute('points-adjusted-ref')
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
 *
 * @example
 * const file = frameCategories({ verification: true, labels: ['car'], auditLabelAttributeName: 'points-ref' })
 * const task = verifyPointCloudSemanticSegmentation({
 *   title: 'Judge the painted points',
 *   description: 'Say what is wrong; change nothing',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/points-verified.json', aws),
 * })
 * labelingJob('points-verified').task(task).labelAttribute('points-verified-ref')
 */
export const verifyPointCloudSemanticSegmentation: typeof adjustPointCloudSemanticSegmentation =
  /* @__PURE__ */ taskMaker(
    'verifyPointCloudSemanticSegmentation',
    'point-cloud-semantic-segmentation-adjustment',
  )
