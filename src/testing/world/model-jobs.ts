/** The training jobs, transform jobs and models that automated labeling makes, by ARN. */
export interface ModelJobs {
  readonly training: Map<string, FakeTrainingJob>
  readonly transform: Map<string, FakeTransformJob>
  readonly models: Map<string, FakeModel>
}

interface FakeModelJob {
  readonly arn: string
  readonly name: string
  readonly labelingJobArn: string
  readonly createdAt: Date
  readonly endedAt: Date
  /** The key of the volumes, if the labeling job names one. */
  readonly volumeKey: string | undefined
  readonly outputKey: string | undefined
  readonly instanceType: string
  /** `s3://` address of the folder for what it makes. */
  readonly outputUri: string
}

/** A training job of automated labeling; it has ended when it is first seen. */
export interface FakeTrainingJob extends FakeModelJob {
  readonly roleArn: string
  readonly modelUri: string
}

/** A transform job of automated labeling; it has ended when it is first seen. */
export interface FakeTransformJob extends FakeModelJob {
  readonly modelName: string
  readonly inputUri: string
}

/** A model of SageMaker. */
interface FakeModel {
  readonly arn: string
  readonly name: string
  readonly createdAt: Date
  readonly roleArn: string
  readonly dataUri: string
}
