import type { Aws } from '../aws/aws.js'
import { type ManyProgress, makeManyProgress, type ProgressOptions } from '../aws/many.js'
import { passesByItself } from '../aws/retry-passing.js'
import { formatValue } from '../errors/format-value.js'
import { refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import type { Outcome, PollOptions, RunningJob } from '../job/running-job.js'
import { makeShown, type Shown } from '../show/shown.js'
import { refuseOdd } from './check-options.js'
import { describeJob } from './describe-job.js'
import { isLabelingJobError, type LabelingJobError } from './error-data.js'
import { hasEnded } from './has-ended.js'
import { listPages } from './list-jobs.js'
import { startPatience } from './patience.js'
import { readJobName } from './read-job-name.js'
import { outcomeOf } from './read-outcome.js'
import { endOfWait, stoppedWaiting, timedOut } from './wait-errors.js'
import { WAIT_CHECKS } from './wait-options.js'

/** A job that was not waited for until its end; it runs on. */
export interface NotEnded extends Shown<object> {
  readonly outcome: 'not-ended'
  readonly name: string
  /** `wait-timeout`, `aborted`, or what keeps the job from being looked at. */
  readonly because: LabelingJobError
}

/** How long many jobs are waited for, and how often they are looked at. */
export interface WaitForAllOptions extends PollOptions, ProgressOptions<ManyProgress> {
  /** Give up after so many milliseconds. Default: 31 days, a day longer than AWS lets a job run. */
  readonly maxWait?: number
  /** Give up at this moment, also after a restart of the program. Default: none. */
  readonly deadline?: Date
}

const DAY = 86_400_000
const LONGEST_CALL = 60_000
const AHEAD = 8

/** See the function of the same name in on-demand.ts, which users call. */
export async function* waitForAll(
  jobs: Iterable<RunningJob | string>,
  aws: Aws,
  options: WaitForAllOptions = {},
): AsyncGenerator<Outcome | NotEnded, void> {
  refuseNoConnection('waitForAll', aws)
  refuseOdd('waitForAll', options, WAIT_CHECKS)
  if (
    typeof (jobs as Partial<Iterable<unknown>> | undefined)?.[Symbol.iterator] !== 'function' ||
    typeof jobs === 'string'
  )
    throw refusedCall('waitForAll', `${formatValue(jobs)} is no list of jobs: give handles, names or ARNs`)
  const { maxWait = 31 * DAY, deadline, signal, onProgress, longestPause = 300_000 } = options
  const start = aws.clock.now().getTime()
  const wait = endOfWait(start, maxWait, deadline)
  const { end } = wait
  const open = new Map<string, OpenJob>()
  const counts: Record<string, number> = {}
  const counted = (ended: Outcome | NotEnded) => {
    counts[ended.outcome] = (counts[ended.outcome] ?? 0) + 1
    return ended
  }
  let total = 0
  for (const given of jobs) {
    total++
    const job = await openJob(given, aws).catch((thrown) => notEnded(nameOf(given), thrown))
    if ('because' in job) yield counted(job)
    else {
      const known = open.get(keyOf(job))
      if (known === undefined) open.set(keyOf(job), job)
      else known.given.push(job.name)
    }
  }
  let pause = options.firstPause ?? 10_000
  while (open.size > 0) {
    for await (const { job, ended } of lookAtAll(open, aws, signal)) {
      open.delete(keyOf(job))
      for (const name of job.given) yield counted('because' in ended ? notEnded(name, ended.because) : ended)
    }
    await onProgress?.(makeManyProgress('jobs', counts, total))
    const now = aws.clock.now().getTime()
    if (open.size === 0) return
    if (!signal?.aborted && now < end)
      await aws.clock.sleep(Math.min(pause, end - now), signal).catch((reason) => {
        if (!signal?.aborted) throw reason
      })
    pause = Math.min(pause * 1.5, longestPause)
    if (!signal?.aborted && now < end) continue
    for (const { given, last } of open.values())
      for (const name of given)
        yield counted(
          notEnded(name, signal?.aborted ? stoppedWaiting(name, signal) : timedOut(name, wait, last)),
        )
    return
  }
}

/** A job that has not ended yet, as far as is known. */
interface OpenJob {
  readonly name: string
  /** What it is asked for by: its ARN where that is known, so that no job of another account is taken for it. */
  readonly nameOrArn: string
  /** Its name each time that it was given: upper and lower case name the same job. */
  readonly given: string[]
  createdAt?: Date
  last: string
}

interface Ended {
  readonly job: OpenJob
  readonly ended: Outcome | NotEnded
}

/** Looks at all jobs once, and yields those that have ended, in the order in which they did. */
async function* lookAtAll(
  open: ReadonlyMap<string, OpenJob>,
  aws: Aws,
  signal: AbortSignal | undefined,
): AsyncGenerator<Ended, void> {
  if (signal?.aborted) return
  let toDescribe: readonly OpenJob[]
  try {
    toDescribe = await findEnded(open, aws, signal)
  } catch (thrown) {
    if (signal?.aborted || isPassing(thrown)) return
    for (const job of open.values()) yield { job, ended: notEnded(job.name, thrown) }
    return
  }
  const ahead: Promise<Ended | undefined>[] = []
  for (const job of [...toDescribe, ...Array<undefined>(AHEAD)]) {
    if (job !== undefined) ahead.push(describeEnded(job, aws, signal))
    if (job !== undefined && ahead.length < AHEAD) continue
    const ended = await ahead.shift()
    if (ended !== undefined) yield ended
  }
}

/** Gives the jobs that the list of the region shows as ended, in that order, and those that it does not show. */
async function findEnded(
  open: ReadonlyMap<string, OpenJob>,
  aws: Aws,
  signal: AbortSignal | undefined,
): Promise<readonly OpenJob[]> {
  const unseen = new Map(open)
  const ended: { readonly job: OpenJob; readonly at: number }[] = []
  const created = [...open.values()].map(({ createdAt }) => createdAt?.getTime() ?? Number.NEGATIVE_INFINITY)
  const oldest = created.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY)
  // The newest first: whoever waits for jobs has mostly created them lately, and nothing older is asked for.
  const pages = listPages(
    patiently(aws, signal),
    Number.isFinite(oldest) ? { since: new Date(oldest - 1_000) } : {},
    { order: 'Descending', pauses: [1_000, 2_000, 4_000] },
  )
  for await (const page of pages) {
    for (const row of page) {
      // One job may have been given by its name and by its ARN.
      for (const key of [row.LabelingJobName, row.LabelingJobArn]) {
        const job = unseen.get(String(key).toLowerCase())
        if (job === undefined) continue
        unseen.delete(keyOf(job))
        if (row.CreationTime !== undefined) job.createdAt = row.CreationTime
        job.last = `it was ${row.LabelingJobStatus} when it was last seen`
        if (hasEnded(row.LabelingJobStatus)) ended.push({ job, at: row.LastModifiedTime?.getTime() ?? 0 })
      }
    }
    if (unseen.size === 0) break
  }
  ended.sort((one, other) => one.at - other.at)
  return [...ended.map(({ job }) => job), ...unseen.values()]
}

/** Says how a job ended; `undefined` when it has not, or when that cannot be told now. */
async function describeEnded(
  job: OpenJob,
  aws: Aws,
  signal: AbortSignal | undefined,
): Promise<Ended | undefined> {
  try {
    const { name, region, description } = await describeJob(
      'waitForAll',
      job.nameOrArn,
      patiently(aws, signal),
    )
    const { LabelingJobArn: arn = '', CreationTime: createdAt = aws.clock.now() } = description
    if (!hasEnded(description.LabelingJobStatus)) return undefined
    return { job, ended: outcomeOf({ name, arn, region, createdAt }, description, aws) }
  } catch (thrown) {
    if (signal?.aborted || isPassing(thrown)) return undefined
    return { job, ended: notEnded(job.name, thrown) }
  }
}

/** A server that accepts and never answers is a failed look, not the end of the wait. */
function patiently(aws: Aws, signal: AbortSignal | undefined): Aws {
  return {
    region: () => aws.region(),
    clock: { now: () => aws.clock.now(), sleep: (pause) => aws.clock.sleep(pause, signal) },
    identity: (service) => aws.identity(service),
    with: (change) => patiently(aws.with(change), signal),
    call(name, input, options) {
      const patience = startPatience(LONGEST_CALL, signal)
      return aws.call(name, input, { ...options, signal: patience.signal }).finally(() => patience.end())
    },
  }
}

function isPassing(thrown: unknown): boolean {
  return passesByItself(thrown) || (isLabelingJobError(thrown) && thrown.code === 'aborted')
}

async function openJob(given: RunningJob | string, aws: Aws): Promise<OpenJob> {
  const { arn, name } = Object(given) as Partial<RunningJob>
  const nameOrArn: unknown = arn || name || given
  const named = await readJobName('waitForAll', nameOrArn, aws)
  return {
    name: name || named,
    nameOrArn: nameOrArn as string,
    given: [name || named],
    last: 'it was not seen yet',
  }
}

/** What tells jobs apart: in another account there may be one of the same name. */
function keyOf({ nameOrArn }: OpenJob): string {
  return nameOrArn.toLowerCase()
}

function nameOf(given: unknown): string {
  const { name } = Object(given) as { readonly name?: unknown }
  if (typeof given === 'string') return given
  return typeof name === 'string' ? name : ''
}

function notEnded(name: string, thrown: unknown): NotEnded {
  // What is no error of the library is one in the program.
  if (!isLabelingJobError(thrown)) throw thrown
  const because: LabelingJobError = thrown
  return makeShown(
    { outcome: 'not-ended' as const, name, because },
    { text: () => `labeling job ${name || 'without a name'}: not ended; ${because.message}` },
  )
}
