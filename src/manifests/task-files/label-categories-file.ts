import type { JsonObject } from '../../json/json.js'
import type { TaskRow } from '../../tasks/task-table.js'
import { type CategoryProblem, invalidLabelCategories } from './category-problem.js'

/**
 * A label category file that breaks no rule: made by `labelCategories()`, `entityCategories()` and
 * `frameCategories()`, written by `writeLabelCategories()`. `String(categories)` and `JSON.stringify(categories)`
 * give its text.
 */
export interface LabelCategories<Form extends TaskRow['labelFile'] = TaskRow['labelFile']> {
  /** Which of the three forms it has; a task says which it needs. */
  readonly form: Form
  /** The contents of the file. */
  toJSON(): JsonObject
  /** The text of the file. */
  toString(): string
}

/**
 * Makes the file, unless there are problems.
 *
 * @throws LabelingJobError `label-categories-invalid` with every problem at once.
 */
export function categoryFile<Form extends TaskRow['labelFile']>(
  call: string,
  form: Form,
  problems: readonly CategoryProblem[],
  contents: () => object,
): LabelCategories<Form> {
  if (problems.length > 0) throw invalidLabelCategories(call, problems)
  const text = JSON.stringify(contents(), undefined, 2)
  return Object.freeze({
    form,
    toJSON: () => JSON.parse(text) as JsonObject,
    toString: () => `${text}\n`,
  })
}
