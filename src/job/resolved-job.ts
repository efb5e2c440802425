import type { CallOptions } from '../aws/aws.js'
import type { Problem } from '../errors/problem.js'
import type { ResolvedKey } from '../keys/resolved-key.js'
import type { Shown } from '../show/shown.js'
import type { EncryptionReport } from './encryption-report.js'
import type { CreateLabelingJobRequest } from './request/request.js'
import type { RunningJob } from './running-job.js'
import type { TaskState } from './state.js'

/** How the keys of a job are looked up. */
export interface ResolveOptions extends CallOptions {
  /** Ask KMS again for keys whose answer is remembered (five minutes long). Default: no. */
  readonly fresh?: boolean
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
   * Creates the job from this very request. Needs `sagemaker:CreateLabelingJob` and `iam:PassRole` on the role.
   *
   * @throws LabelingJobError `name-taken` and the other codes of AWS, `aborted`.
   */
  create(options?: CallOptions): Promise<RunningJob<Task>>
}
