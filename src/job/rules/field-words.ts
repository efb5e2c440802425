const NAME = 'letters, digits and hyphens, with a letter or a digit at both ends'
const S3_URI = 'a URI on one line, such as s3://bucket/key'
const TOPIC = 'a topic ARN: arn:aws:sns:<region>:<12 digits>:<name>'
const LAMBDA = 'a Lambda ARN: arn:aws:lambda:<region>:<12 digits>:function:<name>'
const KEY = 'letters, digits and : / _ -'
const ID = 'letters, digits and hyphens'
const TAG = 'letters, digits, spaces and _ . : / = + - @'

/** What AWS's patterns say, in words, by the name of the field. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  LabelingJobName: NAME,
  LabelAttributeName: NAME,
  ManifestS3Uri: S3_URI,
  S3OutputPath: S3_URI,
  LabelCategoryConfigS3Uri: S3_URI,
  UiTemplateS3Uri: S3_URI,
  SnsTopicArn: TOPIC,
  KmsKeyId: KEY,
  VolumeKmsKeyId: KEY,
  RoleArn: 'a role ARN: arn:aws:iam::<12 digits>:role/<path and name>',
  LabelingJobAlgorithmSpecificationArn: 'an ARN',
  InitialActiveLearningModelArn: 'a model ARN: arn:aws:sagemaker:<region>:<12 digits>:model/<name>',
  SecurityGroupIds: ID,
  Subnets: ID,
  WorkteamArn: 'a work team ARN: arn:aws:sagemaker:<region>:<12 digits>:workteam/<kind>-crowd/<name>',
  HumanTaskUiArn: 'a page ARN: arn:aws:sagemaker:<region>:<12 digits>:human-task-ui/<name>',
  PreHumanTaskLambdaArn: LAMBDA,
  AnnotationConsolidationLambdaArn: LAMBDA,
  TaskKeywords: 'letters and digits, with single spaces between words and no hyphen',
  TaskTitle: 'text without control characters and without emoji',
  TaskDescription: 'text on one line',
  Key: TAG,
  Value: TAG,
}
