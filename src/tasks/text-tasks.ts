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
 *
 * @example
 * const task = textClassification({
 *   title: 'Choose the topic',
 *   description: 'One topic for each letter',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('letters').task(task).autoLabeling()
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
 *
 * @example
 * const task = textClassificationMultiLabel({
 *   title: 'Choose the topics',
 *   description: 'Every topic of the letter',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('letter-topics').task(task).input('s3://acme-gt/in/letters.manifest')
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
 *
 * @example
 * const file = entityCategories({
 *   labels: ['person', { label: 'organization', shortDisplayName: 'org' }],
 *   instructions: { shortInstruction: 'Mark every name', fullInstruction: 'Titles are not part of a name' },
 * })
 * const task = namedEntityRecognition({
 *   title: 'Mark names',
 *   description: 'People and organizations',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/names.json', aws),
 * })
 * labelingJob('names').task(task).input('s3://acme-gt/in/letters.manifest')
 */
export const namedEntityRecognition: MakeTask<'named-entity-recognition'> = /* @__PURE__ */ taskMaker(
  'namedEntityRecognition',
  'named-entity-recognition',
)
