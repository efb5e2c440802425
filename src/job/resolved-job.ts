import type { CallOptions } from '../aws/aws.js'
import type { Problem } from '../errors/problem.js'
import type { ResolvedKey } from '../keys/resolved-key.js'
import type { Shown } from '../show/shown.js'
import type { EncryptionReport } from './encryption-report.js'
import type { Difference } from './request/compare-requests.js'
import type { CreateLabelingJobRequest } from './request/request.js'
import type { RunningJob } from './running-job.js'
import type { TaskState } from './state.js'

/** How the keys of a job are looked up. */
export interface ResolveOptions extends CallOptions {
  /** Ask KMS again for keys whose answer is remembered (five minutes long). Default: no. */
  readonly fresh?: boolean
}

/** How a job is created. */
export interface CreateOptions extends CallOptions {
  /**
   * What to do when a job of the name exists, which upper and lower case do not tell apart. `attach`: take it up when
   * it is the same that would be created, whatever its state; this also settles whether a call that timed out created
   * the job. Default: `refuse`.
   */
  readonly ifExists?: 'refuse' | 'attach'
}

/** What AWS will be told: the checked request, with the ARNs of both keys. It keeps its connection. */
export interface ResolvedJob<Task extends TaskState = TaskState> extends Shown<object> {
  readonly name: string
  readonly region: string
  readonly request: CreateLabelingJobRequest
  /** The keys that the request names, looked up. */
  readonly keys: { readonly output?: ResolvedKey; readonly volume?: ResolvedKey }
  /** What AWS ignores, or words in two ways; nothing here keeps the job from being created. */
  readonly warnings: readonly Problem[]
  /** Says which key the job declares for what, which key is AWS's own, and what lies outside the job. */
  report(): EncryptionReport
  /**
   * Compares the request with AWS's description of a job. What AWS fills in by itself is taken out; names of jobs are
   * compared without regard to case, and tags that were added to the job do not count.
   *
   * @throws LabelingJobError `invalid-job` when the description is not an object.
   */
  sameAs(description: object): { readonly same: boolean; readonly differences: readonly Difference[] }
  /**
   * Creates the job from this very request. Throttling is waited out, and so is a role that SageMaker cannot assume yet
   * because it was made seconds ago, for a minute. Needs `sagemaker:CreateLabelingJob` and `iam:PassRole` on the role,
   * and for `attach` also `sagemaker:DescribeLabelingJob`.
   *
   * @throws LabelingJobError `name-taken`, or with `attach` `job-differs`, with every field; the other codes of AWS,
   * `aborted`.
   */
  create(options?: CreateOptions): Promise<RunningJob<Task>>
}
