import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { isObject } from '../../json/json.js'

/** The rules of label category files by name: what to do when one is broken. */
const CATEGORY_RULES = {
  'not-json': 'Give the text of the file, or its S3 address',
  'not-an-object': 'Give an object',
  'unknown-option': 'Leave it out, or check how it is spelled',
  'not-an-array': 'Give an array',
  'too-few-items': 'Add to it',
  'too-many-items': 'Leave some out',
  'not-a-string': 'Give a string',
  'not-unicode': 'Cut texts between characters',
  'text-length': 'Give a text of that length',
  'not-allowed': 'Give one of them',
  'not-unique': 'Leave the repeated ones out, or rename them',
  'labels-alike': 'Rename one, unless both are meant',
  'not-a-boolean': 'Give true or false',
  'unknown-task': 'Give the name of a task, for instance bounding-box',
  'task-form': 'Call that function',
  'too-many-attributes': 'Leave some out',
  'too-much-free-text': 'Give some of them an enum, or leave them out',
  'enum-of-number': 'Leave enum out, or make the attribute a string',
  'range-of-string': 'Leave it out, or make the attribute a number',
  'range-missing': 'Give whole numbers',
  'range-turned': 'Exchange the two',
  'audit-missing': 'Give the label attribute name of the earlier job',
  'audit-not-allowed': 'Leave it out, or choose the adjustment task',
  'audit-name': 'Give the label attribute name of the earlier job: letters, digits and hyphens',
  'annotation-type-task': 'Leave it out, or choose another task',
  'annotation-type-linked': "Give [{ type: 'BoundingBox' }, { type: 'Cuboid' }]",
  'attributes-ignored': 'Leave the attributes out: workers will not see them',
  'verification-task': 'Choose the adjustment task of that kind',
  'verification-edits': "Leave editsAllowed out, or make it 'none'",
} as const

/**
 * The stable name of a rule of label category files.
 *
 * @example
 * try {
 *   labelCategories({ labels: [] })
 * } catch (error) {
 *   if (!isLabelingJobError(error, 'label-categories-invalid')) throw error
 *   const words: Partial<Record<CategoryRuleName, string>> = { 'too-few-items': 'Name at least one label' }
 *   for (const { code, what } of error.data.problems) console.error(words[code as CategoryRuleName] ?? what)
 * }
 */
export type CategoryRuleName = keyof typeof CATEGORY_RULES

/** AWS takes a file that breaks these. */
const WARNINGS: ReadonlySet<CategoryRuleName> = new Set(['attributes-ignored', 'labels-alike'])

/** Checks values against the rules of one AWS page; every function gives the rules that a value breaks. */
export interface CategoryChecks {
  readonly broken: (
    code: CategoryRuleName,
    path: string,
    what: string,
    why: string,
  ) => Problem<CategoryRuleName>
  readonly object: (path: string, value: unknown, known: readonly string[]) => readonly Problem[]
  readonly array: (path: string, value: unknown, min: number, max: number) => readonly Problem[]
  readonly text: (path: string, value: unknown, min: number, max: number) => readonly Problem[]
  readonly boolean: (path: string, value: unknown) => readonly Problem[]
  readonly oneOf: (path: string, value: unknown, allowed: readonly string[]) => readonly Problem[]
  readonly unique: (path: string, values: readonly unknown[], kind: string) => readonly Problem[]
  readonly unlike: (path: string, labels: readonly unknown[]) => readonly Problem[]
}

/** Makes the checks for the rules of an AWS page. */
export function checksOf(source: string): CategoryChecks {
  const broken: CategoryChecks['broken'] = (code, path, what, why) => ({
    code,
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    path,
    what,
    why,
    fix: CATEGORY_RULES[code],
    source,
  })
  return {
    broken,
    object(path, value, known) {
      if (!isObject(value)) {
        return [
          broken(
            'not-an-object',
            path,
            whatIs(value),
            `It has to be an object${known.length === 0 ? '' : ` with ${known.join(', ')}`}`,
          ),
        ]
      }
      return Object.keys(value)
        .filter((option) => !known.includes(option))
        .map((option) =>
          broken('unknown-option', path, `it has "${option}"`, `It may have ${known.join(', ')}`),
        )
    },
    array(path, value, min, max) {
      if (!Array.isArray(value)) {
        return [broken('not-an-array', path, whatIs(value), 'It has to be an array')]
      }
      const what = `it has ${countOf(value.length, 'item')}`
      if (value.length < min) return [broken('too-few-items', path, what, `It needs ${min} or more`)]
      return value.length > max ? [broken('too-many-items', path, what, `It may have ${max}`)] : []
    },
    text(path, value, min, max) {
      if (typeof value !== 'string') {
        return [broken('not-a-string', path, whatIs(value), 'It has to be a string')]
      }
      if (/\p{Surrogate}/u.test(value)) {
        return [broken('not-unicode', path, 'it has half of a surrogate pair', 'The file is UTF-8')]
      }
      const length = [...value].length
      if (length >= min && length <= max) return []
      const range = max === Infinity ? `${min} or more` : `${min} to ${max}`
      const what = `${formatValue(value)} has ${countOf(length, 'character')}`
      return [broken('text-length', path, what, `It has to have ${range}`)]
    },
    boolean(path, value) {
      return typeof value === 'boolean'
        ? []
        : [broken('not-a-boolean', path, whatIs(value), 'It has to be true or false')]
    },
    oneOf(path, value, allowed) {
      return typeof value === 'string' && allowed.includes(value)
        ? []
        : [broken('not-allowed', path, whatIs(value), `It has to be one of ${allowed.join(', ')}`)]
    },
    unique(path, values, kind) {
      const doubled = new Set(values.filter((value, index) => values.indexOf(value) !== index))
      return [...doubled]
        .filter((value) => typeof value === 'string')
        .map((value) =>
          broken(
            'not-unique',
            path,
            `${formatValue(value)} is there more than once`,
            `Each ${kind} has to be unique`,
          ),
        )
    },
    unlike(path, labels) {
      const seen = new Map<string, string>()
      return labels.flatMap((label) => {
        if (typeof label !== 'string') return []
        const folded = label.trim().toLowerCase().normalize('NFKC')
        const before = seen.get(folded) ?? label
        seen.set(folded, before)
        const what = `${formatValue(before)} and ${formatValue(label)} look alike`
        const why = 'Workers hardly tell them apart, and some readers of labels take them for one'
        return before === label ? [] : [broken('labels-alike', path, what, why)]
      })
    },
  }
}

/** Gives a value when it is an array, and an empty one otherwise: what is not an array was reported already. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function whatIs(value: unknown): string {
  return value === undefined ? 'it is missing' : `it is ${formatValue(value)}`
}
