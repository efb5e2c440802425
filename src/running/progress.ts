import type { LabelingJobDescription } from '../aws/sagemaker-calls.js'
import type { Counters, Progress } from '../job/running-job.js'
import { makeShown, type Shown } from '../show/shown.js'
import { estimateEnd, type Look } from './estimate-end.js'

/** A job that AWS has accepted, and when. */
export interface StartedJob {
  readonly name: string
  readonly arn: string
  readonly region: string
  readonly createdAt: Date
}

/** The counters of a description; AWS leaves out those it has not begun to count. */
export function countersOf({ LabelCounters = {} }: LabelingJobDescription): Counters {
  return Object.freeze({
    labeled: LabelCounters.TotalLabeled ?? 0,
    human: LabelCounters.HumanLabeled ?? 0,
    machine: LabelCounters.MachineLabeled ?? 0,
    failed: LabelCounters.FailedNonRetryableError ?? 0,
    unlabeled: LabelCounters.Unlabeled ?? 0,
  })
}

/** The state of a job as one value, with a line for terminals. */
export function makeProgress(
  { name, createdAt }: StartedJob,
  description: LabelingJobDescription,
  {
    now,
    stalled,
    looks,
  }: { readonly now: number; readonly stalled: boolean; readonly looks: readonly Look[] },
): Progress {
  const counters = countersOf(description)
  const total = counters.labeled + counters.failed + counters.unlabeled
  const fields = {
    job: name,
    status: description.LabelingJobStatus ?? 'Initializing',
    counters,
    total,
    fraction: total === 0 ? 0 : (counters.labeled + counters.failed) / total,
    // The clock of this machine may be behind that of AWS.
    elapsed: Math.max(0, now - createdAt.getTime()),
    stalled,
    ...estimateOf(description, looks, counters.unlabeled),
  }
  return makeShown(fields, { text: () => describeProgress(fields) })
}

// A stream has no end of its own, and automated labeling goes by leaps.
function estimateOf(
  { LabelingJobStatus, LabelingJobAlgorithmsConfig, InputConfig }: LabelingJobDescription,
  looks: readonly Look[],
  left: number,
): Pick<Progress, 'eta'> {
  const isStream = JSON.stringify(InputConfig ?? null).includes('"SnsDataSource"')
  if (LabelingJobStatus !== 'InProgress' || LabelingJobAlgorithmsConfig !== undefined || isStream) return {}
  const eta = estimateEnd(looks, left)
  return eta === undefined ? {} : { eta }
}

function describeProgress(progress: Omit<Progress, keyof Shown<object>>): string {
  const { job, status, counters, total, elapsed, stalled, eta } = progress
  return [
    `${job}: ${status}`,
    total > 0 &&
      `${counters.labeled} of ${total} labeled (${Math.floor((counters.labeled / total) * 100)} %)`,
    counters.machine > 0 && `${counters.human} by people, ${counters.machine} by the model`,
    counters.failed > 0 && `${counters.failed} failed`,
    `after ${duration(elapsed)}`,
    eta && `done between ${minute(eta.earliest)} and ${minute(eta.latest)} UTC at the pace of the last hours`,
    stalled && 'nothing has moved for a day: can the workers see and open the tasks?',
  ]
    .filter((part) => part !== false && part !== undefined)
    .join(', ')
}

function minute(moment: Date): string {
  return moment.toISOString().slice(0, 16).replace('T', ' ')
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return `${Math.floor(milliseconds / 1000)} s`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
