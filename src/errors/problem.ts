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

/** One broken rule of CreateLabelingJob, found before anything is sent. */
export interface Problem {
  /** Stable name of the rule, for instance `label-attribute-needs-ref`. */
  readonly code: string
  /** `error`: AWS refuses the job or the job fails. `warning`: AWS ignores it, or its texts disagree. */
  readonly severity: 'error' | 'warning'
  readonly call: BuilderCall
  /** Where in the request, for instance `HumanTaskConfig.TaskTitle`. */
  readonly path: string
  /** What is there, with the real value. */
  readonly what: string
  /** The rule that stands against it. */
  readonly why: string
  /** What to do. */
  readonly fix: string
  /** The AWS text the rule comes from. */
  readonly source: string
}

/** Gives a problem as one line for people: what, why, what to do. */
export function describeProblem(problem: Problem): string {
  const [first = '', ...rest] = problem.why
  return `${problem.path}: ${problem.what}. ${first.toUpperCase()}${rest.join('')}. ${problem.fix}.`
}

/** Puts problems in the order of the builder's calls, errors before warnings, and keeps the order otherwise. */
export function inCallOrder(problems: readonly Problem[]): readonly Problem[] {
  const rank = (problem: Problem) =>
    BUILDER_CALLS.indexOf(problem.call) * 2 + (problem.severity === 'warning' ? 1 : 0)
  return [...problems].sort((left, right) => rank(left) - rank(right))
}
