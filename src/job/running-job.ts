import type { LabelCounters, LabelingJobDescription, LabelingJobStatus } from '../aws/calls.js'
import type { LabeledObject, Line } from '../manifests/read/label.js'
import type { TaskOf, TaskState } from './state.js'

/** A labeling job that AWS has accepted. */
export interface RunningJob<Task extends TaskState = TaskState> {
  readonly name: string
  readonly arn: string
  readonly region: string
  /** Gives AWS's own description. Needs `sagemaker:DescribeLabelingJob`. */
  describe(): Promise<LabelingJobDescription>
  /** Yields the state each time it was asked for, until the job ends. Needs `sagemaker:DescribeLabelingJob`. */
  progress(options?: ProgressOptions): AsyncIterable<Progress>
  /**
   * Waits until the job ends, with growing pauses, and says how. A job that fails is an outcome, not an error.
   * Needs `sagemaker:DescribeLabelingJob`.
   *
   * @throws LabelingJobError `wait-timeout` after `maxWait`, `wait-aborted` once `signal` is aborted; the job runs on.
   */
  completed(options?: WaitOptions): Promise<Outcome<Task>>
  /** Asks AWS to stop the job; labels so far are kept. Needs `sagemaker:StopLabelingJob`. */
  stop(): Promise<void>
}

/** How often to look. */
export interface ProgressOptions {
  readonly signal?: AbortSignal
  /** The first pause in milliseconds. Default: 10,000. */
  readonly firstPause?: number
  /** The longest pause in milliseconds; pauses grow by half until then. Default: 300,000. */
  readonly longestPause?: number
}

/** How long to wait. */
export interface WaitOptions extends ProgressOptions {
  /** Give up after so many milliseconds. Default: 31 days, a day longer than AWS lets a job run. */
  readonly maxWait?: number
  readonly onProgress?: (progress: Progress) => void
}

/** The state of a job at one moment. */
export interface Progress {
  readonly job: string
  readonly status: LabelingJobStatus
  readonly counters: Required<LabelCounters>
  /** Objects in all; 0 until AWS has counted them. */
  readonly total: number
  /** Labeled and failed objects of all, 0 to 1. */
  readonly fraction: number
  /** Milliseconds since AWS accepted the job. */
  readonly elapsed: number
  /** Whether nothing has moved for a day: workers may not see the tasks. */
  readonly stalled: boolean
  /** One line for a terminal. */
  toString(): string
}

/** How a job ended. `Completed` at AWS is not success: a job can complete without a single label. */
export type Outcome<Task extends TaskState = TaskState> =
  | EndedJob<'completed', Task>
  | EndedJob<'completed-with-failed-objects', Task>
  | EndedJob<'completed-without-labels', Task>
  | EndedJob<'stopped', Task>
  | FailedJob<Task>

/** A job that has ended. */
export interface EndedJob<Kind extends string, Task extends TaskState = TaskState> {
  readonly outcome: Kind
  readonly name: string
  readonly arn: string
  readonly counters: Required<LabelCounters>
  /** Where the output manifest lies, once AWS has written one. */
  readonly outputManifest: string | undefined
  /** The model that automated labeling ended with, for `initialModel` of the next job. */
  readonly finalModel: string | undefined
  readonly description: LabelingJobDescription
  /**
   * Yields the labels, typed by task. Needs `s3:GetObject` on the output, and `kms:Decrypt` on the output key.
   *
   * @throws LabelingJobError `job-not-finished` when the job has no output manifest, `manifest-invalid`.
   */
  labels(): AsyncIterable<LabeledObject<TaskOf<Task>>>
  /** Yields every line of the output manifest: labeled, failed and unlabeled objects, and lines that cannot be read. */
  lines(): AsyncIterable<Line<TaskOf<Task>>>
}

/** A job that AWS has ended with an error. */
export interface FailedJob<Task extends TaskState = TaskState> extends EndedJob<'failed', Task> {
  /** AWS's words. */
  readonly reason: string
  /** What they mean and what to do, where they are known. */
  readonly explanation: string | undefined
}
