import { printable } from './printable.js'

/** The builder call that a problem belongs to; problems are listed in this order. */
export const BUILDER_CALLS = [
  'named',
  'task',
  'input',
  'stream',
  'output',
  'role',
  'workers',
  'autoLabeling',
  'labelAttribute',
  'stopWhen',
  'tags',
  'raw',
] as const

/** The builder call that a problem belongs to. */
export type BuilderCall = (typeof BUILDER_CALLS)[number]

/** A broken rule: of a job, a manifest, a label category file, a role or a key. */
export interface Problem<Code extends string = string> {
  /** Stable name of the rule, for instance `label-attribute-needs-ref`. */
  readonly code: Code
  /** `error`: AWS refuses it, or it fails later. `warning`: AWS may take it, but probably not as meant. */
  readonly severity: 'error' | 'warning'
  /** Where it is, for instance `HumanTaskConfig.TaskTitle` or `frames[3].frame`; empty for the whole. */
  readonly path: string
  /** The line of a manifest, counted from 1. */
  readonly line?: number
  /** The call of the builder that sets it. */
  readonly call?: string
  /** What is there, with the real value; never the contents of an object. */
  readonly what: string
  /** The rule that stands against it. */
  readonly why: string
  /** What to do. */
  readonly fix: string
  /** The AWS text the rule comes from. */
  readonly source: string
}

/** The broken rules behind an error. */
export interface ProblemsData {
  /** The first 100. */
  readonly problems: readonly Problem[]
  /** All of them. */
  readonly count: number
}

/**
 * Gives a problem as one line for people: where, what, why, what to do.
 *
 * @example
 * for (const problem of job.problems('us-east-1')) console.error(problem.severity, describeProblem(problem))
 */
export function describeProblem({
  path = '',
  line,
  what,
  why,
  fix,
}: Pick<Problem, 'what' | 'why' | 'fix'> & Partial<Pick<Problem, 'path' | 'line'>>): string {
  const where = [...(line === undefined ? [] : [`line ${line}`]), ...(path === '' ? [] : [path])].join(', ')
  const sentences = [`${where === '' ? '' : `${where}: `}${what}`, capitalize(why), fix].map(endSentence)
  return printable(sentences.join(' ').trim())
}

// Only a plain word gets a capital: not kms:DescribeKey, a path or an address.
function capitalize(text: string): string {
  return /^[a-z]+(?=[ ,;.]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

function endSentence(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`
}

/** Puts problems in the order of the builder's calls, errors before warnings, and keeps the order otherwise. */
export function inCallOrder(problems: readonly Problem[]): readonly Problem[] {
  const rank = (problem: Problem) =>
    BUILDER_CALLS.indexOf(problem.call as BuilderCall) * 2 + (problem.severity === 'warning' ? 1 : 0)
  return [...problems].sort((left, right) => rank(left) - rank(right))
}
