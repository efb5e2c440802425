import { makeTask, TEMPLATE_OPTIONS } from './make-task.js'
import type { Task } from './task.js'
import type { TemplateTaskOptions } from './task-options.js'

/**
 * Makes a task in which workers correct the boxes of an earlier job.
 *
 * Becomes the Lambdas `PRE-AdjustmentBoundingBox` and `ACS-AdjustmentBoundingBox` and the page in `template`. The
 * label attribute must not end in `-ref`. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustBoundingBox(options: TemplateTaskOptions): Task<'bounding-box-adjustment'> {
  return makeTask('adjustBoundingBox', 'bounding-box-adjustment', options, TEMPLATE_OPTIONS)
}

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
 */
export function verifyBoundingBox(options: TemplateTaskOptions): Task<'bounding-box-verification'> {
  return makeTask('verifyBoundingBox', 'bounding-box-verification', options, TEMPLATE_OPTIONS)
}

/**
 * Makes a task in which workers correct the masks of an earlier job.
 *
 * Becomes the Lambdas `PRE-AdjustmentSemanticSegmentation` and `ACS-AdjustmentSemanticSegmentation` and the page
 * in `template`. The label attribute must end in `-ref`. The attribute needs another name than the earlier job's.
 *
 * Source: sms-verification-data.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function adjustSemanticSegmentation(
  options: TemplateTaskOptions,
): Task<'semantic-segmentation-adjustment'> {
  return makeTask('adjustSemanticSegmentation', 'semantic-segmentation-adjustment', options, TEMPLATE_OPTIONS)
}

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
 */
export function verifySemanticSegmentation(
  options: TemplateTaskOptions,
): Task<'semantic-segmentation-verification'> {
  return makeTask(
    'verifySemanticSegmentation',
    'semantic-segmentation-verification',
    options,
    TEMPLATE_OPTIONS,
  )
}
