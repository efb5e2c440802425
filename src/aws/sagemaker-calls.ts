/** The calls to SageMaker. */
export interface SageMakerCalls {
  'sagemaker:CreateLabelingJob': { input: object; output: { LabelingJobArn?: string } }
  'sagemaker:DescribeLabelingJob': { input: { LabelingJobName: string }; output: LabelingJobDescription }
  'sagemaker:StopLabelingJob': { input: { LabelingJobName: string }; output: object }
  'sagemaker:ListLabelingJobs': {
    input: {
      CreationTimeAfter?: Date
      CreationTimeBefore?: Date
      NameContains?: string
      StatusEquals?: LabelingJobStatus
      SortBy?: 'Name' | 'CreationTime' | 'Status'
      SortOrder?: 'Ascending' | 'Descending'
      MaxResults?: number
      NextToken?: string
    }
    output: { LabelingJobSummaryList?: LabelingJobSummary[]; NextToken?: string }
  }
  'sagemaker:ListTrainingJobs': {
    input: ListByCreationTime
    output: {
      TrainingJobSummaries?: { TrainingJobName?: string; TrainingJobArn?: string; CreationTime?: Date }[]
      NextToken?: string
    }
  }
  'sagemaker:DescribeTrainingJob': {
    input: { TrainingJobName: string }
    output: {
      TrainingJobName?: string
      TrainingJobArn?: string
      TrainingJobStatus?: string
      /** The labeling job that made it. */
      LabelingJobArn?: string
      RoleArn?: string
      CreationTime?: Date
      ResourceConfig?: { InstanceType?: string; InstanceCount?: number; VolumeKmsKeyId?: string }
      OutputDataConfig?: { S3OutputPath?: string; KmsKeyId?: string }
      ModelArtifacts?: { S3ModelArtifacts?: string }
    }
  }
  'sagemaker:ListTransformJobs': {
    input: ListByCreationTime
    output: {
      TransformJobSummaries?: { TransformJobName?: string; TransformJobArn?: string; CreationTime?: Date }[]
      NextToken?: string
    }
  }
  'sagemaker:DescribeTransformJob': {
    input: { TransformJobName: string }
    output: {
      TransformJobName?: string
      TransformJobArn?: string
      TransformJobStatus?: string
      /** The labeling job that made it. */
      LabelingJobArn?: string
      ModelName?: string
      CreationTime?: Date
      TransformResources?: { InstanceType?: string; InstanceCount?: number; VolumeKmsKeyId?: string }
      TransformOutput?: { S3OutputPath?: string; KmsKeyId?: string }
    }
  }
  'sagemaker:DescribeModel': {
    input: { ModelName: string }
    output: {
      ModelName?: string
      ModelArn?: string
      ExecutionRoleArn?: string
      CreationTime?: Date
      PrimaryContainer?: { Image?: string; ModelDataUrl?: string }
    }
  }
  'sagemaker:DescribeWorkteam': { input: { WorkteamName: string }; output: { Workteam?: Workteam } }
  'sagemaker:DescribeSubscribedWorkteam': {
    input: { WorkteamArn: string }
    output: { SubscribedWorkteam?: { WorkteamArn?: string; SellerName?: string } }
  }
  'sagemaker:RenderUiTemplate': {
    input: { UiTemplate: { Content: string }; Task: { Input: string }; RoleArn: string }
    output: { RenderedContent?: string; Errors?: { Code?: string; Message?: string }[] }
  }
}

export type LabelingJobStatus =
  | 'Initializing'
  | 'InProgress'
  | 'Completed'
  | 'Failed'
  | 'Stopping'
  | 'Stopped'

/** Counters of a labeling job. */
export interface LabelCounters {
  TotalLabeled?: number | undefined
  HumanLabeled?: number | undefined
  MachineLabeled?: number | undefined
  FailedNonRetryableError?: number | undefined
  Unlabeled?: number | undefined
}

/**
 * A DescribeLabelingJob answer: the request's fields, as sent or as filled in by AWS, and the job's state; `undefined` where
 * the SDK writes so.
 */
export interface LabelingJobDescription {
  LabelingJobStatus?: LabelingJobStatus | undefined
  LabelCounters?: LabelCounters | undefined
  FailureReason?: string | undefined
  CreationTime?: Date | undefined
  LastModifiedTime?: Date | undefined
  JobReferenceCode?: string | undefined
  LabelingJobName?: string | undefined
  LabelingJobArn?: string | undefined
  LabelAttributeName?: string | undefined
  InputConfig?: object | undefined
  OutputConfig?: object | undefined
  RoleArn?: string | undefined
  LabelCategoryConfigS3Uri?: string | undefined
  StoppingConditions?: object | undefined
  LabelingJobAlgorithmsConfig?: object | undefined
  HumanTaskConfig?: object | undefined
  Tags?: object[] | undefined
  LabelingJobOutput?:
    | {
        OutputDatasetS3Uri?: string | undefined
        FinalActiveLearningModelArn?: string | undefined
      }
    | undefined
}

/** A window of time, and where in it a list goes on. */
interface ListByCreationTime {
  CreationTimeAfter?: Date
  CreationTimeBefore?: Date
  SortBy?: 'CreationTime'
  SortOrder?: 'Ascending' | 'Descending'
  MaxResults?: number
  NextToken?: string
}

/** One row of ListLabelingJobs. */
export interface LabelingJobSummary {
  LabelingJobName?: string
  LabelingJobArn?: string
  CreationTime?: Date
  LastModifiedTime?: Date
  LabelingJobStatus?: LabelingJobStatus
  LabelCounters?: LabelCounters
  WorkteamArn?: string
  FailureReason?: string
}

/** A work team as SageMaker gives it. */
export interface Workteam {
  WorkteamName?: string
  WorkteamArn?: string
  MemberDefinitions?: {
    CognitoMemberDefinition?: { UserPool?: string; UserGroup?: string }
    OidcMemberDefinition?: { Groups?: string[] }
  }[]
  SubDomain?: string
}
