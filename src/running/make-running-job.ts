import type { Aws, CallOptions } from '../aws/aws.js'
import { passesByItself, retryPassing } from '../aws/retry-passing.js'
import type { LabelingJobDescription } from '../aws/sagemaker-calls.js'
import type { PollOptions, Progress, RunningJob, WaitOptions } from '../job/running-job.js'
import { markOnlyLabeled } from '../manifests/read/only-labeled.js'
import { readAnew } from '../manifests/read/read-anew.js'
import { makeShown } from '../show/shown.js'
import { refuseOdd } from './check-options.js'
import { type Look as DoneAt, keepLooks } from './estimate-end.js'
import { hasEnded } from './has-ended.js'
import { startPatience } from './patience.js'
import { countersOf, makeProgress, type StartedJob } from './progress.js'
import { labelsSoFar, outcomeOf } from './read-outcome.js'
import { endOfWait, jobRunsOn, stoppedWaiting, timedOut } from './wait-errors.js'
import { CALL_CHECKS, POLL_CHECKS, WAIT_CHECKS } from './wait-options.js'

const DAY = 86_400_000
const LONGEST_LOOK = 60_000

interface Look {
  readonly description: LabelingJobDescription
  readonly progress: Progress
}

/** The looks at a job so far; every call on its handle adds to them. */
type See = (description: LabelingJobDescription, stalled?: boolean) => Progress

/** The handle of a job that AWS has accepted. */
export function makeRunningJob(started: StartedJob, aws: Aws): RunningJob {
  const { name, arn, region } = started
  const describe = ({ signal }: CallOptions = {}) =>
    aws.call(
      'sagemaker:DescribeLabelingJob',
      { LabelingJobName: name },
      { what: `Cannot look at the labeling job ${name} in ${region}`, ...(signal && { signal }) },
    )

  let looks: readonly DoneAt[] = []
  const see: See = (description, stalled = false) => {
    const at = aws.clock.now().getTime()
    const { labeled, failed } = countersOf(description)
    looks = keepLooks(looks, { at, done: labeled + failed })
    return makeProgress(started, description, { now: at, stalled, looks })
  }
  const watch = { started, describe, see, aws }

  const methods = {
    async describe(options: CallOptions = {}) {
      refuseOdd('.describe', options, CALL_CHECKS)
      return describe(options)
    },

    async status(options: CallOptions = {}) {
      refuseOdd('.status', options, CALL_CHECKS)
      return see(await describe(options))
    },

    progress(options: PollOptions = {}): AsyncIterable<Progress> {
      refuseOdd('.progress', options, POLL_CHECKS)
      return readAnew(async function* () {
        for await (const { progress } of watchJob(watch, options)) yield progress
      }, 'looks at a job')
    },

    async completed(options: WaitOptions = {}) {
      refuseOdd('.completed', options, WAIT_CHECKS)
      const { maxWait = 31 * DAY, deadline, onProgress, ...polling } = options
      const start = aws.clock.now().getTime()
      const wait = endOfWait(start, maxWait, deadline)
      const limit = Math.max(wait.end - start, 1)
      let last = 'no answer'
      for await (const look of watchJob(watch, capPauses(polling, limit), limit)) {
        if (look !== undefined) {
          await onProgress?.(look.progress)
          if (hasEnded(look.progress.status)) return outcomeOf(started, look.description, aws)
          last = String(look.progress)
        }
        if (aws.clock.now().getTime() >= wait.end) break
      }
      throw timedOut(name, wait, last)
    },

    labels: () =>
      markOnlyLabeled(
        readAnew(async function* () {
          yield* labelsSoFar(started, await retryPassing(aws, () => describe()), aws)
        }, 'labels'),
      ),

    async stop(options: CallOptions = {}) {
      refuseOdd('.stop', options, CALL_CHECKS)
      const { signal } = options
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

interface Watch {
  readonly started: StartedJob
  readonly describe: (options: CallOptions) => Promise<LabelingJobDescription>
  readonly see: See
  readonly aws: Aws
}

/** Looks until the job has ended; `undefined` stands for a look that failed for a reason that passes by itself. */
function watchJob(watch: Watch, options: PollOptions): AsyncGenerator<Look, void>
function watchJob(watch: Watch, options: PollOptions, limit: number): AsyncGenerator<Look | undefined, void>
async function* watchJob(
  { started, describe, see, aws }: Watch,
  { signal, firstPause = 10_000, longestPause = 300_000 }: PollOptions,
  limit?: number,
): AsyncGenerator<Look | undefined, void> {
  if (signal?.aborted) throw stoppedWaiting(started.name, signal, true)
  const stopped = (reason: unknown) => (signal?.aborted ? stoppedWaiting(started.name, signal) : reason)
  let pause = firstPause
  let lastMove = { at: aws.clock.now().getTime(), counters: '' }
  for (;;) {
    if (signal?.aborted) throw stoppedWaiting(started.name, signal)
    // A server that accepts and never answers is a failed look, not the end of the wait.
    const patience = startPatience(Math.min(limit ?? LONGEST_LOOK, LONGEST_LOOK), signal)
    const description = await describe({ signal: patience.signal })
      .catch((thrown) => {
        if (signal?.aborted) throw stoppedWaiting(started.name, signal)
        if (patience.isOver || passesByItself(thrown)) return undefined
        throw jobRunsOn(thrown, started.name)
      })
      .finally(() => patience.end())
    if (description !== undefined) {
      const now = aws.clock.now().getTime()
      const counters = JSON.stringify([description.LabelingJobStatus, description.LabelCounters])
      if (counters !== lastMove.counters) lastMove = { at: now, counters }
      yield { description, progress: see(description, now - lastMove.at >= DAY) }
      if (hasEnded(description.LabelingJobStatus)) return
    } else if (limit !== undefined) yield undefined
    await aws.clock.sleep(pause, signal).catch((reason) => {
      throw stopped(reason)
    })
    pause = Math.min(pause * 1.5, longestPause)
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
