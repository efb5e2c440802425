import type { LabelingJob } from '../../../src/job/labeling-job.js'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import { labelingJob } from '../../../src/labeling-job.js'
import type { Task } from '../../../src/tasks/task.js'
import { taskOfLambda } from '../../../src/tasks/task-of-lambda.js'
import { TASK_TABLE, type TaskRow } from '../../../src/tasks/task-table.js'
import * as constructors from './task-constructors.js'

type AnyJob = LabelingJob<'open', never, never>

/** Builds with the builder what a request says, the way its author would: one call a part. */
export function rebuild(request: CreateLabelingJobRequest): AnyJob {
  const {
    HumanTaskConfig: human,
    InputConfig: input,
    OutputConfig: output,
    LabelingJobAlgorithmsConfig: auto,
  } = request
  const { S3DataSource: manifest, SnsDataSource: stream } = input.DataSource
  const stop = request.StoppingConditions
  const price = human.PublicWorkforceTaskPrice?.AmountInUsd
  let job = labelingJob(request.LabelingJobName)
    .task(taskOf(request) as Task<'custom'>)
    .labelAttribute(request.LabelAttributeName)
    .role(request.RoleArn as 'arn:aws:iam::1:role/r')
    .output(
      text(output.S3OutputPath),
      ...withKey(output.KmsKeyId, {
        ...(output.SnsTopicArn && { topic: output.SnsTopicArn as 'arn:aws:sns:r:1:t' }),
      }),
    )
    .workers(human.WorkteamArn as 'arn:aws:sagemaker:r:1:workteam/t', {
      perObject: human.NumberOfHumanWorkersPerDataObject as 1,
      ...(human.TaskAvailabilityLifetimeInSeconds && {
        availability: human.TaskAvailabilityLifetimeInSeconds,
      }),
      ...(human.MaxConcurrentTaskCount && { maxConcurrentTasks: human.MaxConcurrentTaskCount }),
      ...(price && {
        price: `${price.Dollars ?? 0}.${((price.Cents ?? 0) * 10 + (price.TenthFractionsOfACent ?? 0)).toString().padStart(3, '0')}`,
      }),
    }) as unknown as AnyJob
  if (stream) {
    job = job.stream(
      stream.SnsTopicArn as 'arn:aws:sns:r:1:t',
      manifest && { manifest: text(manifest.ManifestS3Uri) },
    ) as unknown as AnyJob
  } else if (manifest) {
    const contentClassifiers = input.DataAttributes?.ContentClassifiers
    job = job.input(
      text(manifest.ManifestS3Uri),
      contentClassifiers && { contentClassifiers },
    ) as unknown as AnyJob
  }
  if (auto) {
    const resources = auto.LabelingJobResourceConfig
    const vpc = resources?.VpcConfig
    job = job.autoLabeling(
      ...withKey(resources?.VolumeKmsKeyId, {
        ...(auto.InitialActiveLearningModelArn && { initialModel: auto.InitialActiveLearningModelArn }),
        ...(vpc &&
          vpc.Subnets.length > 0 && { vpc: { securityGroups: vpc.SecurityGroupIds, subnets: vpc.Subnets } }),
      }),
    ) as unknown as AnyJob
  }
  if (stop && !stream) {
    job = job.stopWhen({
      ...(stop.MaxHumanLabeledObjectCount !== undefined && { humanLabeled: stop.MaxHumanLabeledObjectCount }),
      ...(stop.MaxPercentageOfInputDatasetLabeled !== undefined && {
        percentLabeled: stop.MaxPercentageOfInputDatasetLabeled,
      }),
    }) as unknown as AnyJob
  }
  if (request.Tags) job = job.tags(Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value])))
  return job
}

function taskOf({
  HumanTaskConfig: human,
  LabelCategoryConfigS3Uri: labels,
}: CreateLabelingJobRequest): Task {
  const pre = human.PreHumanTaskLambdaArn
  const post = human.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn
  const name = (pre && taskOfLambda(pre)?.name) || 'custom'
  const row: TaskRow = TASK_TABLE[name]
  const construct = constructors.CONSTRUCTORS[name] as unknown as (options: object) => Task
  return construct({
    title: human.TaskTitle,
    description: human.TaskDescription,
    timeLimit: human.TaskTimeLimitInSeconds,
    ...(human.TaskKeywords?.length && { keywords: human.TaskKeywords }),
    ...(labels && { labels }),
    ...(row.ui === 'template' && { template: human.UiConfig.UiTemplateS3Uri }),
    ...(name === 'custom' && pre && { preLambda: pre }),
    ...(name === 'custom' && post && { postLambda: post }),
  })
}

function text(uri: string): 's3://x' {
  return uri as 's3://x'
}

/** A key and options, or options alone where there is no key. */
function withKey<Options>(key: string | undefined, options: Options): ['alias/k', Options] {
  return (key ? [key, options] : [options]) as ['alias/k', Options]
}
