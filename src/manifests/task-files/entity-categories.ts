import type { Problem } from '../../errors/problem.js'
import { isObject } from '../../json/json.js'
import { checksOf, itemsOf } from './category-rules.js'
import { categoryFile, type LabelCategories } from './label-categories-file.js'

const API = 'CreateLabelingJob, LabelCategoryConfigS3Uri'

/** A label of named entity recognition. */
export interface EntityLabel {
  readonly label: string
  /** What is shown beside a marked word. Default: AWS shortens the label itself. */
  readonly shortDisplayName?: string
}

/** What workers are told; HTML is allowed. */
export interface WorkerInstructions {
  readonly shortInstruction: string
  readonly fullInstruction: string
}

/** What the label category file of named entity recognition says. */
export interface EntityCategoriesOptions {
  /** What workers mark, in the order they see it; each at most 256 characters. */
  readonly labels: readonly (string | EntityLabel)[]
  /** Needed here: the hosted page has no other place for them. */
  readonly instructions: WorkerInstructions
  /** Gets each warning, once no rule is broken. Default: warnings are dropped. */
  readonly onWarning?: (warning: Problem) => void
}

/**
 * Makes the label category file of `namedEntityRecognition()`.
 *
 * Becomes `{"document-version": "2018-11-28", "labels": [{"label": "person", "shortDisplayName": "per"}, …],
 * "instructions": {…}}`.
 *
 * Source: CreateLabelingJob, LabelCategoryConfigS3Uri; sms-named-entity-recg.html; input-data-limits.html.
 *
 * @throws LabelingJobError `label-categories-invalid` with every rule that is broken.
 *
 * @example
 * const file = entityCategories({
 *   labels: ['person', { label: 'organization', shortDisplayName: 'org' }],
 *   instructions: { shortInstruction: 'Mark every name', fullInstruction: 'Titles are not part of a name' },
 * })
 * const labels = await writeLabelCategories(file, 's3://acme-gt/ui/names.json', aws)
 */
export function entityCategories(options: EntityCategoriesOptions): LabelCategories<'entities'> {
  const problems = problemsOf(options)
  const onWarning = options?.onWarning
  return categoryFile({ call: 'entityCategories', form: 'entities', problems, onWarning }, () => ({
    'document-version': '2018-11-28',
    labels: options.labels.map(withName),
    instructions: options.instructions,
  }))
}

function problemsOf(options: EntityCategoriesOptions): readonly Problem[] {
  const api = checksOf(API)
  const quotas = checksOf('input-data-limits.html')
  const shape = api.object('options', options, ['labels', 'instructions', 'onWarning'])
  if (!isObject(options)) return shape
  const { labels, instructions } = options
  const named = itemsOf(labels).map(withName)
  const names = named.map((label) => isObject(label) && label['label'])
  return [
    ...shape,
    ...api.array('labels', labels, 1, Infinity),
    ...named.flatMap((label, index) => {
      const wrong = api.object(`labels[${index}]`, label, ['label', 'shortDisplayName'])
      if (!isObject(label)) return wrong
      const { shortDisplayName } = label
      return [
        ...wrong,
        ...quotas.text(`labels[${index}].label`, label['label'], 1, 256),
        ...(shortDisplayName === undefined
          ? []
          : api.text(`labels[${index}].shortDisplayName`, shortDisplayName, 1, Infinity)),
      ]
    }),
    ...api.unique('labels', names, 'label'),
    ...api.unlike('labels', names),
    ...instructionProblems(instructions, { short: Infinity, full: Infinity, source: API }),
  ]
}

/** Lists what is wrong with instructions, both of which are needed once there are any. */
export function instructionProblems(
  instructions: unknown,
  limits: { readonly short: number; readonly full: number; readonly source: string },
): readonly Problem[] {
  const { object, text } = checksOf(limits.source)
  const wrong = object('instructions', instructions, ['shortInstruction', 'fullInstruction'])
  if (!isObject(instructions)) return wrong
  return [
    ...wrong,
    ...text('instructions.shortInstruction', instructions['shortInstruction'], 1, limits.short),
    ...text('instructions.fullInstruction', instructions['fullInstruction'], 1, limits.full),
  ]
}

function withName(label: unknown): unknown {
  return typeof label === 'string' ? { label } : label
}
