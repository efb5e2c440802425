import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { describeProblem, type Problem, type ProblemsData } from '../../errors/problem.js'

/** One broken rule of an input manifest or a sequence file. */
export type ManifestProblem = Problem

/** Makes the error for a manifest or a sequence file that breaks rules of Ground Truth; `data.problems` lists them. */
export function invalidManifest(
  what: string,
  problems: readonly ManifestProblem[],
  count: number = problems.length,
): LabelingJobError<'manifest-invalid', ProblemsData> {
  const shown = problems.slice(0, SHOWN).map((problem) => `\n- ${describeProblem(problem)}`)
  return new LabelingJobError({
    code: 'manifest-invalid',
    what,
    why: `it breaks rules of Ground Truth in ${count === 1 ? 'one place' : `${count} places`}`,
    fix: `${shown.join('')}${count > SHOWN ? `\n- and ${count - SHOWN} more` : ''}`,
    data: { problems, count },
  })
}

const SHOWN = 10
