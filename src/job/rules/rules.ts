import type { Rule } from './rule.js'

/**
 * The rules that no field's shape expresses: why they hold, what to do, and the AWS text they come from (`api`: in the
 * API reference; `guide`: a page of the developer guide; `source`: elsewhere). Those with `warns` are warnings: AWS
 * ignores the field, or its texts disagree.
 */
export const RULES = {
  'data-source-missing': {
    why: 'a job reads a manifest, a stream, or both',
    fix: 'Call .input() or .stream()',
    api: 'LabelingJobDataSource',
  },
  'bucket-capitals': {
    warns: true,
    why: 'no bucket has them but for old ones of us-east-1, made before March 2018',
    fix: 'Write the bucket in small letters',
    source: 'S3 user guide, bucketnamingrules',
  },
  'label-attribute-needs-ref': {
    why: 'the label of this task is a file, and its attribute name must end in -ref',
    fix: 'Call .labelAttribute() with a name that ends in -ref',
    api: 'LabelAttributeName',
  },
  'label-attribute-forbids-ref': {
    why: 'the label of this task is no file, and its attribute name must not end in -ref (older AWS texts demanded it for segmentation verification)',
    fix: 'Call .labelAttribute() with a name without -ref',
    api: 'LabelAttributeName',
    guide: 'sms-data-output',
  },
  'label-attribute-metadata': {
    why: 'Ground Truth writes its own metadata under such a name',
    fix: 'Call .labelAttribute() with a name that does not end in -metadata',
    api: 'LabelAttributeName',
  },
  'label-attribute-metadata-inside': {
    warns: true,
    why: 'one AWS text forbids -metadata at the end of the name only, another anywhere in it',
    fix: 'Call .labelAttribute() with a name without -metadata',
    api: 'LabelAttributeName',
    guide: 'sms-data-output',
  },
  'label-attribute-ref-unclear': {
    warns: true,
    why: 'AWS states no rule for custom tasks, and -ref says that the label is a file',
    fix: 'Keep -ref only where your Lambda writes the URI of a file',
    api: 'LabelAttributeName',
  },
  'label-attribute-reserved': {
    why: 'source and source-ref carry the data object itself',
    fix: 'Call .labelAttribute() with another name',
    guide: 'sms-reusing-data',
  },
  'ui-missing': {
    why: 'workers need a page: a template in S3, or one that AWS hosts',
    fix: 'Give the task a template',
    api: 'UiConfig',
  },
  'ui-both': {
    why: 'a template and a page that AWS hosts exclude one another',
    fix: 'Leave one of the two out',
    api: 'UiConfig',
  },
  'ui-needs-arn': {
    why: 'this task runs on a page that AWS hosts, not on a template',
    fix: 'Name the page with HumanTaskUiArn',
    api: 'UiConfig',
  },
  'ui-needs-template': {
    why: 'this task runs on a template of your own, not on a page that AWS hosts',
    fix: 'Give the task a template',
    api: 'UiConfig',
  },
  'ui-unknown': {
    why: 'AWS hosts six pages, named NamedEntityRecognition, VideoObjectDetection, VideoObjectTracking, PointCloudObjectDetection, PointCloudObjectTracking and PointCloudSemanticSegmentation (without the 3D that the Lambdas have)',
    fix: 'Name one of them, in the account 394669845002',
    api: 'UiConfig',
  },
  'ui-mismatch': {
    why: 'each task has one page that AWS hosts',
    fix: 'Name the page of the task',
    api: 'UiConfig',
  },
  'lambda-unknown': {
    why: 'AWS has no such Lambda; 23 names exist, each with PRE- and ACS-',
    fix: 'Use the constructor of the task, which names both Lambdas',
    api: 'HumanTaskConfig and AnnotationConsolidationConfig',
  },
  'lambda-swapped': {
    why: 'a PRE- Lambda prepares objects, an ACS- Lambda consolidates answers',
    fix: 'Put each Lambda in its own field',
    api: 'HumanTaskConfig and AnnotationConsolidationConfig',
  },
  'lambda-pair': {
    why: 'both Lambdas must belong to the same task',
    fix: 'Use the constructor of the task, which names both Lambdas',
    api: 'HumanTaskConfig and AnnotationConsolidationConfig',
  },
  'lambda-mixed': {
    warns: true,
    why: 'AWS documents its Lambdas in pairs, and custom tasks with Lambdas of their own or the pass-through ones',
    fix: 'Check that your Lambda understands what the other one writes',
    guide: 'sms-custom-templates-step3',
  },
  'lambda-half': {
    why: 'a built-in task needs both its Lambdas',
    fix: 'Use the constructor of the task, which names both Lambdas',
    api: 'HumanTaskConfig',
  },
  'lambda-account': {
    why: 'AWS keeps its Lambdas in one account per region',
    fix: 'Use the constructor of the task, which knows the account',
    api: 'HumanTaskConfig and AnnotationConsolidationConfig',
  },
  'region-not-supported': {
    why: 'AWS publishes the Lambdas of its tasks for 12 regions, and this is not one of them',
    fix: 'Run the job in one of those regions, or use custom() with Lambdas of your own',
    api: 'HumanTaskConfig',
  },
  'region-mismatch': {
    why: 'everything a job names must be in the region it runs in',
    fix: 'Name one in the region of the job',
    guide: 'sms-create-labeling-job-console and sms-streaming-create-job',
  },
  'partition-mismatch': {
    why: 'nothing crosses the partitions of AWS',
    fix: 'Name one in the partition of the job',
    source: 'AWS general reference, ARNs',
  },
  'auto-labeling-on-stream': {
    why: 'automated labeling reads a manifest',
    fix: 'Use .input(), or leave .autoLabeling() out',
    guide: 'sms-streaming-create-labeling-job-api',
  },
  'auto-labeling-not-available': {
    why: 'only single-label image classification, bounding box, semantic segmentation and single-label text classification have automated labeling',
    fix: 'Leave .autoLabeling() out',
    guide: 'sms-automated-labeling',
  },
  'algorithm-unknown': {
    why: 'there are four algorithms: image-classification, object-detection, semantic-segmentation, text-classification, in the account 027400017018',
    fix: 'Use .autoLabeling(), which names the algorithm of the task',
    api: 'LabelingJobAlgorithmsConfig',
  },
  'algorithm-mismatch': {
    why: 'the algorithm is that of the task',
    fix: 'Use .autoLabeling(), which names the algorithm of the task',
    api: 'LabelingJobAlgorithmsConfig',
  },
  'key-empty': {
    warns: true,
    why: 'AWS reads an empty string as no key',
    fix: 'Leave the field out',
    api: 'KmsKeyId',
  },
  'key-form': {
    why: 'a key is named by its id or its ARN',
    fix: 'Give the ARN of a customer managed key',
    api: 'KmsKeyId',
  },
  'key-aws-managed': {
    why: 'an alias that begins with alias/aws/ names a key of AWS, whose policy nobody can change',
    fix: 'Give a customer managed key, or leave the key out',
    guide: 'sms-security-kms-permissions',
  },
  'key-alias': {
    warns: true,
    why: 'AWS no longer lists aliases for this field',
    fix: 'Give the ARN of the key; .resolve() looks it up',
    api: 'LabelingJobOutputConfig',
  },
  'volume-key-alias': {
    why: 'AWS lists key ids and key ARNs for this field, no aliases',
    fix: 'Give the ARN of the key; volumeKey() takes an alias, and .resolve() looks it up',
    api: 'LabelingJobResourceConfig',
  },
  'team-kind': {
    why: 'a work team is private-crowd, vendor-crowd or public-crowd',
    fix: 'Copy the ARN of the team from the labeling workforces page',
    api: 'WorkteamArn',
  },
  'worker-count-one': {
    why: 'video frame and 3D point cloud tasks take one worker per object',
    fix: 'Leave perObject out, or give 1',
    guide: 'task pages of video frames and point clouds',
  },
  'time-limit': {
    why: 'a worker has 8 hours at most for image, text and custom tasks, 30 days for video frames and point clouds',
    fix: 'Give the task a shorter timeLimit, in seconds',
    api: 'TaskTimeLimitInSeconds',
  },
  'time-limit-unclear': {
    warns: true,
    why: 'the AWS texts disagree on the longest time limit of this task (the shorter one: 8 hours for video clips, 7 days for video frames and point clouds)',
    fix: 'Stay below the shorter one where you can',
    api: 'TaskTimeLimitInSeconds',
    guide: 'task pages',
  },
  availability: {
    why: 'tasks stay open 12 hours at most with the public workforce, 30 days with private and vendor teams',
    fix: 'Give .workers() a shorter availability, in seconds',
    api: 'TaskAvailabilityLifetimeInSeconds',
  },
  'concurrency-needs-quota': {
    warns: true,
    why: 'more than 1,000 objects at once need a raised quota',
    fix: 'Ask AWS Support first',
    api: 'MaxConcurrentTaskCount',
  },
  'public-team-closed': {
    warns: true,
    why: 'Amazon Mechanical Turk, the public workforce, was announced to close on 30 September 2026',
    fix: 'Use a private or vendor team',
    source: 'Amazon Mechanical Turk API reference, notice',
  },
  'price-missing': {
    why: 'the public workforce is paid by the task',
    fix: "Give .workers() a price, for instance { price: '0.036' }",
    guide: 'sms-create-labeling-job-api',
  },
  'price-ignored': {
    warns: true,
    why: 'only the public workforce is paid by the task',
    fix: 'Leave the price out',
    api: 'PublicWorkforceTaskPrice',
  },
  'price-not-listed': {
    why: 'AWS prints a closed list of prices for this task',
    fix: 'Give one of the listed prices',
    api: 'PublicWorkforceTaskPrice',
  },
  'public-needs-classifier': {
    why: 'a job for the public workforce fails unless its input is declared free of personal data',
    fix: "Give .input() contentClassifiers: ['FreeOfPersonallyIdentifiableInformation'], if that is so",
    guide: 'sms-workforce-management-public',
  },
  'public-team-task': {
    why: 'the public workforce does no video frame and no 3D point cloud tasks',
    fix: 'Use a private or vendor team',
    guide: 'sms-workforce-management-public',
  },
  'public-team-unknown': {
    why: 'the public workforce is one team: workteam/public-crowd/default in the account 394669845002',
    fix: 'Name that team, or a private or vendor team',
    guide: 'sms-workforce-management-public',
  },
  'vendor-team-vpc': {
    warns: true,
    why: 'AWS names private teams only for input that is restricted to a VPC',
    fix: 'Use a private team, or check that the vendor reaches your VPC',
    guide: 'samurai-vpc-labeling-job',
  },
  'public-team-vpc': {
    why: 'input that is restricted to a VPC needs a private team',
    fix: 'Use a private team',
    guide: 'samurai-vpc-labeling-job',
  },
  'stop-on-stream': {
    warns: true,
    why: 'a streaming job ignores stopping conditions',
    fix: 'Leave .stopWhen() out',
    guide: 'sms-streaming-create-labeling-job-api',
  },
  'output-topic-unused': {
    warns: true,
    why: 'AWS documents the output topic for streaming jobs only',
    fix: 'Leave the topic out, or use .stream()',
    api: 'LabelingJobOutputConfig',
  },
  'stream-same-place': {
    warns: true,
    why: 'output that falls where input is picked up may come back as input',
    fix: 'Use another place for the output',
    guide: 'sms-streaming-labeling-job',
  },
  'label-file-missing': {
    warns: true,
    why: 'the page of every built-in task asks for a label category file, though the API does not',
    fix: 'Give the task its labels',
    guide: 'sms-create-labeling-job-api',
  },
  'tag-reserved': {
    why: 'tag keys that begin with aws: belong to AWS',
    fix: 'Choose another key',
    source: 'AWS general reference, tags',
  },
  'tag-twice': {
    why: 'a tag key may be used once',
    fix: 'Leave one of them out',
    source: 'AWS general reference, tags',
  },
} as const satisfies Readonly<Record<string, Rule>>

/** The stable name of a rule. */
export type RuleCode = keyof typeof RULES
