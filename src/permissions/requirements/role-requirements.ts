import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { partitionOf } from '../../names/arn.js'
import { parseRoleArn } from '../../names/role-arn.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import { taskOfLambda } from '../../tasks/task-of-lambda.js'
import type { Requirement, RequirementPurpose } from './requirement.js'

/** Lets a role be handed to SageMaker only. */
export const PASSED_TO_SAGEMAKER = { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }

const GUIDE_ROLE = 'developer guide, sms-security-permission-execution-role'

/** Lists what the execution role needs beside its keys: buckets, logs, Lambdas, topics, queues, machines. */
export function roleRequirements(request: CreateLabelingJobRequest, region: string): readonly Requirement[] {
  return [
    ...automation(request),
    ...lambdas(request),
    ...storage(request, region),
    ...logs(request, region),
    ...stream(request, region),
  ]
}

function automation({ RoleArn, LabelingJobAlgorithmsConfig }: CreateLabelingJobRequest): Requirement[] {
  if (LabelingJobAlgorithmsConfig === undefined) return []
  const pass: Requirement = {
    ...roleNeeds('iam:PassRole', RoleArn, 'automated-labeling', 'it hands itself to the training jobs'),
    condition: PASSED_TO_SAGEMAKER,
  }
  if (LabelingJobAlgorithmsConfig.LabelingJobResourceConfig?.VpcConfig === undefined) return [pass]
  const network = [
    'ec2:CreateNetworkInterface',
    'ec2:CreateNetworkInterfacePermission',
    'ec2:DeleteNetworkInterface',
    'ec2:DeleteNetworkInterfacePermission',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeVpcs',
    'ec2:DescribeDhcpOptions',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ].map((action) => ({
    ...roleNeeds(action, '*', 'automated-labeling', 'machines of automated labeling join the VPC'),
    source: 'inferred from sagemaker-roles, which says it for training jobs',
  }))
  return [pass, ...network]
}

function lambdas({ HumanTaskConfig }: CreateLabelingJobRequest): Requirement[] {
  const arns = [
    HumanTaskConfig.PreHumanTaskLambdaArn,
    HumanTaskConfig.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
  ]
  return arns
    .filter((arn) => arn !== undefined && taskOfLambda(arn)?.ownedByAws !== true)
    .map((arn = '') =>
      roleNeeds('lambda:InvokeFunction', arn, 'custom-lambda', 'the job calls a Lambda of your own'),
    )
}

function storage(request: CreateLabelingJobRequest, region: string): Requirement[] {
  const { OutputConfig, InputConfig, HumanTaskConfig, LabelCategoryConfigS3Uri } = request
  const bucketArn = (uri: string) => `arn:${partitionOf(region)}:s3:::${parseS3Uri(uri).bucket}`
  const manifest = InputConfig.DataSource.S3DataSource?.ManifestS3Uri
  const files = [HumanTaskConfig.UiConfig.UiTemplateS3Uri, LabelCategoryConfigS3Uri]
  const output = bucketArn(OutputConfig.S3OutputPath)
  const read = [manifest, ...files].filter((uri) => uri !== undefined).map(bucketArn)
  return [...new Set([...read, output])].flatMap((bucket) => [
    roleNeeds('s3:ListBucket', bucket, 'storage', 'the job lists its bucket'),
    roleNeeds('s3:GetBucketLocation', bucket, 'storage', 'the job looks up where its bucket is'),
    roleNeeds('s3:GetObject', `${bucket}/*`, 'storage', 'the job reads its data'),
    ...['s3:PutObject', 's3:AbortMultipartUpload'].map((action) => ({
      ...roleNeeds(action, `${bucket}/*`, 'storage', 'the job writes its data'),
      essential: bucket === output,
    })),
  ])
}

function logs({ RoleArn }: CreateLabelingJobRequest, region: string): Requirement[] {
  // Labeling jobs log to /aws/sagemaker/LabelingJobs, the machines of automated labeling to groups beside it.
  const groups = `arn:${partitionOf(region)}:logs:${region}:${parseRoleArn(RoleArn).account}:log-group:/aws/sagemaker/*`
  const writes = [
    'logs:CreateLogStream',
    'logs:CreateLogGroup',
    'logs:DescribeLogStreams',
    'logs:PutLogEvents',
  ]
  return [
    // Metrics have no ARN.
    roleNeeds('cloudwatch:PutMetricData', '*', 'logs', 'the job counts what it does'),
    ...writes.map((action) => roleNeeds(action, groups, 'logs', 'the job logs what it does')),
  ].map((requirement) => ({ ...requirement, essential: false }))
}

function stream({ InputConfig, OutputConfig }: CreateLabelingJobRequest, region: string): Requirement[] {
  const input = InputConfig.DataSource.SnsDataSource?.SnsTopicArn
  const output = OutputConfig.SnsTopicArn
  const publish = output === undefined ? [] : [needsStream('sns:Publish', output, 'labels are published')]
  if (input === undefined) return publish
  // The guide's page prints an `arn:aws:sns:` endpoint, which no queue has; the managed policy has this one.
  const queues = `arn:${partitionOf(region)}:sqs:*:*:*GroundTruth*`
  return [
    {
      ...needsStream('sns:Subscribe', input, 'objects come through a queue on the topic'),
      condition: { StringEquals: { 'sns:Protocol': 'sqs' }, StringLike: { 'sns:Endpoint': queues } },
    },
    needsStream('sns:Publish', input, 'the guide lists it for both topics'),
    // This action knows no resource: on the ARN of a topic it would allow nothing.
    needsStream('sns:Unsubscribe', '*', 'the subscription ends with the job'),
    ...publish,
    ...[
      'CreateQueue',
      'DeleteMessage',
      'GetQueueAttributes',
      'GetQueueUrl',
      'ReceiveMessage',
      'SendMessage',
      'SetQueueAttributes',
    ].map((operation) => needsStream(`sqs:${operation}`, queues, 'the job makes and reads a queue')),
    {
      ...needsStream(
        's3:GetObject',
        `arn:${partitionOf(region)}:s3:::*/*`,
        'streamed objects may lie in any bucket',
      ),
      condition: { StringEqualsIgnoreCase: { 's3:ExistingObjectTag/SageMaker': 'true' } },
      essential: false,
    },
  ]
}

function needsStream(action: string, resource: string, why: string): Requirement {
  return roleNeeds(action, resource, 'stream', why)
}

function roleNeeds(action: string, resource: string, purpose: RequirementPurpose, why: string): Requirement {
  return { who: 'role', action, resource, purpose, essential: true, why, source: GUIDE_ROLE }
}
