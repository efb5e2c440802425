import type { Aws } from '../aws/aws.js'
import type { ManyOptions, ManyProgress } from '../aws/many.js'
import type { SlowDown } from '../aws/pace.js'
import { describeProblem, type Problem, type ProblemsData } from '../errors/problem.js'
import { refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import type { CompleteJob } from '../job/labeling-job.js'
import { givenNoJob, nameOfJob, refuseNoList } from '../job/list-of-jobs.js'
import type { CreateOptions, ResolvedJob } from '../job/resolved-job.js'
import type { RunningJob } from '../job/running-job.js'
import { rememberKeys } from '../keys/remember-keys.js'
import { makeShown, type Shown } from '../show/shown.js'
import { isConcurrency, isFunction, isOneOf, isSignal, refuseOdd } from './check-options.js'
import { eachJob } from './each-job.js'
import { isLabelingJobError, type LabelingJobError } from './error-data.js'
import { RolePatience } from './role-patience.js'
import { sendJob } from './send-job.js'

/** What became of one of many jobs that were to be created; as text with the reason. */
export type CreateResult<Job = CompleteJob> = Shown<object> & {
  readonly job: Job
  readonly name: string
} & (
    | {
        /** `created` now, or `attached`: it was there, and is the same. */
        readonly status: 'created' | 'attached'
        readonly running: RunningJob
      }
    | {
        /** It breaks rules of CreateLabelingJob; nothing was sent. */
        readonly status: 'refused'
        readonly problems: readonly Problem[]
      }
    | { readonly status: 'failed'; readonly error: LabelingJobError }
    | {
        /** The signal was aborted before anything was sent. */
        readonly status: 'not-tried'
      }
  )

/** How many jobs are created. */
export interface CreateAllOptions extends CreateOptions, ManyOptions<ManyProgress> {}

/** See the function of the same name in on-demand.ts, which users call. */
export async function* createAll<Job extends CompleteJob | ResolvedJob>(
  jobs: Iterable<Job> | AsyncIterable<Job>,
  aws: Aws,
  options: CreateAllOptions = {},
): AsyncGenerator<CreateResult<Job>, void> {
  refuseNoConnection('createAll', aws)
  refuseOdd('createAll', options, {
    ifExists: isOneOf('refuse', 'attach'),
    concurrency: isConcurrency,
    signal: isSignal,
    onProgress: isFunction,
  })
  refuseNoList('createAll', jobs)
  const { ifExists = 'refuse', signal } = options
  const creation: Creation = {
    aws,
    keys: rememberKeys(aws),
    region: await aws.region(),
    options: { ifExists, ...(signal && { signal }) },
    roles: new RolePatience(),
  }
  yield* eachJob(jobs, options, (job, place, slowDown) => createOne(job, place, creation, slowDown))
}

interface Creation {
  readonly aws: Aws
  /** The connection that looks each key up once. */
  readonly keys: Aws
  readonly region: string
  readonly options: CreateOptions
  readonly roles: RolePatience
}

/** A result without the job. */
type Ended = { readonly status: CreateResult['status'] } & Partial<
  Record<'running' | 'problems' | 'error', unknown>
>

async function createOne<Job extends CompleteJob | ResolvedJob>(
  job: Job,
  place: number,
  { aws, keys, region, options, roles }: Creation,
  slowDown: SlowDown,
): Promise<CreateResult<Job>> {
  const { signal } = options
  const name = nameOfJob(job)
  const result = (of: Ended): CreateResult<Job> =>
    makeShown(
      { job, name, ...of },
      { text: () => `labeling job ${name || 'without a name'}: ${of.status}${whyOf(of)}` },
    ) as unknown as CreateResult<Job>
  let isSent = false
  try {
    if (signal?.aborted) return result({ status: 'not-tried' })
    const wrong = givenNoJob('createAll', job, place)
    if (wrong !== undefined) throw wrong
    const resolved = await resolve(job, keys, signal)
    if (resolved.region !== region)
      throw refusedCall(
        'createAll',
        `the job was resolved for ${resolved.region}, and the connection is to ${region}`,
      )
    if (signal?.aborted) return result({ status: 'not-tried' })
    isSent = true
    return result(await sendJob(resolved, aws, options, { roles, onThrottled: slowDown }))
  } catch (thrown) {
    // What is no error of the library is one in the program.
    if (!isLabelingJobError(thrown)) throw thrown
    if (thrown.code === 'aborted' && !isSent) return result({ status: 'not-tried' })
    if (thrown.code !== 'invalid-job') return result({ status: 'failed', error: thrown })
    const { problems } = thrown.data as ProblemsData
    return result({ status: 'refused', problems })
  }
}

async function resolve(
  job: CompleteJob | ResolvedJob,
  keys: Aws,
  signal: AbortSignal | undefined,
): Promise<ResolvedJob> {
  if ('request' in Object(job) && 'sameAs' in Object(job)) return job as ResolvedJob
  return (job as CompleteJob).resolve(keys, signal ? { signal } : {})
}

function whyOf({ status, problems, error }: Ended): string {
  if (status === 'refused')
    return (problems as readonly Problem[]).map((problem) => `\n- ${describeProblem(problem)}`).join('')
  if (status === 'failed') return `; ${(error as LabelingJobError).message}`
  return status === 'not-tried' ? '; the signal was aborted before anything was sent' : ''
}
