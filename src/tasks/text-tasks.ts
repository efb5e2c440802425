import { taskMaker } from './make-task.js'
import type { MakePageTask, MakeTask } from './task.js'

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
export const textClassification: MakePageTask<'text-classification'> = /* @__PURE__ */ taskMaker(
  'textClassification',
  'text-classification',
)

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
export const textClassificationMultiLabel: MakePageTask<'text-classification-multi-label'> =
  /* @__PURE__ */ taskMaker('textClassificationMultiLabel', 'text-classification-multi-label')

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
export const namedEntityRecognition: MakeTask<'named-entity-recognition'> = /* @__PURE__ */ taskMaker(
  'namedEntityRecognition',
  'named-entity-recognition',
)
