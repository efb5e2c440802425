import { countOf } from '../../errors/count-of.js'
import type { Problem } from '../../errors/problem.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

/** Makes a check of every rule of CreateLabelingJob that is broken, or one that says that none is. Pure. */
export function checkRules(problems: readonly Problem[]): readonly MadeCheck[] {
  if (problems.length === 0) return [passed('job-rules', 'the request breaks no rule of CreateLabelingJob')]
  return problems.map(({ code, severity, path, what, why, fix }) =>
    (severity === 'error' ? failed : QUOTAS.includes(code) ? unknown : warning)('job-rules', {
      what: path === '' ? what : `${path}: ${what}`,
      why,
      fix,
      owner: 'you',
    }),
  )
}

/** Rules that hold unless AWS has raised a quota of the account, which this library does not ask for. */
const QUOTAS: readonly string[] = ['concurrency-needs-quota']

const THIRTY_DAYS = 30 * 86_400

/** Looks whether the time that a worker has fits the time that a task is on offer. Pure. */
export function checkTimeLimit(subject: Subject): readonly MadeCheck[] {
  const limit = subject.number('HumanTaskConfig.TaskTimeLimitInSeconds')
  if (limit === undefined) return []
  const isPublic = subject.text('HumanTaskConfig.WorkteamArn')?.includes(':workteam/public-crowd/') === true
  const usual = isPublic ? 21_600 : THIRTY_DAYS
  const offered = subject.number('HumanTaskConfig.TaskAvailabilityLifetimeInSeconds') ?? usual
  const longest = subject.row?.longest ?? THIRTY_DAYS
  const what = `a worker has ${duration(limit)} for a task, which is on offer for ${duration(offered)}`
  if (limit > longest)
    return [
      failed('job-time-limit', {
        what,
        why: `CreateLabelingJob allows ${duration(longest)} for this task at most`,
        fix: `Give a timeLimit of ${longest} seconds or less`,
        owner: 'you',
      }),
    ]
  if (limit <= offered) return [passed('job-time-limit', what)]
  return [
    warning('job-time-limit', {
      what,
      why: 'whoever begins is cut off when the offer ends',
      fix: 'Raise availability, or lower timeLimit',
      owner: 'you',
    }),
  ]
}

/** Writes seconds in the largest unit that fits. */
export function duration(seconds: number): string {
  const [size, unit] =
    [[86_400, 'day'] as const, [3_600, 'hour'] as const, [60, 'minute'] as const].find(
      ([length]) => seconds >= length && seconds % length === 0,
    ) ?? ([1, 'second'] as const)
  return countOf(seconds / size, unit)
}
