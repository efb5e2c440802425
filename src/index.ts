// Jobs

export type { Aws, AwsClient as CommandSender, AwsService, CallOptions, Clock } from './aws/aws.js'
export { AwsCallError } from './aws/aws-error.js'
export type { LabelCounters, LabelingJobDescription, LabelingJobStatus } from './aws/calls.js'
export type { ConnectOptions } from './aws/connect.js'
// AWS, keys and permissions: loaded when first used
export { connect } from './aws/connect.js'
export type { LabelingJobErrorCode } from './errors/labeling-job-error.js'
// Errors
export { isLabelingJobError, LabelingJobError } from './errors/labeling-job-error.js'
export type { BuilderCall, Problem } from './errors/problem.js'
export { describeProblem } from './errors/problem.js'
export { RefusedCallError } from './errors/refused-call-error.js'
export type { EncryptionReport, EncryptionRow } from './job/encryption-report.js'
export { InvalidJobError } from './job/find-draft-problems.js'
export type {
  AutoLabelingCall,
  CompleteJob,
  InputOptions,
  JobWorkersOptions,
  LabelingJob,
  OpenLabelingJob,
  OutputOptions,
  RawPatch,
  StreamOptions,
} from './job/labeling-job.js'
export type { Refused, StillMissing } from './job/refusals.js'
export { IncompleteJobError } from './job/refusals.js'
export type { AutoLabelingOptions, StopConditions, WorkersOptions } from './job/request/draft.js'
export type { ContentClassifier, CreateLabelingJobRequest } from './job/request/request.js'
export type { ResolvedJob } from './job/resolved-job.js'
export type {
  EndedJob,
  FailedJob,
  Outcome,
  Progress,
  ProgressOptions,
  RunningJob,
  WaitOptions,
} from './job/running-job.js'
export type { Choice, Part, TaskState } from './job/state.js'
export type { Json, JsonObject } from './json/json.js'
export { KeyError } from './keys/key-error.js'
export type { ResolveKeyOptions } from './keys/resolve-key.js'
export type { ResolvedKey } from './keys/resolved-key.js'
export { fromDescribe, fromRequest, labelingJob } from './labeling-job.js'
export type { JobName } from './names/job-name.js'
export { isJobName, jobName } from './names/job-name.js'
export type {
  KeyForm,
  KeyPurpose,
  KmsAlias,
  KmsAliasArn,
  KmsKeyArn,
  KmsKeyId,
  KmsKeyText,
  OutputKmsKey,
  VolumeKmsKey,
} from './names/kms-key.js'
// Names
export { isKmsKeyArn, keyForm, outputKey, volumeKey } from './names/kms-key.js'
export { InvalidNameError } from './names/name.js'
export type { RoleArn, RoleArnText } from './names/role-arn.js'
export { isRoleArn, parseRoleArn, roleArn } from './names/role-arn.js'
export type { S3Location, S3Uri, S3UriText } from './names/s3-uri.js'
export { isS3Uri, parseS3Uri, s3Uri } from './names/s3-uri.js'
export type { TopicArn, TopicArnText } from './names/topic-arn.js'
export { isTopicArn, topicArn } from './names/topic-arn.js'
export type { WorkteamArn, WorkteamArnText } from './names/workteam-arn.js'
export { isWorkteamArn, workteamArn } from './names/workteam-arn.js'
export {
  attachJob,
  auditJobs,
  checkPermissions,
  ensurePermissions,
  inspectJob,
  planPermissions,
  resolveKey,
} from './on-demand.js'
export type { EnsuredPermissions, EnsureOptions } from './permissions/apply/ensure-permissions.js'
// Permissions; what else there is stands in labeling-job/permissions
export type { CheckOptions } from './permissions/check/check-permissions.js'
export type { PermissionReport } from './permissions/check/permission-report.js'
export type { PermissionPlan } from './permissions/plan/permission-plan.js'
export type { PlanOptions } from './permissions/plan/plan-options.js'
export type { AuditedJob, AuditOptions } from './running/audit-jobs.js'
export type { JobInspection } from './running/inspect-job.js'
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
// Tasks
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
