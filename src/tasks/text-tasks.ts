import { HOSTED_OPTIONS, makeTask, TEMPLATE_OPTIONS } from './make-task.js'
import type { Task } from './task.js'
import type { HostedTaskOptions, TemplateTaskOptions } from './task-options.js'

/**
 * Makes a task in which workers choose one label for a text.
 *
 * Becomes the Lambdas `PRE-TextMultiClass` and `ACS-TextMultiClass` and the page in `template`. The label
 * attribute must not end in `-ref`. Can be labeled automatically, by `text-classification`.
 *
 * Source: sms-text-classification.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function textClassification(options: TemplateTaskOptions): Task<'text-classification'> {
  return makeTask('textClassification', 'text-classification', options, TEMPLATE_OPTIONS)
}

/**
 * Makes a task in which workers choose every label that fits a text.
 *
 * Becomes the Lambdas `PRE-TextMultiClassMultiLabel` and `ACS-TextMultiClassMultiLabel` and the page in
 * `template`. The label attribute must not end in `-ref`.
 *
 * Source: sms-text-classification-multilabel.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function textClassificationMultiLabel(
  options: TemplateTaskOptions,
): Task<'text-classification-multi-label'> {
  return makeTask(
    'textClassificationMultiLabel',
    'text-classification-multi-label',
    options,
    TEMPLATE_OPTIONS,
  )
}

/**
 * Makes a task in which workers mark words of a text and say what they name.
 *
 * Becomes the Lambdas `PRE-NamedEntityRecognition` and `ACS-NamedEntityRecognition` and the hosted page
 * `NamedEntityRecognition`. The label attribute must not end in `-ref`. The label category file is made by
 * `entityCategories()`.
 *
 * Source: sms-named-entity-recg.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 */
export function namedEntityRecognition(options: HostedTaskOptions): Task<'named-entity-recognition'> {
  return makeTask('namedEntityRecognition', 'named-entity-recognition', options, HOSTED_OPTIONS)
}
