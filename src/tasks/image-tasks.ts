import { makeTask, TEMPLATE_OPTIONS } from './make-task.js'
import type { Task } from './task.js'
import type { TemplateTaskOptions } from './task-options.js'

/**
 * Makes a task in which workers choose one label for an image.
 *
 * Becomes the Lambdas `PRE-ImageMultiClass` and `ACS-ImageMultiClass` and the page in `template`. The label
 * attribute must not end in `-ref`. Can be labeled automatically, by `image-classification`.
 *
 * Source: sms-image-classification.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function imageClassification(options: TemplateTaskOptions): Task<'image-classification'> {
  return makeTask('imageClassification', 'image-classification', options, TEMPLATE_OPTIONS)
}

/**
 * Makes a task in which workers choose every label that fits an image.
 *
 * Becomes the Lambdas `PRE-ImageMultiClassMultiLabel` and `ACS-ImageMultiClassMultiLabel` and the page in
 * `template`. The label attribute must not end in `-ref`.
 *
 * Source: sms-image-classification-multilabel.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function imageClassificationMultiLabel(
  options: TemplateTaskOptions,
): Task<'image-classification-multi-label'> {
  return makeTask(
    'imageClassificationMultiLabel',
    'image-classification-multi-label',
    options,
    TEMPLATE_OPTIONS,
  )
}

/**
 * Makes a task in which workers draw boxes around the objects in an image.
 *
 * Becomes the Lambdas `PRE-BoundingBox` and `ACS-BoundingBox` and the page in `template`. The label attribute must
 * not end in `-ref`. Can be labeled automatically, by `object-detection`.
 *
 * Source: sms-bounding-box.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function boundingBox(options: TemplateTaskOptions): Task<'bounding-box'> {
  return makeTask('boundingBox', 'bounding-box', options, TEMPLATE_OPTIONS)
}

/**
 * Makes a task in which workers paint every pixel of an image with its label.
 *
 * Becomes the Lambdas `PRE-SemanticSegmentation` and `ACS-SemanticSegmentation` and the page in `template`. The
 * label attribute must end in `-ref`. Can be labeled automatically, by `semantic-segmentation`.
 *
 * Source: sms-semantic-segmentation.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function semanticSegmentation(options: TemplateTaskOptions): Task<'semantic-segmentation'> {
  return makeTask('semanticSegmentation', 'semantic-segmentation', options, TEMPLATE_OPTIONS)
}
