import { taskMaker } from './make-task.js'
import type { MakePageTask } from './task.js'

/**
 * Makes a task in which workers correct the boxes of an earlier job.
 *
 * Becomes the Lambdas `PRE-AdjustmentBoundingBox` and `ACS-AdjustmentBoundingBox` and the page in `template`. The
 * label attribute must not end in `-ref`. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const ended = await (await attachJob('signs', aws)).completed()
 * const task = adjustBoundingBox({
 *   title: 'Correct the boxes',
 *   description: 'Move what is not tight',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('signs-adjusted').task(task).chainFrom(ended)
 */
export const adjustBoundingBox: MakePageTask<'bounding-box-adjustment'> = /* @__PURE__ */ taskMaker(
  'adjustBoundingBox',
  'bounding-box-adjustment',
)

/**
 * Makes a task in which workers judge the boxes of an earlier job.
 *
 * Becomes the Lambdas `PRE-VerificationBoundingBox` and `ACS-VerificationBoundingBox` and the page in `template`.
 * The label attribute must not end in `-ref`. The attribute needs another name than the earlier job's; `labels`
 * lists the judgments.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const ended = await (await attachJob('signs', aws)).completed()
 * const task = verifyBoundingBox({
 *   title: 'Judge the boxes',
 *   description: 'Is every sign in a tight box?',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('signs-verified').task(task).chainFrom(ended)
 */
export const verifyBoundingBox: MakePageTask<'bounding-box-verification'> = /* @__PURE__ */ taskMaker(
  'verifyBoundingBox',
  'bounding-box-verification',
)

/**
 * Makes a task in which workers correct the masks of an earlier job.
 *
 * Becomes the Lambdas `PRE-AdjustmentSemanticSegmentation` and `ACS-AdjustmentSemanticSegmentation` and the page
 * in `template`. The label attribute must end in `-ref`. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const ended = await (await attachJob('roads', aws)).completed()
 * const task = adjustSemanticSegmentation({
 *   title: 'Correct the masks',
 *   description: 'Mend the edges of the road',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('roads-adjusted').task(task).chainFrom(ended).labelAttribute('roads-adjusted-ref')
 */
export const adjustSemanticSegmentation: MakePageTask<'semantic-segmentation-adjustment'> =
  /* @__PURE__ */ taskMaker('adjustSemanticSegmentation', 'semantic-segmentation-adjustment')

/**
 * Makes a task in which workers judge the masks of an earlier job.
 *
 * Becomes the Lambdas `PRE-VerificationSemanticSegmentation` and `ACS-VerificationSemanticSegmentation` and the
 * page in `template`. The label attribute must not end in `-ref`. Older AWS texts ask for `-ref` here; the API
 * reference now forbids it. The attribute needs another name than the earlier job's; `labels` lists the judgments.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const ended = await (await attachJob('roads', aws)).completed()
 * const task = verifySemanticSegmentation({
 *   title: 'Judge the masks',
 *   description: 'Is the whole road painted?',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('roads-verified').task(task).chainFrom(ended).labelAttribute('roads-verified')
 */
export const verifySemanticSegmentation: MakePageTask<'semantic-segmentation-verification'> =
  /* @__PURE__ */ taskMaker('verifySemanticSegmentation', 'semantic-segmentation-verification')
