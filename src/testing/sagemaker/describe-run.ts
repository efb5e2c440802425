import type { FakeJob } from '../world/world.js'

/** Describes a job as DescribeLabelingJob does: the request as it was sent, with AWS's own values filled in. */
export function describeRun(run: FakeJob) {
  const { request } = run
  const { HumanTaskConfig, OutputConfig, LabelingJobAlgorithmsConfig: algorithms } = request
  const isPublic = HumanTaskConfig.WorkteamArn.includes('workteam/public-crowd/')
  return structuredClone({
    LabelingJobStatus: run.status,
    LabelCounters: run.counters(),
    ...(run.failureReason !== undefined && { FailureReason: run.failureReason }),
    CreationTime: run.createdAt,
    LastModifiedTime: run.modifiedAt,
    JobReferenceCode: run.referenceCode,
    LabelingJobName: request.LabelingJobName,
    LabelingJobArn: run.arn,
    LabelAttributeName: request.LabelAttributeName,
    InputConfig: request.InputConfig,
    OutputConfig: { ...OutputConfig, KmsKeyId: OutputConfig.KmsKeyId ?? '' },
    RoleArn: request.RoleArn,
    ...(request.LabelCategoryConfigS3Uri !== undefined && {
      LabelCategoryConfigS3Uri: request.LabelCategoryConfigS3Uri,
    }),
    StoppingConditions: request.StoppingConditions ?? { MaxPercentageOfInputDatasetLabeled: 100 },
    ...(algorithms !== undefined && {
      LabelingJobAlgorithmsConfig: {
        ...algorithms,
        LabelingJobResourceConfig: algorithms.LabelingJobResourceConfig ?? { VolumeKmsKeyId: '' },
      },
    }),
    HumanTaskConfig: {
      ...HumanTaskConfig,
      TaskAvailabilityLifetimeInSeconds:
        HumanTaskConfig.TaskAvailabilityLifetimeInSeconds ?? (isPublic ? 21_600 : 2_592_000),
      MaxConcurrentTaskCount: HumanTaskConfig.MaxConcurrentTaskCount ?? 1_000,
    },
    Tags: request.Tags ?? [],
    ...(run.hasOutput && {
      LabelingJobOutput: {
        OutputDatasetS3Uri: run.outputManifestUri,
        FinalActiveLearningModelArn: run.finalModelArn,
      },
    }),
  })
}
