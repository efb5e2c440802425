import type { JsonObject } from '../../json/json.js'

/**
 * The body of CreateLabelingJob. Our own small interface: importing the SDK's type would add some 900 files to
 * every consumer's type check. A type test keeps it assignable to `CreateLabelingJobCommandInput`.
 */
export interface CreateLabelingJobRequest {
  LabelingJobName: string
  LabelAttributeName: string
  InputConfig: {
    DataSource: {
      S3DataSource?: { ManifestS3Uri: string }
      SnsDataSource?: { SnsTopicArn: string }
    }
    DataAttributes?: { ContentClassifiers?: ContentClassifier[] }
  }
  OutputConfig: { S3OutputPath: string; KmsKeyId?: string; SnsTopicArn?: string }
  RoleArn: string
  LabelCategoryConfigS3Uri?: string
  StoppingConditions?: {
    MaxHumanLabeledObjectCount?: number
    MaxPercentageOfInputDatasetLabeled?: number
  }
  LabelingJobAlgorithmsConfig?: {
    LabelingJobAlgorithmSpecificationArn: string
    InitialActiveLearningModelArn?: string
    LabelingJobResourceConfig?: {
      VolumeKmsKeyId?: string
      VpcConfig?: { SecurityGroupIds: string[]; Subnets: string[] }
    }
  }
  HumanTaskConfig: {
    WorkteamArn: string
    UiConfig: { UiTemplateS3Uri?: string; HumanTaskUiArn?: string }
    PreHumanTaskLambdaArn?: string
    TaskKeywords?: string[]
    TaskTitle: string
    TaskDescription: string
    NumberOfHumanWorkersPerDataObject: number
    TaskTimeLimitInSeconds: number
    TaskAvailabilityLifetimeInSeconds?: number
    MaxConcurrentTaskCount?: number
    AnnotationConsolidationConfig?: { AnnotationConsolidationLambdaArn: string }
    PublicWorkforceTaskPrice?: {
      AmountInUsd?: { Dollars?: number; Cents?: number; TenthFractionsOfACent?: number }
    }
  }
  Tags?: { Key: string; Value: string }[]
}

/** What a job's owner states about the input data. */
export type ContentClassifier = 'FreeOfPersonallyIdentifiableInformation' | 'FreeOfAdultContent'

/**
 * A request in the making or from elsewhere: any part may be missing, of the wrong type, or unknown to this
 * version of the library. Rules read it, and nothing is lost from it.
 */
export type RequestDraft = JsonObject
