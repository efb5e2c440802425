import type { Aws } from '../aws/aws.js'
import { eachAsItComes } from '../aws/each-as-it-comes.js'
import { type ManyOptions, type ManyProgress, makeManyProgress } from '../aws/many.js'
import type { SlowDown } from '../aws/pace.js'
import { formatValue } from '../errors/format-value.js'
import type { Problem, ProblemsData } from '../errors/problem.js'
import { refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import type { CompleteJob } from '../job/labeling-job.js'
import type { CreateOptions, ResolvedJob } from '../job/resolved-job.js'
import type { RunningJob } from '../job/running-job.js'
import { rememberKeys } from '../keys/remember-keys.js'
import { isMany } from '../manifests/read/is-many.js'
import { isConcurrency, isFunction, isOneOf, isSignal, refuseOdd } from './check-options.js'
import { isLabelingJobError, type LabelingJobError } from './error-data.js'
import { RolePatience } from './role-patience.js'
import { sendJob } from './send-job.js'
import { takenUntilAborted } from './taken-until-aborted.js'

/** What became of one of many jobs that were to be created. */
export type CreateResult<Job = CompleteJob> = {
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
  if (!isMany(jobs))
    throw refusedCall('createAll', `${formatValue(jobs)} is no list of jobs: give something to loop over`)
  const { ifExists = 'refuse', concurrency = 4, signal, onProgress } = options
  const creation: Creation = {
    aws,
    keys: rememberKeys(aws),
    region: await aws.region(),
    options: { ifExists, ...(signal && { signal }) },
    roles: new RolePatience(),
  }
  const counts: Record<string, number> = {}
  const total = sizeOf(jobs)
  const results = eachAsItComes(takenUntilAborted(jobs, signal), concurrency, (job, slowDown) =>
    createOne(job, creation, slowDown),
  )
  for await (const result of results) {
    counts[result.status] = (counts[result.status] ?? 0) + 1
    await onProgress?.(makeManyProgress('jobs', counts, total))
    yield result
  }
}

interface Creation {
  readonly aws: Aws
  /** The connection that looks each key up once. */
  readonly keys: Aws
  readonly region: string
  readonly options: CreateOptions
  readonly roles: RolePatience
}

async function createOne<Job extends CompleteJob | ResolvedJob>(
  job: Job,
  { aws, keys, region, options, roles }: Creation,
  slowDown: SlowDown,
): Promise<CreateResult<Job>> {
  const { signal } = options
  const name = nameOf(job)
  const result = (of: object) => Object.freeze({ job, name, ...of }) as CreateResult<Job>
  let isSent = false
  try {
    if (signal?.aborted) return result({ status: 'not-tried' })
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
  if (typeof (job as CompleteJob | undefined)?.resolve !== 'function')
    throw refusedCall('createAll', `${formatValue(job)} is no labeling job: give what labelingJob() makes`)
  return (job as CompleteJob).resolve(keys, signal ? { signal } : {})
}

function nameOf(job: unknown): string {
  const name = (job as { readonly name?: unknown } | undefined | null)?.name
  return typeof name === 'string' ? name : ''
}

function sizeOf(jobs: object): number | undefined {
  const { length, size } = jobs as { readonly length?: unknown; readonly size?: unknown }
  return [length, size].find((count) => typeof count === 'number') as number | undefined
}
