// Generated from @aws-sdk/client-sagemaker 3.1142.0. Regenerate: node scripts/generate-tables.mjs

/** The account that owns the Lambdas of built-in tasks, by region. */
export const LAMBDA_ACCOUNTS = {
  'ap-northeast-1': '477331159723',
  'ap-northeast-2': '845288260483',
  'ap-south-1': '565803892007',
  'ap-southeast-1': '377565633583',
  'ap-southeast-2': '454466003867',
  'ca-central-1': '918755190332',
  'eu-central-1': '203001061592',
  'eu-west-1': '568282634449',
  'eu-west-2': '487402164563',
  'us-east-1': '432418664414',
  'us-east-2': '266458841044',
  'us-west-2': '081040173940',
} as const

/** What stands after `PRE-` and `ACS-` in the names of those Lambdas. */
export const LAMBDA_STEMS = [
  '3DPointCloudObjectDetection',
  '3DPointCloudObjectTracking',
  '3DPointCloudSemanticSegmentation',
  'Adjustment3DPointCloudObjectDetection',
  'Adjustment3DPointCloudObjectTracking',
  'Adjustment3DPointCloudSemanticSegmentation',
  'AdjustmentBoundingBox',
  'AdjustmentSemanticSegmentation',
  'AdjustmentVideoObjectDetection',
  'AdjustmentVideoObjectTracking',
  'BoundingBox',
  'ImageMultiClass',
  'ImageMultiClassMultiLabel',
  'NamedEntityRecognition',
  'PassThrough',
  'SemanticSegmentation',
  'TextMultiClass',
  'TextMultiClassMultiLabel',
  'VerificationBoundingBox',
  'VerificationSemanticSegmentation',
  'VideoMultiClass',
  'VideoObjectDetection',
  'VideoObjectTracking',
] as const

/** The account that owns the pages AWS hosts for workers. */
export const HUMAN_TASK_UI_ACCOUNT = '394669845002' as const

/** The pages AWS hosts for workers. */
export const HUMAN_TASK_UI_NAMES = [
  'NamedEntityRecognition',
  'PointCloudObjectDetection',
  'PointCloudObjectTracking',
  'PointCloudSemanticSegmentation',
  'VideoObjectDetection',
  'VideoObjectTracking',
] as const

/** The account that owns the algorithms of automated labeling. */
export const ALGORITHM_ACCOUNT = '027400017018' as const

/** The algorithms of automated labeling. */
export const ALGORITHM_NAMES = ['image-classification', 'object-detection', 'semantic-segmentation', 'text-classification'] as const
