import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { describeProblem, type Problem, type ProblemsData } from '../../errors/problem.js'

/** What cannot be made because of broken rules, and the rest of the first sentence about it. */
export interface WhatIsBroken<Code extends 'manifest-invalid' | 'label-categories-invalid'> {
  readonly code: Code
  readonly what: string
  readonly why: string
}

/** Makes the error for files that break rules of Ground Truth; `data.problems` lists the first of them. */
export function rulesBroken<Code extends 'manifest-invalid' | 'label-categories-invalid'>(
  broken: WhatIsBroken<Code>,
  problems: readonly Problem[],
  count: number = problems.length,
): LabelingJobError<Code, ProblemsData> {
  const shown = problems.slice(0, SHOWN).map((problem) => `\n- ${describeProblem(problem)}`)
  const fix = `${shown.join('')}${count > SHOWN ? `\n- and ${count - SHOWN} more` : ''}`
  return new LabelingJobError({ ...broken, fix, data: { problems, count } })
}

/**
 * Makes the error for a manifest, a sequence or a frame that breaks rules.
 *
 * @param what What cannot be done, for instance `Cannot make the video frame sequence`.
 */
export function manifestInvalid(
  what: string,
  problems: readonly Problem[],
  count: number = problems.length,
): LabelingJobError<'manifest-invalid', ProblemsData> {
  const why = `it breaks rules of Ground Truth in ${count === 1 ? 'one place' : `${count} places`}`
  return rulesBroken({ code: 'manifest-invalid', what, why }, problems, count)
}

/**
 * Hands out warnings, unless there are errors.
 *
 * @param toError Makes the error that is thrown for the errors among the problems.
 */
export function refuseErrors(
  problems: readonly Problem[],
  onWarning: ((warning: Problem) => void) | undefined,
  toError: (errors: readonly Problem[]) => LabelingJobError,
): void {
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw toError(errors)
  for (const warning of problems) onWarning?.(warning)
}

const SHOWN = 10
