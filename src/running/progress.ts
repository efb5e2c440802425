import type { LabelCounters, LabelingJobDescription } from '../aws/calls.js'
import type { Progress } from '../job/running-job.js'

/** A job that AWS has accepted, and when. */
export interface StartedJob {
  readonly name: string
  readonly arn: string
  readonly region: string
  readonly createdAt: Date
}

/** The counters of a description; AWS leaves out those it has not begun to count. */
export function countersOf({ LabelCounters = {} }: LabelingJobDescription): Required<LabelCounters> {
  const {
    TotalLabeled = 0,
    HumanLabeled = 0,
    MachineLabeled = 0,
    FailedNonRetryableError = 0,
    Unlabeled = 0,
  } = LabelCounters
  return { TotalLabeled, HumanLabeled, MachineLabeled, FailedNonRetryableError, Unlabeled }
}

/** The state of a job as one value, with a line for terminals. */
export function makeProgress(
  { name, createdAt }: StartedJob,
  description: LabelingJobDescription,
  now: number,
  stalled: boolean,
): Progress {
  const counters = countersOf(description)
  const status = description.LabelingJobStatus ?? 'Initializing'
  const done = counters.TotalLabeled + counters.FailedNonRetryableError
  const total = done + counters.Unlabeled
  const fraction = total === 0 ? 0 : done / total
  const elapsed = now - createdAt.getTime()
  return Object.freeze({
    job: name,
    status,
    counters,
    total,
    fraction,
    elapsed,
    stalled,
    toString: () =>
      [
        `${name}: ${status}`,
        total > 0 && `${counters.TotalLabeled} of ${total} labeled (${Math.floor(fraction * 100)} %)`,
        counters.MachineLabeled > 0 &&
          `${counters.HumanLabeled} by people, ${counters.MachineLabeled} by the model`,
        counters.FailedNonRetryableError > 0 && `${counters.FailedNonRetryableError} failed`,
        `after ${duration(elapsed)}`,
        stalled && 'nothing has moved for a day: can the workers see and open the tasks?',
      ]
        .filter((part) => part !== false)
        .join(', '),
  })
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return `${Math.floor(milliseconds / 1000)} s`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
