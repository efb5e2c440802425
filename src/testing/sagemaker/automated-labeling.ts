import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import type { World } from '../world/world.js'
import type { OutputWriter } from './output-writer.js'

/** The part of a labeling job that its training depends on. */
interface AutomatedJob {
  readonly arn: string
  readonly request: CreateLabelingJobRequest
  readonly referenceCode: string
  readonly modelArn: string
}

const INSTANCE = 'ml.p3.2xlarge'

/**
 * Trains a model on what people labeled and runs it over the rest: one training job, one transform job, and a model,
 * which name the labeling job. AWS does not say how it names them; here the names do not tell which job they are of.
 */
export function trainModel(
  world: World,
  job: AutomatedJob,
  writer: OutputWriter,
  { from, to }: { readonly from: Date; readonly to: Date },
): void {
  const { OutputConfig, LabelingJobAlgorithmsConfig, RoleArn } = job.request
  const stem = `DataLabeling-${job.referenceCode.slice(0, 12)}`
  const arnOf = (kind: string, name: string) =>
    `${job.arn.split(':').slice(0, 5).join(':')}:${kind}/${name.toLowerCase()}`
  const common = {
    labelingJobArn: job.arn,
    createdAt: from,
    endedAt: to,
    volumeKey: LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId || undefined,
    outputKey: OutputConfig.KmsKeyId || undefined,
    instanceType: INSTANCE,
  }
  const training = `${stem}-train-1`
  const transform = `${stem}-infer-1`
  const modelName = job.modelArn.slice(job.modelArn.indexOf('/') + 1)

  writer.write('activelearning/iteration-1/validation.manifest', '', from)
  writer.write('training/iteration-1/input/train.manifest', '', from)
  const modelUri = writer.write(`training/iteration-1/output/${training}/output/model.tar.gz`, 'model', to)
  const inputUri = writer.write('inference/iteration-1/input/unlabeled.manifest', '', from)
  const outputUri = writer.write('inference/iteration-1/output/unlabeled.manifest.out', '', to)

  const trainingArn = arnOf('training-job', training)
  world.modelJobs.training.set(trainingArn, {
    ...common,
    arn: trainingArn,
    name: training,
    roleArn: RoleArn,
    outputUri: modelUri.slice(0, modelUri.indexOf(`/${training}/`)),
    modelUri,
  })
  const transformArn = arnOf('transform-job', transform)
  world.modelJobs.transform.set(transformArn, {
    ...common,
    arn: transformArn,
    name: transform,
    modelName,
    inputUri,
    outputUri: outputUri.slice(0, outputUri.lastIndexOf('/')),
  })
  world.modelJobs.models.set(job.modelArn, {
    arn: job.modelArn,
    name: modelName,
    createdAt: to,
    roleArn: RoleArn,
    dataUri: modelUri,
  })
}
