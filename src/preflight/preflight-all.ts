import type { Aws } from '../aws/aws.js'
import { limitConcurrency } from '../aws/limit-concurrency.js'
import { countOf } from '../errors/count-of.js'
import { isLabelingJobError } from '../errors/labeling-job-error.js'
import { describeProblem } from '../errors/problem.js'
import type { CompleteJob } from '../job/labeling-job.js'
import { givenNoJob, nameOfJob, refuseNoList } from '../job/list-of-jobs.js'
import type { ResolvedJob } from '../job/resolved-job.js'
import { eachJob } from '../running/each-job.js'
import type { LabelingJobError } from '../running/error-data.js'
import { makeShown, type Shown } from '../show/shown.js'
import { shareAmongJobs } from './look/share-among-jobs.js'
import type { Subject } from './look/subject.js'
import { lookAtJob } from './preflight.js'
import {
  type FullPreflightOptions,
  type PreflightOptions,
  readPreflightOptions,
} from './preflight-options.js'
import type { PreflightReport } from './report/preflight-report.js'
import { reservations } from './report/show-preflight.js'

/** What a preflight says of one of many jobs; as text why, where it is not ok. */
export type PreflightResult<Job = CompleteJob> = Shown<object> & {
  readonly job: Job
  readonly name: string
} & (
    | {
        /** As `report.ok` says. */
        readonly status: 'ok' | 'not-ok'
        readonly report: PreflightReport
      }
    | {
        /** It is no job, or something broke that is no check. */
        readonly status: 'failed'
        readonly error: LabelingJobError
      }
    | {
        /** The signal was aborted before the report was whole. */
        readonly status: 'not-tried'
      }
  )

const CALLS_AT_ONCE = 64

/** See the function of the same name in on-demand.ts, which users call. */
export async function* preflightAll<Job extends CompleteJob | ResolvedJob>(
  jobs: Iterable<Job> | AsyncIterable<Job>,
  aws: Aws,
  options: PreflightOptions = {},
): AsyncGenerator<PreflightResult<Job>, void> {
  const all = readPreflightOptions('preflightAll', { aws, options })
  refuseNoList('preflightAll', jobs)
  await aws.region()
  const run: Run = {
    aws: shareAmongJobs(aws),
    options: ofOne(all),
    limit: limitConcurrency(CALLS_AT_ONCE),
    seen: new Map(),
  }
  yield* eachJob(jobs, all, (job, place) => lookAtOne(job, place, run))
}

/** Progress is that of all. */
function ofOne({ onProgress, ...options }: FullPreflightOptions): FullPreflightOptions {
  return options
}

interface Run {
  /** The connection that remembers what jobs have in common. */
  readonly aws: Aws
  readonly options: FullPreflightOptions
  readonly limit: Subject['limit']
  /** The jobs that came before, by what their names are to AWS. */
  readonly seen: Map<string, CompleteJob | ResolvedJob>
}

async function lookAtOne<Job extends CompleteJob | ResolvedJob>(
  job: Job,
  place: number,
  { aws, options, limit, seen }: Run,
): Promise<PreflightResult<Job>> {
  const name = nameOfJob(job)
  const result = (status: string, of: object, text: string) =>
    makeShown({ job, name, status, ...of }, { text: () => text }) as unknown as PreflightResult<Job>
  try {
    if (options.signal?.aborted) return result('not-tried', {}, notTried(name))
    const wrong = givenNoJob('preflightAll', job, place)
    if (wrong !== undefined) throw wrong
    const twin = findTwin(job, seen, options)
    const report = await lookAtJob(job, aws, { ...options, ...(twin !== undefined && { twin }) }, limit)
    return result(report.ok ? 'ok' : 'not-ok', { report }, textOf(name, report))
  } catch (thrown) {
    // What is no error of the library is one in the program.
    if (!isLabelingJobError(thrown)) throw thrown
    if (thrown.code === 'aborted') return result('not-tried', {}, notTried(name))
    return result(
      'failed',
      { error: thrown },
      `labeling job ${name || 'without a name'}: failed; ${thrown.message}`,
    )
  }
}

function notTried(name: string): string {
  return `labeling job ${name || 'without a name'}: not looked at; the signal was aborted before`
}

/** A job that may be taken up, and is defined as an earlier one, will be that one. */
function findTwin(
  job: CompleteJob | ResolvedJob,
  seen: Run['seen'],
  { ifExists }: FullPreflightOptions,
): string | undefined {
  const name = nameOfJob(job)
  if (name === '') return undefined
  const before = seen.get(name.toLowerCase())
  if (before === undefined) {
    seen.set(name.toLowerCase(), job)
    return undefined
  }
  const isSame = ifExists === 'attach' && JSON.stringify(before) === JSON.stringify(job)
  return isSame ? undefined : nameOfJob(before)
}

/** What stands in the way alone: of many reports nobody reads what passed. */
function textOf(name: string, { ok, checks }: PreflightReport): string {
  const open = checks.filter(({ status }) => status === 'failed' || (!ok && status === 'unknown'))
  const lines = open.map(
    ({ code, status, what, why = '', fix = '' }) =>
      `- ${code} ${status}: ${describeProblem({ what, why, fix })}`,
  )
  const warnings = checks.filter(({ status }) => status === 'warning').length
  const warned = warnings === 0 ? '' : ` (${countOf(warnings, 'warning')})`
  return [`labeling job ${name}: ${ok ? `ok${reservations(checks)}${warned}` : 'not ok'}`, ...lines].join(
    '\n',
  )
}
