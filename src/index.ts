// Building a job

export type {
  ChainOptions,
  CompleteJob,
  InputOptions,
  LabelingJob,
  OpenLabelingJob,
  RawPatch,
  StreamOptions,
} from './job/labeling-job.js'
export type { Refused, StillMissing } from './job/refusals.js'
export type {
  AutoLabelingOptions,
  OutputOptions,
  StopConditions,
  WorkersOptions,
} from './job/request/draft.js'
export type { ContentClassifier, CreateLabelingJobRequest } from './job/request/request.js'
export type { Part, TaskState } from './job/state.js'
export { fromDescribe, fromRequest, jobFromConfig, labelingJob } from './labeling-job.js'

// Tasks

export { custom, passThrough } from './tasks/custom-tasks.js'
export {
  adjustPointCloudObjectDetection,
  adjustPointCloudObjectTracking,
  adjustPointCloudSemanticSegmentation,
  adjustVideoFrameObjectDetection,
  adjustVideoFrameObjectTracking,
  verifyPointCloudObjectDetection,
  verifyPointCloudObjectTracking,
  verifyPointCloudSemanticSegmentation,
  verifyVideoFrameObjectDetection,
  verifyVideoFrameObjectTracking,
} from './tasks/frame-adjustment-tasks.js'
export {
  boundingBox,
  imageClassification,
  imageClassificationMultiLabel,
  semanticSegmentation,
} from './tasks/image-tasks.js'
export {
  adjustBoundingBox,
  adjustSemanticSegmentation,
  verifyBoundingBox,
  verifySemanticSegmentation,
} from './tasks/label-adjustment-tasks.js'
export {
  pointCloudAndCameraObjectTracking,
  pointCloudObjectDetection,
  pointCloudObjectTracking,
  pointCloudSemanticSegmentation,
} from './tasks/point-cloud-tasks.js'
export type { MakePageTask, MakeTask, Task } from './tasks/task.js'
export { taskNamed } from './tasks/task-named.js'
export type { CustomTaskOptions, PageTaskOptions, TaskOptions } from './tasks/task-options.js'
export type { TaskName } from './tasks/task-table.js'
export {
  namedEntityRecognition,
  textClassification,
  textClassificationMultiLabel,
} from './tasks/text-tasks.js'
export {
  videoClassification,
  videoFrameObjectDetection,
  videoFrameObjectTracking,
} from './tasks/video-tasks.js'

// Names

export type { RoleArn, RoleArnText } from './names/role-arn.js'
export { roleArn } from './names/role-arn.js'
export type { S3Uri, S3UriText } from './names/s3-uri.js'
export { s3Uri } from './names/s3-uri.js'
export type { TopicArn, TopicArnText } from './names/topic-arn.js'
export { topicArn } from './names/topic-arn.js'
export type { WorkteamArn, WorkteamArnText } from './names/workteam-arn.js'
export { workteamArn } from './names/workteam-arn.js'

// Keys

export type { ResolveKeyOptions } from './keys/resolve-key.js'
export type { ResolvedKey } from './keys/resolved-key.js'
export type {
  KeyPurpose,
  KmsKey,
  KmsKeyArn,
  KmsKeyText,
  OutputKmsKey,
  VolumeKmsKey,
} from './names/kms-key.js'
export { outputKey, volumeKey } from './names/kms-key.js'

// AWS

export type { Aws, AwsClient, AwsService, CallOptions, CallReport, Clock } from './aws/aws.js'
export type { ConnectOptions, MakeClient } from './aws/connect.js'
export { connect } from './aws/connect.js'
export type { ManyOptions, ManyProgress, ProgressOptions } from './aws/many.js'
export type { LabelingJobDescription, LabelingJobStatus } from './aws/sagemaker-calls.js'

// Jobs that exist

export type { AuditOptions } from './evidence/audit/audit-options.js'
export type { AuditedJob, InspectedJob, UnreadableJob } from './evidence/audit/audited-job.js'
export type { Finding, FindingCode } from './evidence/declared/find-findings.js'
export type { JobInspection } from './evidence/declared/inspect-job.js'
export type { KeyStanding } from './evidence/declared/key-standing.js'
export type { EncryptionReport, EncryptionRow } from './job/encryption-report.js'
export type { Difference } from './job/request/compare-requests.js'
export type { CreateOptions, ResolvedJob, ResolveOptions } from './job/resolved-job.js'
export type {
  Counters,
  EndedJob,
  FailedJob,
  Outcome,
  PollOptions,
  Progress,
  RunningJob,
  WaitOptions,
} from './job/running-job.js'
export type { CreateAllOptions, CreateResult } from './running/create-all.js'
export type { EventPatternOptions, JobEvent } from './running/job-event.js'
export { eventPattern, readJobEvent } from './running/job-event.js'
export type { JobFilter, ListedJob } from './running/list-jobs.js'
export type { SentObject } from './running/send-objects.js'
export type { NotEnded, WaitForAllOptions } from './running/wait-for-all.js'

// Will it run?

export type { GivenPolicies } from './preflight/given-policies.js'
export type { PreflightResult } from './preflight/preflight-all.js'
export type { PreflightOptions, ReaderArnText } from './preflight/preflight-options.js'
export type { Assumption, Check, CheckCode, CheckStatus, CheckSubject } from './preflight/report/check.js'
export type { PreflightReport } from './preflight/report/preflight-report.js'
export type { Owner } from './show/owner.js'

// Permissions; what else there is stands in labeling-job/permissions

export type { EnsuredPermissions, EnsureOptions } from './permissions/apply/ensure-permissions.js'
export type { CheckOptions } from './permissions/check/check-permissions.js'
export type { PermissionReport } from './permissions/check/permission-report.js'
export type { PermissionPlan } from './permissions/plan/permission-plan.js'
export type { PlanOptions } from './permissions/plan/plan-options.js'

// Loaded when first called

export { auditJobs, inspectJob } from './evidence/on-demand.js'
export {
  attachJob,
  createAll,
  listJobs,
  outcomeOfEvent,
  preflight,
  preflightAll,
  resolveKey,
  sendObjects,
  showProgress,
  waitForAll,
} from './on-demand.js'
export { checkPermissions, ensurePermissions, planPermissions } from './permissions/on-demand.js'

// Errors and problems

export type { AwsCode } from './aws/aws-error.js'
export type { Problem } from './errors/problem.js'
export { describeProblem } from './errors/problem.js'
export type { JobLike, WholeJob, WholeJobs } from './job/job-like.js'
export type { KeyCode } from './keys/key-error.js'
export type { WriteOptions } from './manifests/write/prepare-put.js'
export type { ChangeCode as WriteCode } from './permissions/apply/permissions-error.js'
export type { ErrorData, LabelingJobErrorCode } from './running/error-data.js'
export { isLabelingJobError, LabelingJobError } from './running/error-data.js'
export type { LineStream } from './show/live-line.js'
export type { ShownProgress } from './show/show-progress.js'
export type { Shown } from './show/shown.js'
