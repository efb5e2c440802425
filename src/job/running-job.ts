import type { CallOptions } from '../aws/aws.js'
import type { LabelingJobDescription, LabelingJobStatus } from '../aws/sagemaker-calls.js'
import type { WorkerAnswer } from '../manifests/label-files/read-answers.js'
import type { LabeledObject, Line } from '../manifests/read/label.js'
import type { S3Uri } from '../names/s3-uri.js'
import type { Shown } from '../show/shown.js'
import type { TaskOf, TaskState } from './state.js'

/** A labeling job that AWS has accepted. It keeps its connection. */
export interface RunningJob<Task extends TaskState = TaskState> extends Shown<object> {
  readonly name: string
  readonly arn: string
  readonly region: string
  /**
   * Gives AWS's own description. Needs `sagemaker:DescribeLabelingJob`.
   *
   * @throws LabelingJobError `not-found` and the other codes of AWS, `aborted`.
   */
  describe(options?: CallOptions): Promise<LabelingJobDescription>
  /**
   * Looks once how far the job is. Needs `sagemaker:DescribeLabelingJob`.
   *
   * @throws LabelingJobError `not-found` and the other codes of AWS, `aborted`.
   */
  status(options?: CallOptions): Promise<Progress>
  /**
   * Yields the state each time it is asked for, until the job ends; every loop looks anew. What passes by itself
   * (throttling, lost connections, faults of AWS) is outlived. Needs `sagemaker:DescribeLabelingJob`.
   *
   * @throws LabelingJobError `aborted`, and the codes of AWS that do not pass by themselves; the job runs on.
   */
  progress(options?: PollOptions): AsyncIterable<Progress>
  /**
   * Waits until the job ends, with growing pauses, and says how. A job that fails is an outcome, not an error. What
   * passes by itself (throttling, lost connections, faults of AWS) is outlived. Needs `sagemaker:DescribeLabelingJob`.
   *
   * @throws LabelingJobError `wait-timeout` after `maxWait` or at `deadline`, `aborted`, and the codes of AWS that do
   * not pass by themselves; the job runs on.
   */
  completed(options?: WaitOptions): Promise<Outcome<Task>>
  /**
   * Yields the labels that there are so far, typed by task: of a streaming job, or of any other that goes on. Every loop
   * reads anew; a job that has written nothing yet has none. Needs `sagemaker:DescribeLabelingJob`, `s3:GetObject` on the
   * output, and `kms:Decrypt` on the output key.
   *
   * @throws LabelingJobError `line-unreadable`, `job-not-finished` for a job that ended without output, the codes of AWS.
   */
  labels(): AsyncIterable<LabeledObject<TaskOf<Task>>>
  /**
   * Asks AWS to stop the job; labels so far are kept. Needs `sagemaker:StopLabelingJob`.
   *
   * @throws LabelingJobError `not-found` and the other codes of AWS, `aborted`.
   */
  stop(options?: CallOptions): Promise<void>
}

/** How often to look. */
export interface PollOptions extends CallOptions {
  /** The first pause in milliseconds. Default: 10,000. */
  readonly firstPause?: number
  /** The longest pause in milliseconds; pauses grow by half until then. Default: 300,000. */
  readonly longestPause?: number
}

/** How long to wait: until `maxWait` or `deadline`, whichever comes first. */
export interface WaitOptions extends PollOptions {
  /** Give up after so many milliseconds. Default: 31 days, a day longer than AWS lets a job run. */
  readonly maxWait?: number
  /** Give up at this moment, also after a restart of the program. Default: none. */
  readonly deadline?: Date
  /** Hears of every look. It is awaited, and what it throws ends the wait. */
  readonly onProgress?: (progress: Progress) => unknown
}

/** How many objects of a job are how far. */
export interface Counters {
  /** Labeled by people and by automated labeling together. */
  readonly labeled: number
  readonly human: number
  readonly machine: number
  readonly failed: number
  readonly unlabeled: number
}

/** The state of a job at one moment. */
export interface Progress extends Shown<object> {
  readonly job: string
  readonly status: LabelingJobStatus
  readonly counters: Counters
  /** Objects in all; 0 until AWS has counted them. */
  readonly total: number
  /** Labeled and failed objects of all, 0 to 1. */
  readonly fraction: number
  /** Milliseconds since AWS accepted the job. */
  readonly elapsed: number
  /** Whether nothing has moved for a day: workers may not see the tasks. */
  readonly stalled: boolean
  /**
   * Between which moments the job is done at the slowest and at the fastest pace of the last hours. Only where that can
   * be told: after two looks half an hour apart with 16 objects between them, not for streams and automated labeling, and
   * not more than a day ahead, where nights and weekends count.
   */
  readonly eta?: { readonly earliest: Date; readonly latest: Date }
}

/** How a job ended. `Completed` at AWS is not success: a job can complete without a single label. */
export type Outcome<Task extends TaskState = TaskState> =
  | EndedJob<'completed', Task>
  | EndedJob<'completed-with-failed-objects', Task>
  | EndedJob<'completed-without-labels', Task>
  | EndedJob<'stopped', Task>
  | FailedJob<Task>

/** A job that has ended. */
export interface EndedJob<Kind extends string, Task extends TaskState = TaskState> extends Shown<object> {
  readonly outcome: Kind
  readonly name: string
  readonly arn: string
  /** Those that AWS did not give stand as 0; `description.LabelCounters` has what it gave. */
  readonly counters: Counters
  /** Where the output manifest lies, once AWS has written one; it fits `.input()` of the next job. */
  readonly outputManifest?: S3Uri
  /** The model that automated labeling ended with, for `initialModel` of the next job. */
  readonly finalModel?: string
  readonly description: LabelingJobDescription
  /**
   * Yields the labels, typed by task; every loop reads anew. Needs `s3:GetObject` on the output, and `kms:Decrypt` on
   * the output key.
   *
   * @throws LabelingJobError `job-not-finished` when the job has no output manifest, `line-unreadable`, the codes of AWS.
   */
  labels(): AsyncIterable<LabeledObject<TaskOf<Task>>>
  /** Yields every line of the output manifest: labeled, failed and unlabeled objects, and lines that cannot be read. */
  lines(): AsyncIterable<Line<TaskOf<Task>>>
  /**
   * Yields what each worker answered about each object, in the order of the files' names; every loop reads anew. Who the
   * workers are, is personal data. Needs `s3:ListBucket` on the bucket of the output, `s3:GetObject` on the output, and
   * `kms:Decrypt` on the output key.
   *
   * @throws LabelingJobError `line-unreadable` for a file that holds no answers, `aborted`, the codes of AWS.
   */
  answers(options?: CallOptions): AsyncIterable<WorkerAnswer>
}

/** A job that AWS has ended with an error. */
export interface FailedJob<Task extends TaskState = TaskState> extends EndedJob<'failed', Task> {
  /** AWS's words. */
  readonly reason: string
  /** What they mean and what to do, where they are known. */
  readonly explanation?: string
}
