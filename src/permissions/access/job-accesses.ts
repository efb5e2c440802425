import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { parseArn, partitionOf } from '../../names/arn.js'
import { parseS3Uri, withoutEndSlashes } from '../../names/s3-uri.js'
import { taskOfLambda } from '../../tasks/task-of-lambda.js'
import type { CallPath, ContextValues } from '../evaluate/question.js'
import type { Access, AccessPurpose } from './access.js'

/** What a job's accesses depend on and its request does not say. */
export interface JobFacts {
  readonly region: string
  /** S3 addresses of input objects that are to be looked at. */
  readonly objects?: readonly string[]
  /** ARNs of the keys that manifest, template, label categories and input objects turned out to be under. */
  readonly inputKeyArns?: readonly string[]
  /** ARN of the key of the output topic. */
  readonly topicKeyArn?: string | undefined
  /** Whether somebody is to read the labels. */
  readonly reader?: boolean
}

/**
 * Lists what must be allowed on buckets, objects, input keys, Lambdas and topics for a job to run: to its role as the
 * developer guide asks (sms-security-permission-execution-role), and to whoever creates it. The keys that the job names
 * are not in it: `checkPermissions()` decides on them. Pure.
 */
export function jobAccesses(request: CreateLabelingJobRequest, facts: JobFacts): readonly Access[] {
  return [
    ...reads(request, facts),
    ...output(request, facts.region),
    ...inputKeys(facts),
    ...lambdas(request),
    ...topic(request, facts),
    ...queue(request, facts.region),
    ...automation(request),
    ...caller(request, facts.region),
    ...(facts.reader === true ? reader(request, facts.region) : []),
  ]
}

/** Gives the name of every bucket that a job names, and that its objects lie in. */
export function bucketsOf(
  request: CreateLabelingJobRequest,
  objects: readonly string[] = [],
): readonly string[] {
  const { OutputConfig, InputConfig, HumanTaskConfig, LabelCategoryConfigS3Uri } = request
  const uris = [
    OutputConfig.S3OutputPath,
    InputConfig.DataSource.S3DataSource?.ManifestS3Uri,
    HumanTaskConfig.UiConfig.UiTemplateS3Uri,
    LabelCategoryConfigS3Uri,
    ...objects,
  ]
  return [...new Set(uris.filter((uri) => uri !== undefined).map((uri) => parseS3Uri(uri).bucket))]
}

/** Gives the Lambdas of a job that are not AWS's own. */
export function customLambdasOf({ HumanTaskConfig }: CreateLabelingJobRequest): readonly string[] {
  const arns = [
    HumanTaskConfig.PreHumanTaskLambdaArn,
    HumanTaskConfig.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
  ].filter((arn) => arn !== undefined)
  return [...new Set(arns.filter((arn) => taskOfLambda(arn)?.ownedByAws !== true))]
}

/** Gives the ARN of an object, or of a bucket. */
function s3Arn(uri: string, region: string): string {
  const { bucket, key } = parseS3Uri(uri)
  return `arn:${partitionOf(region)}:s3:::${bucket}${key === '' ? '' : `/${key}`}`
}

function reads(request: CreateLabelingJobRequest, { region, objects = [] }: JobFacts): readonly Access[] {
  const { InputConfig, HumanTaskConfig, LabelCategoryConfigS3Uri } = request
  const manifest = InputConfig.DataSource.S3DataSource?.ManifestS3Uri
  const files: readonly (readonly [AccessPurpose, string | undefined, string])[] = [
    ['manifest', manifest, 'the job reads its manifest'],
    ['label-categories', LabelCategoryConfigS3Uri, 'the job reads its label categories'],
    ['template', HumanTaskConfig.UiConfig.UiTemplateS3Uri, 'the job reads the page for its workers'],
    ...[...new Set(objects)].map(
      (uri) => ['input-object', uri, 'the job reads it, and signs its address for workers'] as const,
    ),
  ]
  const buckets = bucketsOf(request, objects).map((name) => `arn:${partitionOf(region)}:s3:::${name}`)
  return [
    ...buckets.flatMap((arn) => [
      ofRole('s3:ListBucket', arn, 'bucket', 'the guide asks for it on the buckets of a job'),
      ofRole('s3:GetBucketLocation', arn, 'bucket', 'the job looks up where its bucket is'),
    ]),
    ...files.flatMap(([purpose, uri, why]) =>
      uri === undefined ? [] : [ofRole('s3:GetObject', s3Arn(uri, region), purpose, why)],
    ),
  ]
}

function output(request: CreateLabelingJobRequest, region: string): readonly Access[] {
  const folder = outputFolder(request, region)
  const under = (action: string, why: string) => ({ ...ofRole(action, folder, 'output', why), goesOn: true })
  return [
    {
      ...under('s3:PutObject', 'the job writes its labels'),
      forms: uploadForms(request.OutputConfig.KmsKeyId),
    },
    under('s3:AbortMultipartUpload', 'the job gives up uploads that fail'),
    under('s3:GetObject', 'the job reads what it wrote, batch by batch'),
  ]
}

/** Everything that a job writes begins with this. */
function outputFolder({ OutputConfig, LabelingJobName }: CreateLabelingJobRequest, region: string): string {
  return `${withoutEndSlashes(s3Arn(OutputConfig.S3OutputPath, region))}/${LabelingJobName}/`
}

/** The condition keys of the headers by which an upload says how it is encrypted, and with which key. */
export const ENCRYPTION = 's3:x-amz-server-side-encryption'
export const ENCRYPTION_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id'

/**
 * What uploads of a job say of encryption; the first form is the one that AWS documents. Jobs use SSE-KMS, and a bucket
 * policy that takes nothing else is to ask for `aws:kms` (SageMaker API reference, LabelingJobOutputConfig). That an upload
 * names the job's key follows, as S3 takes a key of KMS by no other way than its name, or the bucket's default (S3 user
 * guide, "Specifying server-side encryption with AWS KMS"), but no page says so of each, and what a job without a key
 * sends was never observed: each is asked in a second form.
 */
export function uploadForms(key: string | undefined): readonly CallPath[] {
  const underKms = { [ENCRYPTION]: 'aws:kms' }
  if (key === undefined)
    return [
      { name: 'as SSE-KMS', context: underKms, absentContextKeys: [ENCRYPTION_KEY] },
      { name: 'without a word on encryption', context: {}, absentContextKeys: [ENCRYPTION, ENCRYPTION_KEY] },
    ]
  const isArn = parseArn(key) !== undefined
  return [
    { name: 'naming the output key', context: isArn ? { ...underKms, [ENCRYPTION_KEY]: key } : underKms },
    { name: 'naming no key', context: underKms, absentContextKeys: [ENCRYPTION_KEY] },
  ]
}

function inputKeys({ inputKeyArns = [] }: JobFacts): readonly Access[] {
  return [...new Set(inputKeyArns)].map((arn) => ({
    ...ofRole('kms:Decrypt', arn, 'input-key', 'objects that the job reads are encrypted with it'),
    forms: [through('s3', arn)],
  }))
}

/**
 * Objects are decrypted by S3 and messages encrypted by SNS, which call KMS for whoever reads or publishes (S3 user guide,
 * "Using server-side encryption with KMS"; SNS developer guide, "Key management"; KMS developer guide, `kms:ViaService`).
 */
function through(service: 's3' | 'sns', keyArn: string): CallPath {
  const region = parseArn(keyArn)?.region ?? ''
  return { name: `via-${service}`, context: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } }
}

function lambdas(request: CreateLabelingJobRequest): readonly Access[] {
  return customLambdasOf(request).map((arn) =>
    ofRole('lambda:InvokeFunction', arn, 'lambda', 'the job calls it for every object, or for its answers'),
  )
}

function topic({ OutputConfig }: CreateLabelingJobRequest, { topicKeyArn }: JobFacts): readonly Access[] {
  const { SnsTopicArn } = OutputConfig
  if (SnsTopicArn === undefined) return []
  return [
    ofRole('sns:Publish', SnsTopicArn, 'topic', 'the job publishes its labels there'),
    ...(topicKeyArn === undefined
      ? []
      : ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
          ...ofRole(action, topicKeyArn, 'topic-key', 'the topic is encrypted with it'),
          forms: [through('sns', topicKeyArn)],
        }))),
  ]
}

/** The queue on the topic of a stream is made by the job, under a name of its own, and subscribed to the topic. */
function queue(
  { InputConfig, RoleArn, LabelingJobName }: CreateLabelingJobRequest,
  region: string,
): readonly Access[] {
  const topic = InputConfig.DataSource.SnsDataSource?.SnsTopicArn
  if (topic === undefined) return []
  const { account = '' } = parseArn(RoleArn) ?? {}
  const resourceArn = `arn:${partitionOf(region)}:sqs:${region}:${account}:`
  const endpoint = `${resourceArn}GroundTruth-${LabelingJobName.toLowerCase()}`
  const context = { 'sns:Protocol': 'sqs', 'sns:Endpoint': endpoint }
  return [
    {
      ...ofRole('sns:Subscribe', topic, 'input-topic', 'objects come through a queue on the topic'),
      forms: [{ name: 'for the queue', context }],
    },
    ...QUEUE_ACTIONS.map((action) => ({
      ...ofRole(action, resourceArn, 'queue', 'the job makes a queue on the topic, and reads it'),
      goesOn: true,
      word: 'GroundTruth',
    })),
  ]
}

/** What the guide lists (sms-security-permission-execution-role). */
const QUEUE_ACTIONS = [
  'sqs:CreateQueue',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
  'sqs:SetQueueAttributes',
]

const TO_SAGEMAKER: readonly CallPath[] = [
  { name: 'to SageMaker', context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
]

function automation({ RoleArn, LabelingJobAlgorithmsConfig }: CreateLabelingJobRequest): readonly Access[] {
  if (LabelingJobAlgorithmsConfig === undefined) return []
  const why = 'with automated labeling the role is handed to training jobs'
  return [{ ...ofRole('iam:PassRole', RoleArn, 'pass-role', why), forms: TO_SAGEMAKER }]
}

function tagContext({ Tags: tags = [] }: CreateLabelingJobRequest): ContextValues {
  if (tags.length === 0) return {}
  return {
    'aws:TagKeys': tags.map(({ Key }) => Key),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  }
}

function caller(request: CreateLabelingJobRequest, region: string): readonly Access[] {
  const { RoleArn, LabelingJobName, OutputConfig, HumanTaskConfig, LabelingJobAlgorithmsConfig } = request
  const { account = '' } = parseArn(RoleArn) ?? {}
  const jobArn = `arn:${partitionOf(region)}:sagemaker:${region}:${account}:labeling-job/${LabelingJobName.toLowerCase()}`
  const team = HumanTaskConfig.WorkteamArn
  const volumeKey = LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId
  const context = {
    'sagemaker:WorkteamArn': team,
    'sagemaker:WorkteamType': /:workteam\/([a-z-]+)\//.exec(team)?.[1] ?? 'private-crowd',
    ...(OutputConfig.KmsKeyId !== undefined && { 'sagemaker:OutputKmsKeyArn': OutputConfig.KmsKeyId }),
    ...(volumeKey !== undefined && { 'sagemaker:VolumeKmsKeyArn': volumeKey }),
    ...tagContext(request),
  }
  return [
    {
      who: 'caller',
      action: 'sagemaker:CreateLabelingJob',
      resourceArn: jobArn,
      forms: [{ name: 'as the job is', context }],
      purpose: 'create-job',
      why: 'the job is created with it',
    },
    {
      who: 'caller',
      action: 'iam:PassRole',
      resourceArn: RoleArn,
      forms: TO_SAGEMAKER,
      purpose: 'pass-role',
      why: 'whoever creates the job hands the execution role to SageMaker',
    },
  ]
}

function reader(request: CreateLabelingJobRequest, region: string): readonly Access[] {
  const key = request.OutputConfig.KmsKeyId
  const ofReader = { who: 'reader', purpose: 'read-labels' } as const
  return [
    {
      ...ofReader,
      action: 's3:GetObject',
      resourceArn: outputFolder(request, region),
      goesOn: true,
      why: 'the labels are read from there',
    },
    ...(key === undefined || parseArn(key) === undefined
      ? []
      : [
          {
            ...ofReader,
            action: 'kms:Decrypt',
            resourceArn: key,
            forms: [through('s3', key)],
            why: 'the labels are encrypted with it',
          },
        ]),
  ]
}

function ofRole(action: string, resourceArn: string, purpose: AccessPurpose, why: string): Access {
  return { who: 'role', action, resourceArn, purpose, why }
}
