import { fromRequest, isLabelingJobError, type Problem } from '../../src/index.js'
import { element } from './element.js'

/** Shows every rule of CreateLabelingJob that a request breaks. */
export function showProblems(body: object, region: string): readonly HTMLElement[] {
  const problems = problemsOf(body, region)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const summary =
    problems.length === 0
      ? 'No rule is broken'
      : `${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} ${problems.length - errors === 1 ? 'warning' : 'warnings'}`
  return [
    element(
      'p',
      { class: `verdict ${errors > 0 ? 'denied' : 'allowed'}`, 'data-problems': String(problems.length) },
      summary,
    ),
    ...problems.flatMap(({ severity, code, path, what, why, fix }) => [
      element('h2', { class: severity }, `${severity}: ${what}`),
      element('p', {}, `${why}. ${fix}`),
      element('p', { class: 'hint' }, `${path === '' ? 'the request' : path}; ${code}`),
    ]),
  ]
}

function problemsOf(body: object, region: string): readonly Problem[] {
  try {
    return fromRequest(body).problems(region === '' ? undefined : region)
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'invalid-job')) return thrown.data.problems
    throw thrown
  }
}
