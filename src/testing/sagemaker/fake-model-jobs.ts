import type {
  DescribeModelCommandInput,
  DescribeTrainingJobCommandInput,
  DescribeTransformJobCommandInput,
  ListTrainingJobsCommandInput,
  ListTransformJobsCommandInput,
} from '@aws-sdk/client-sagemaker'
import { authorize } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import type { FakeTrainingJob, FakeTransformJob } from '../world/model-jobs.js'
import { page } from '../world/page.js'
import type { Call, Operations, World } from '../world/world.js'
import { isWithin } from './is-within.js'

/** What automated labeling trained and ran, as SageMaker lists and describes it. */
export const MODEL_JOBS: Operations = {
  ListTrainingJobs: listTrainingJobs,
  DescribeTrainingJob: describeTrainingJob,
  DeleteTrainingJob: deleteTrainingJob,
  ListTransformJobs: listTransformJobs,
  DescribeTransformJob: describeTransformJob,
  DescribeModel: describeModel,
}

function listTrainingJobs(world: World, call: Call, input: ListTrainingJobsCommandInput) {
  authorize(world, call, 'sagemaker:ListTrainingJobs', '*')
  const { shown, rest } = listed(world, call, world.modelJobs.training, input)
  return {
    TrainingJobSummaries: shown.map((job) => ({
      TrainingJobName: job.name,
      TrainingJobArn: job.arn,
      CreationTime: job.createdAt,
      TrainingEndTime: job.endedAt,
      LastModifiedTime: job.endedAt,
      TrainingJobStatus: 'Completed',
    })),
    ...rest,
  }
}

function describeTrainingJob(world: World, call: Call, input: DescribeTrainingJobCommandInput) {
  const job = trainingJobNamed(world, call, input.TrainingJobName, 'sagemaker:DescribeTrainingJob')
  return {
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    LabelingJobArn: job.labelingJobArn,
    TrainingJobStatus: 'Completed',
    SecondaryStatus: 'Completed',
    RoleArn: job.roleArn,
    ModelArtifacts: { S3ModelArtifacts: job.modelUri },
    OutputDataConfig: {
      ...(job.outputKey !== undefined && { KmsKeyId: job.outputKey }),
      S3OutputPath: job.outputUri,
    },
    ResourceConfig: {
      InstanceType: job.instanceType,
      InstanceCount: 1,
      VolumeSizeInGB: 50,
      ...(job.volumeKey !== undefined && { VolumeKmsKeyId: job.volumeKey }),
    },
    CreationTime: job.createdAt,
    TrainingEndTime: job.endedAt,
    LastModifiedTime: job.endedAt,
  }
}

/** All that was known of the job is gone; the name is free again. */
function deleteTrainingJob(world: World, call: Call, input: DescribeTrainingJobCommandInput) {
  const job = trainingJobNamed(world, call, input.TrainingJobName, 'sagemaker:DeleteTrainingJob')
  world.modelJobs.training.delete(job.arn)
  call.wrote()
  return {}
}

function listTransformJobs(world: World, call: Call, input: ListTransformJobsCommandInput) {
  authorize(world, call, 'sagemaker:ListTransformJobs', '*')
  const { shown, rest } = listed(world, call, world.modelJobs.transform, input)
  return {
    TransformJobSummaries: shown.map((job) => ({
      TransformJobName: job.name,
      TransformJobArn: job.arn,
      CreationTime: job.createdAt,
      TransformEndTime: job.endedAt,
      LastModifiedTime: job.endedAt,
      TransformJobStatus: 'Completed',
    })),
    ...rest,
  }
}

function describeTransformJob(world: World, call: Call, input: DescribeTransformJobCommandInput) {
  const arn = arnOf(world, call, 'transform-job', input.TransformJobName)
  authorize(world, call, 'sagemaker:DescribeTransformJob', arn)
  const job = world.modelJobs.transform.get(arn)
  if (job === undefined) throw notFound('transform job')
  return {
    TransformJobName: job.name,
    TransformJobArn: job.arn,
    LabelingJobArn: job.labelingJobArn,
    TransformJobStatus: 'Completed',
    ModelName: job.modelName,
    TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: job.inputUri } } },
    TransformOutput: {
      S3OutputPath: job.outputUri,
      ...(job.outputKey !== undefined && { KmsKeyId: job.outputKey }),
    },
    TransformResources: {
      InstanceType: job.instanceType,
      InstanceCount: 1,
      ...(job.volumeKey !== undefined && { VolumeKmsKeyId: job.volumeKey }),
    },
    CreationTime: job.createdAt,
    TransformStartTime: job.createdAt,
    TransformEndTime: job.endedAt,
  }
}

function describeModel(world: World, call: Call, input: DescribeModelCommandInput) {
  const arn = arnOf(world, call, 'model', input.ModelName)
  authorize(world, call, 'sagemaker:DescribeModel', arn)
  const model = world.modelJobs.models.get(arn)
  if (model === undefined) {
    throw new AwsFault('ValidationException', `Could not find model "${arn}".`)
  }
  return {
    ModelName: model.name,
    ModelArn: model.arn,
    PrimaryContainer: { Image: 'labeling-job-algorithm', ModelDataUrl: model.dataUri },
    ExecutionRoleArn: model.roleArn,
    CreationTime: model.createdAt,
  }
}

function trainingJobNamed(world: World, call: Call, name: string | undefined, action: string) {
  const arn = arnOf(world, call, 'training-job', name)
  authorize(world, call, action, arn)
  const job = world.modelJobs.training.get(arn)
  if (job === undefined) throw notFound('training job')
  return job
}

type ListInput = Pick<
  ListTrainingJobsCommandInput,
  | 'CreationTimeAfter'
  | 'CreationTimeBefore'
  | 'LastModifiedTimeAfter'
  | 'LastModifiedTimeBefore'
  | 'MaxResults'
  | 'NameContains'
  | 'NextToken'
  | 'SortOrder'
  | 'SortBy'
> & { readonly StatusEquals?: string | undefined }

/** Cuts a page out of the jobs of a region. A status is looked at after the cut, so that pages may be empty. */
function listed<Job extends FakeTrainingJob | FakeTransformJob>(
  world: World,
  call: Call,
  jobs: ReadonlyMap<string, Job>,
  input: ListInput,
) {
  const { NameContains = '', StatusEquals = 'Completed', SortBy = 'CreationTime', SortOrder } = input
  const here = arnOf(world, call, '', '').slice(0, -1)
  const sortKey = (job: Job) =>
    ({ Name: job.name, Status: 'Completed', CreationTime: job.createdAt.toISOString() })[SortBy]
  const found = [...jobs.values()]
    .filter(
      (job) =>
        job.arn.startsWith(here) &&
        job.name.includes(NameContains) &&
        isWithin(job.createdAt, input.CreationTimeAfter, input.CreationTimeBefore) &&
        isWithin(job.endedAt, input.LastModifiedTimeAfter, input.LastModifiedTimeBefore),
    )
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : sortKey(one) > sortKey(other) ? 1 : 0))
  if (SortOrder !== 'Ascending') found.reverse()
  const size = Math.min(input.MaxResults ?? 10, world.pageSize)
  const { shown, next } = page(found, size, input.NextToken, 'ValidationException')
  return {
    shown: shown.filter(() => StatusEquals === 'Completed'),
    rest: next === undefined ? {} : { NextToken: next },
  }
}

function arnOf(world: World, call: Call, kind: string, name = ''): string {
  return `arn:${world.partition}:sagemaker:${call.region}:${call.caller.account}:${kind}/${name.toLowerCase()}`
}

function notFound(what: string): AwsFault {
  return new AwsFault('ResourceNotFound', `Requested resource not found: the ${what} does not exist.`)
}
