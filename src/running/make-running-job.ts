import { aborted } from '../aws/abort.js'
import type { Aws, CallOptions } from '../aws/aws.js'
import { isAwsError } from '../aws/aws-error.js'
import type { LabelingJobDescription } from '../aws/calls.js'
import { passesByItself } from '../aws/retry-passing.js'
import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { refusedCall } from '../errors/refused-call.js'
import type { PollOptions, Progress, RunningJob, WaitOptions } from '../job/running-job.js'
import { makeShown } from '../show/shown.js'
import { makeProgress, type StartedJob } from './progress.js'
import { outcomeOf } from './read-outcome.js'

const DAY = 86_400_000
const LONGEST_LOOK = 60_000
const TERMINAL = ['Completed', 'Failed', 'Stopped']

interface Look {
  readonly description: LabelingJobDescription
  readonly progress: Progress
}

/** The handle of a job that AWS has accepted. */
export function makeRunningJob(started: StartedJob, aws: Aws): RunningJob {
  const { name, arn, region } = started
  const describe = ({ signal }: CallOptions = {}) =>
    aws.call(
      'sagemaker:DescribeLabelingJob',
      { LabelingJobName: name },
      { what: `Cannot look at the labeling job ${name} in ${region}`, ...(signal && { signal }) },
    )

  const methods = {
    describe,

    async status(options: CallOptions = {}) {
      return makeProgress(started, await describe(options), aws.clock.now().getTime(), false)
    },

    progress(options: PollOptions = {}): AsyncIterable<Progress> {
      refuseOddWaits('.progress', options, [...PAUSES, 'signal'])
      return {
        async *[Symbol.asyncIterator]() {
          for await (const { progress } of watchJob(started, describe, aws, options)) yield progress
        },
      }
    },

    async completed(options: WaitOptions = {}) {
      refuseOddWaits('.completed', options, [...PAUSES, 'maxWait', 'deadline', 'signal', 'onProgress'])
      const { maxWait = 31 * DAY, deadline, onProgress, ...polling } = options
      const start = aws.clock.now().getTime()
      const end = Math.min(start + maxWait, deadline?.getTime() ?? Infinity)
      const limit = Math.max(end - start, 1)
      let last = 'no answer'
      for await (const look of watchJob(started, describe, aws, capPauses(polling, limit), limit)) {
        if (look !== undefined) {
          await onProgress?.(look.progress)
          if (TERMINAL.includes(look.progress.status)) return outcomeOf(started, look.description, aws)
          last = String(look.progress)
        }
        if (aws.clock.now().getTime() >= end) break
      }
      throw timedOut(name, end - start, last)
    },

    async stop({ signal }: CallOptions = {}) {
      await aws.call(
        'sagemaker:StopLabelingJob',
        { LabelingJobName: name },
        { what: `Cannot stop the labeling job ${name} in ${region}`, ...(signal && { signal }) },
      )
    },
  }
  return makeShown(
    { name, arn, region, ...methods },
    { text: () => `labeling job ${name} in ${region} (${arn})` },
  ) as RunningJob
}

/** Looks until the job has ended; `undefined` stands for a look that failed for a reason that passes by itself. */
function watchJob(
  started: StartedJob,
  describe: (options: CallOptions) => Promise<LabelingJobDescription>,
  aws: Aws,
  options: PollOptions,
): AsyncGenerator<Look, void>
function watchJob(
  started: StartedJob,
  describe: (options: CallOptions) => Promise<LabelingJobDescription>,
  aws: Aws,
  options: PollOptions,
  limit: number,
): AsyncGenerator<Look | undefined, void>
async function* watchJob(
  started: StartedJob,
  describe: (options: CallOptions) => Promise<LabelingJobDescription>,
  aws: Aws,
  { signal, firstPause = 10_000, longestPause = 300_000 }: PollOptions,
  limit?: number,
): AsyncGenerator<Look | undefined, void> {
  const stopped = (reason: unknown) => (signal?.aborted ? stoppedWaiting(started.name, signal) : reason)
  let pause = firstPause
  let lastMove = { at: aws.clock.now().getTime(), counters: '' }
  for (;;) {
    if (signal?.aborted) throw stoppedWaiting(started.name, signal)
    // A server that accepts and never answers is a failed look, not the end of the wait.
    const patience = AbortSignal.timeout(Math.min(limit ?? LONGEST_LOOK, LONGEST_LOOK))
    const description = await describe({
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    }).catch((thrown) => {
      if (signal?.aborted) throw stoppedWaiting(started.name, signal)
      if (patience.aborted || passesByItself(thrown)) return undefined
      throw jobRunsOn(thrown, started.name)
    })
    if (description !== undefined) {
      const now = aws.clock.now().getTime()
      const counters = JSON.stringify([description.LabelingJobStatus, description.LabelCounters])
      if (counters !== lastMove.counters) lastMove = { at: now, counters }
      yield { description, progress: makeProgress(started, description, now, now - lastMove.at >= DAY) }
      if (TERMINAL.includes(description.LabelingJobStatus ?? '')) return
    } else if (limit !== undefined) yield undefined
    await aws.clock.sleep(pause, signal).catch((reason) => {
      throw stopped(reason)
    })
    pause = Math.min(pause * 1.5, longestPause)
  }
}

const PAUSES = ['firstPause', 'longestPause']

// A pause of nothing, or of what is no number, would ask AWS without a stop.
function refuseOddWaits(call: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw refusedCall(call, `its options are ${formatValue(options)}: give an object`)
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw refusedCall(call, `there is no option ${name}: use ${known.join(', ')}`)
    if (value === undefined) continue
    const shown = typeof value === 'number' ? value : formatValue(value)
    if ([...PAUSES, 'maxWait'].includes(name) && !(typeof value === 'number' && value >= 1))
      throw refusedCall(call, `${name} is ${shown}: give milliseconds, 1 or more`)
    if (name === 'signal' && !(value instanceof AbortSignal))
      throw refusedCall(call, `signal is ${shown}: give an AbortSignal`)
    if (name === 'onProgress' && typeof value !== 'function')
      throw refusedCall(call, `onProgress is ${shown}: give a function`)
    if (name === 'deadline' && !(value instanceof Date && !Number.isNaN(value.getTime())))
      throw refusedCall(call, `deadline is ${shown}: give a valid Date`)
  }
}

// A pause longer than the whole wait would overshoot its end.
function capPauses(options: PollOptions, limit: number): PollOptions {
  const { firstPause = 10_000, longestPause = 300_000 } = options
  return {
    ...options,
    firstPause: Math.min(firstPause, limit),
    longestPause: Math.min(longestPause, limit),
  }
}

const wayBack = (name: string) =>
  `Wait again with attachJob('${name}', aws), or end the job with running.stop()`

function stoppedWaiting(name: string, signal: AbortSignal): LabelingJobError {
  return aborted(
    signal,
    {
      what: `Stopped waiting for the labeling job ${name}`,
      why: 'the signal was aborted; the job itself runs on',
      fix: wayBack(name),
    },
    [name],
  )
}

function timedOut(name: string, waited: number, last: string): LabelingJobError {
  return new LabelingJobError({
    code: 'wait-timeout',
    what: `Stopped waiting for the labeling job ${name}`,
    why: `it has not ended within ${waited} ms (${last}); the job itself runs on`,
    fix: wayBack(name),
    data: { waitingFor: [name] },
  })
}

/** What ends a wait does not end the job. */
function jobRunsOn(thrown: unknown, name: string): unknown {
  if (!isAwsError(thrown) || thrown.code === 'not-found') return thrown
  const { code, what, why, fix, data, cause } = thrown
  return new LabelingJobError({
    code,
    what,
    why,
    fix: `${fix}. The job itself runs on: take it up with attachJob('${name}', aws)`,
    data,
    cause,
  })
}
