import { formatValue } from '../../errors/format-value.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { describeProblem, type Problem, type ProblemsData } from '../../errors/problem.js'

/** One broken rule of a label category file. */
export type CategoryProblem = Problem

/** Makes the error for label categories that break rules of Ground Truth; `data.problems` lists every one. */
export function invalidLabelCategories(
  call: string,
  problems: readonly CategoryProblem[],
): LabelingJobError<'label-categories-invalid', ProblemsData> {
  return new LabelingJobError({
    code: 'label-categories-invalid',
    what: `Cannot make label categories with ${call}()`,
    why: `they break ${problems.length === 1 ? 'a rule' : `${problems.length} rules`} of the label category file`,
    fix: problems.map((problem) => `\n- ${describeProblem(problem)}`).join(''),
    data: { problems, count: problems.length },
  })
}

/** Checks values against the rules of one AWS page; every function gives the rules that a value breaks. */
export interface CategoryChecks {
  readonly problem: (path: string, what: string, why: string) => CategoryProblem
  readonly object: (path: string, value: unknown, known: readonly string[]) => CategoryProblem[]
  readonly list: (path: string, value: unknown, min: number, max: number) => CategoryProblem[]
  readonly text: (path: string, value: unknown, min: number, max: number) => CategoryProblem[]
  readonly oneOf: (path: string, value: unknown, allowed: readonly string[]) => CategoryProblem[]
  readonly unique: (path: string, values: readonly unknown[], kind: string) => CategoryProblem[]
}

/** Makes the checks for the rules of an AWS page. */
export function checksOf(source: string): CategoryChecks {
  const problem = (path: string, what: string, why: string): CategoryProblem => ({
    code: 'category-rule',
    severity: 'error',
    path,
    what,
    why,
    fix: '',
    source,
  })
  return {
    problem,
    object(path, value, known) {
      if (!isRecord(value)) return [problem(path, `it is ${formatValue(value)}`, 'It has to be an object')]
      return Object.keys(value)
        .filter((option) => !known.includes(option))
        .map((option) => problem(path, `it has "${option}"`, `It may have ${known.join(', ')}`))
    },
    list(path, value, min, max) {
      if (!Array.isArray(value)) return [problem(path, `it is ${formatValue(value)}`, 'It has to be a list')]
      if (value.length < min)
        return [problem(path, `it has ${value.length} items`, `It needs ${min} or more`)]
      return value.length > max ? [problem(path, `it has ${value.length} items`, `It may have ${max}`)] : []
    },
    text(path, value, min, max) {
      if (typeof value !== 'string')
        return [problem(path, `it is ${formatValue(value)}`, 'It has to be a text')]
      const length = [...value].length
      const range = max === Infinity ? `${min} or more` : `${min} to ${max}`
      return length < min || length > max
        ? [problem(path, `${formatValue(value)} has ${length} characters`, `It has to have ${range}`)]
        : []
    },
    oneOf(path, value, allowed) {
      return typeof value === 'string' && allowed.includes(value)
        ? []
        : [problem(path, `it is ${formatValue(value)}`, `It has to be one of ${allowed.join(', ')}`)]
    },
    unique(path, values, kind) {
      const doubled = new Set(values.filter((value, index) => values.indexOf(value) !== index))
      return [...doubled]
        .filter((value) => typeof value === 'string')
        .map((value) =>
          problem(path, `${formatValue(value)} is there more than once`, `Each ${kind} has to be unique`),
        )
    },
  }
}

/** Tells whether a value is an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Gives a value when it is a list, and an empty one otherwise: what is no list was reported already. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
