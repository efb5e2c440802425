import type { Problem } from '../../errors/problem.js'
import type { JsonObject } from '../../json/json.js'
import type { TaskRow } from '../../tasks/task-table.js'
import { refuseErrors, rulesBroken } from '../write/rules-broken.js'

/** The forms a label category file can have. */
export type CategoryForm = TaskRow['labelFile']

/**
 * A label category file: made by `labelCategories()`, `entityCategories()` and
 * `frameCategories()`, read by `readLabelCategories()`, written by `writeLabelCategories()`. `String(categories)` and `JSON.stringify(categories)`
 * give its text.
 */
export interface LabelCategories<Form extends CategoryForm = CategoryForm> {
  /** Which of the three forms it has; a task says which it needs. */
  readonly form: Form
  /** The names of the labels, in the order workers see them. */
  readonly classes: readonly string[]
  /** The contents of the file. */
  toJSON(): JsonObject
  /** The text of the file. */
  toString(): string
}

/** What a call makes, and what is wrong with it. */
export interface CategoryDraft<Form extends CategoryForm> {
  readonly call: string
  readonly form: Form
  readonly problems: readonly Problem[]
  readonly onWarning?: ((warning: Problem) => void) | undefined
}

/**
 * Makes the file, unless there are errors.
 *
 * @throws LabelingJobError `label-categories-invalid` with every error at once.
 */
export function categoryFile<Form extends CategoryForm>(
  { call, form, problems, onWarning }: CategoryDraft<Form>,
  contents: () => { readonly labels: readonly unknown[] },
): LabelCategories<Form> {
  refuseErrors(problems, onWarning, (errors) => {
    const rules = errors.length === 1 ? 'a rule' : `${errors.length} rules`
    const why = `they break ${rules} of the label category file`
    const what = `Cannot make label categories with ${call}()`
    return rulesBroken({ code: 'label-categories-invalid', what, why }, errors)
  })
  return labelCategoriesOf(form, JSON.stringify(contents(), undefined, 2))
}

/** Gives the value of a file from its text. */
export function labelCategoriesOf<Form extends CategoryForm>(
  form: Form,
  text: string,
): LabelCategories<Form> {
  const { labels } = JSON.parse(text) as { readonly labels: readonly { readonly label: string }[] }
  return Object.freeze({
    form,
    classes: Object.freeze(labels.map(({ label }) => label)),
    toJSON: () => JSON.parse(text) as JsonObject,
    toString: () => `${text}\n`,
  })
}
