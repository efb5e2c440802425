import type { Aws } from '../aws/aws.js'
import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { refusedCall } from '../errors/refused-call.js'
import type { ProgressOptions, RunningJob, WaitOptions } from '../job/running-job.js'
import { makeProgress, type StartedJob } from './progress.js'
import { outcomeOf } from './read-outcome.js'

const DAY = 86_400_000
const TERMINAL = ['Completed', 'Failed', 'Stopped']

/** The handle of a job that AWS has accepted. */
export function makeRunningJob(started: StartedJob, aws: Aws): RunningJob {
  const { name, arn, region } = started
  const describe = (signal?: AbortSignal) =>
    aws.call(
      'sagemaker:DescribeLabelingJob',
      { LabelingJobName: name },
      { what: `Cannot look at the labeling job ${name} in ${region}`, ...(signal && { signal }) },
    )

  async function* watch({ signal, firstPause = 10_000, longestPause = 300_000 }: ProgressOptions) {
    let pause = firstPause
    let lastMove = { at: aws.clock.now().getTime(), counters: '' }
    for (;;) {
      if (signal?.aborted) throw aborted(name, signal)
      const description = await describe(signal).catch(throwAborted(name, signal, isPassing))
      if (description !== undefined) {
        const now = aws.clock.now().getTime()
        const counters = JSON.stringify([description.LabelingJobStatus, description.LabelCounters])
        if (counters !== lastMove.counters) lastMove = { at: now, counters }
        yield { description, progress: makeProgress(started, description, now, now - lastMove.at >= DAY) }
        if (TERMINAL.includes(description.LabelingJobStatus ?? '')) return
      }
      await aws.clock.sleep(pause, signal).catch(throwAborted(name, signal))
      pause = Math.min(pause * 1.5, longestPause)
    }
  }

  return Object.freeze({
    name,
    arn,
    region,
    describe: () => describe(),

    async *progress(options: ProgressOptions = {}) {
      refuseOddWaits(options)
      for await (const { progress } of watch(options)) yield progress
    },

    async completed({ maxWait = 31 * DAY, onProgress, ...options }: WaitOptions = {}) {
      refuseOddWaits({ maxWait, ...options })
      const deadline = aws.clock.now().getTime() + maxWait
      for await (const { description, progress } of watch(capped(options, maxWait))) {
        onProgress?.(progress)
        if (TERMINAL.includes(progress.status)) return outcomeOf(started, description, aws)
        if (aws.clock.now().getTime() >= deadline) throw timedOut(name, maxWait, String(progress))
      }
      throw timedOut(name, maxWait, 'no answer')
    },

    async stop() {
      await aws.call(
        'sagemaker:StopLabelingJob',
        { LabelingJobName: name },
        { what: `Cannot stop the labeling job ${name} in ${region}` },
      )
    },
  })
}

const WAITS = ['maxWait', 'firstPause', 'longestPause']
const OTHERS = ['signal', 'onProgress']

// A pause of nothing, or of what is no number, would ask AWS without a stop.
function refuseOddWaits(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (!WAITS.includes(name) && !OTHERS.includes(name)) {
      throw refusedCall('.completed', `there is no option ${name}: use ${[...WAITS, ...OTHERS].join(', ')}`)
    }
    if (WAITS.includes(name) && value !== undefined && !(typeof value === 'number' && value >= 1)) {
      throw refusedCall(
        '.completed',
        `${name} is ${typeof value === 'number' ? value : formatValue(value)}: give milliseconds, 1 or more`,
      )
    }
  }
}

// A pause longer than the whole wait would overshoot the deadline.
function capped(options: ProgressOptions, maxWait: number): ProgressOptions {
  const { firstPause = 10_000, longestPause = 300_000 } = options
  return {
    ...options,
    firstPause: Math.min(firstPause, maxWait),
    longestPause: Math.min(longestPause, maxWait),
  }
}

// A wait of days outlives a throttled or unlucky look; the next one comes after the pause anyhow.
function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof LabelingJobError)) return false
  if (thrown.code === 'throttled') return true
  const cause = thrown.cause as { $metadata?: { httpStatusCode?: number } } | undefined
  return (cause?.$metadata?.httpStatusCode ?? 0) >= 500
}

function throwAborted(name: string, signal?: AbortSignal, passing?: (thrown: unknown) => boolean) {
  return (thrown: unknown): undefined => {
    if (signal?.aborted) throw aborted(name, signal)
    if (passing?.(thrown)) return undefined
    throw thrown
  }
}

function aborted(name: string, signal: AbortSignal): LabelingJobError {
  return new LabelingJobError({
    code: 'aborted',
    what: `Stopped waiting for the labeling job ${name}`,
    why: 'the signal was aborted; the job itself runs on',
    fix: 'Wait again with attachJob(), or end the job with running.stop()',
    data: { waitingFor: [name] },
    cause: signal.reason,
  })
}

function timedOut(name: string, maxWait: number, last: string): LabelingJobError {
  return new LabelingJobError({
    code: 'wait-timeout',
    what: `Stopped waiting for the labeling job ${name}`,
    why: `it has not ended within ${maxWait} ms (${last}); the job itself runs on`,
    fix: 'Wait again with attachJob(), or end the job with running.stop()',
    data: { waitingFor: [name] },
  })
}
