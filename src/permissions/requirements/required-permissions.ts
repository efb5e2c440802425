import { formatValue, isPromise } from '../../errors/format-value.js'
import { isLabelingJobError, LabelingJobError } from '../../errors/labeling-job-error.js'
import { type RefusedCallData, refusedCall } from '../../errors/refused-call.js'
import type { JobLike, WholeJob } from '../../job/job-like.js'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { parseArn } from '../../names/arn.js'
import { type KeyPurpose, keyForm } from '../../names/kms-key.js'
import { parseRoleArn } from '../../names/role-arn.js'
import { makeShown, type Shown } from '../../show/shown.js'
import { keyRequirements } from './key-requirements.js'
import { type PermissionDocuments, permissionDocuments } from './permission-documents.js'
import type { Requirement } from './requirement.js'
import { PASSED_TO_SAGEMAKER, roleRequirements } from './role-requirements.js'

/** All that a labeling job needs. */
export interface RequiredPermissions extends Shown<object> {
  readonly roleArn: string
  readonly region: string
  readonly requirements: readonly Requirement[]
  /** Gives least-privilege IAM documents, ready for CDK or Terraform. */
  documents(): PermissionDocuments
}

/** What the requirements depend on and the job does not say. */
export interface RequiredPermissionsOptions {
  readonly region: string
  /** ARN of the key of the output topic, when it has one. */
  readonly topicKeyArn?: string
  /** ARNs of the keys that input objects, manifest, template or label file are encrypted with. */
  readonly inputKeyArns?: readonly string[]
}

const GUIDE_KEYS = 'developer guide, sms-security-kms-permissions'

const GUIDE_CALLER = 'developer guide, api-permissions-reference'

/**
 * Lists what a labeling job needs to be permitted: its role on keys, buckets, logs, Lambdas and topics, SageMaker on
 * the role, and whoever creates the job. Pure: reads nothing from AWS.
 *
 * @throws LabelingJobError `refused-call` when a key is named by an alias: IAM matches key ARNs only.
 * @throws LabelingJobError `invalid-name` when the role's ARN or an S3 address is none.
 *
 * @example
 * const required = requiredPermissions(await job.resolve(aws), { region: 'us-east-1' })
 * console.log(String(required)) // who needs what on which resource, and why
 * console.log(JSON.stringify(required.documents().rolePolicy))
 */
export function requiredPermissions<Job>(
  given: JobLike | WholeJob<Job>,
  options: RequiredPermissionsOptions,
): RequiredPermissions {
  const job = given as JobLike
  if (typeof job !== 'object' || job === null || isPromise(job))
    throw refusedCall(
      'requiredPermissions',
      `${formatValue(job)} is no job: give a job, a resolved job or a request`,
    )
  const region: unknown = options?.region
  if (typeof region !== 'string' || region === '')
    throw refusedCall(
      'requiredPermissions',
      "there is no region: give one, for instance { region: 'us-east-1' }",
    )
  const request = requestOf(job, region)
  if (typeof request.RoleArn !== 'string')
    throw refusedCall('requiredPermissions', 'the request names no role: set RoleArn, or call .role()')
  const requirements = Object.freeze(
    [
      ...trust(request),
      ...namedKeys(request, region),
      ...unnamedKeys(request, options),
      ...roleRequirements(request, region),
      ...caller(request, region),
    ].map((requirement) => Object.freeze(requirement)),
  )
  const roleArn = request.RoleArn
  return makeShown(
    { roleArn, region, requirements, documents: () => permissionDocuments(roleArn, requirements) },
    {
      text: () =>
        requirements
          .map(
            ({ who, action, resource, why }) => `${who.padEnd(10)}${action.padEnd(40)}${resource}  (${why})`,
          )
          .join('\n'),
    },
  )
}

function requestOf(job: JobLike, region: string): CreateLabelingJobRequest {
  if (!('toRequest' in job)) return 'request' in job ? job.request : job
  try {
    return job.toRequest({ region })
  } catch (thrown) {
    if (!isLabelingJobError(thrown, 'refused-call')) throw thrown
    const { why, data, cause } = thrown
    throw new LabelingJobError({
      code: 'refused-call',
      what: 'Cannot list the permissions of the job',
      why,
      fix: 'Give the value of await job.resolve(aws)',
      data,
      cause,
    })
  }
}

/** Gives the ARNs of the keys a request names. */
function keyArnsOf(
  request: CreateLabelingJobRequest,
  region: string,
): Readonly<Partial<Record<KeyPurpose, string>>> {
  const output = request.OutputConfig.KmsKeyId
  const volume = request.LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId
  return {
    ...(output && { output: keyArn(output, region, request.RoleArn) }),
    ...(volume && { volume: keyArn(volume, region, request.RoleArn) }),
  }
}

function keyArn(key: string, region: string, roleArn: string): string {
  const form = keyForm(key)
  if (form === 'key-arn') return key
  const { partition, account } = parseRoleArn(roleArn)
  if (form === 'key-id') return `arn:${partition}:kms:${region}:${account}:key/${key}`
  throw new LabelingJobError({
    code: 'refused-call',
    what: `Cannot list the permissions on ${key}`,
    why: 'an alias may point to another key tomorrow, and policies match key ARNs only',
    fix: 'Give the ARN of the key, or the request of job.resolve(aws)',
    data: { received: key, expected: 'a key ARN' } satisfies RefusedCallData,
  })
}

function trust({ RoleArn }: CreateLabelingJobRequest): Requirement[] {
  const why = 'SageMaker works under the execution role'
  const source = 'developer guide, sagemaker-roles'
  return [
    {
      who: 'sagemaker',
      action: 'sts:AssumeRole',
      resource: RoleArn,
      purpose: 'trust',
      essential: true,
      why,
      source,
    },
  ]
}

function namedKeys(request: CreateLabelingJobRequest, region: string): Requirement[] {
  const keys = keyArnsOf(request, region)
  return (['output', 'volume'] as const).flatMap((purpose) => {
    const keyArn = keys[purpose]
    if (keyArn === undefined) return []
    return keyRequirements(request.RoleArn, { [purpose]: keyArn }).map(({ action, essential, why }) => ({
      who: 'role' as const,
      action,
      resource: keyArn,
      purpose: `${purpose}-key` as const,
      essential,
      why,
      source: GUIDE_KEYS,
    }))
  })
}

function unnamedKeys(request: CreateLabelingJobRequest, options: RequiredPermissionsOptions): Requirement[] {
  const topic = request.OutputConfig.SnsTopicArn
  const topicKey = options.topicKeyArn ?? `<the key of ${topic}, when it has one>`
  const topicRights = topic === undefined ? [] : ['kms:Decrypt', 'kms:GenerateDataKey']
  return [
    ...topicRights.map((action) => ({
      who: 'role' as const,
      action,
      resource: topicKey,
      purpose: 'topic-key' as const,
      essential: options.topicKeyArn !== undefined,
      why: 'labels are published on an encrypted topic',
      source: 'developer guide, sms-create-sns-input-topic',
    })),
    ...(options.inputKeyArns ?? []).map((resource) => ({
      who: 'role' as const,
      action: 'kms:Decrypt',
      resource,
      purpose: 'input-key' as const,
      essential: true,
      why: 'input objects are read under their own key',
      source: 'inferred from sagemaker-roles, which says it for training jobs',
    })),
  ]
}

function caller(request: CreateLabelingJobRequest, region: string): Requirement[] {
  const { partition, account } = parseRoleArn(request.RoleArn)
  const jobArn = `arn:${partition}:sagemaker:${region}:${account}:labeling-job/${request.LabelingJobName.toLowerCase()}`
  const needs = (action: string, resource: string, why: string, source = GUIDE_CALLER): Requirement => ({
    who: 'caller',
    action,
    resource,
    purpose: 'create-job',
    essential: true,
    why,
    source,
  })
  const keys = [...new Set(Object.values(keyArnsOf(request, region)))].filter((arn) => parseArn(arn))
  return [
    needs('sagemaker:CreateLabelingJob', jobArn, 'whoever creates the job'),
    {
      ...needs('iam:PassRole', request.RoleArn, 'creating the job hands the role over'),
      condition: PASSED_TO_SAGEMAKER,
    },
    ...((request.Tags ?? []).length === 0
      ? []
      : [
          {
            ...needs('sagemaker:AddTags', jobArn, 'the job is given tags', 'inferred from training jobs'),
            essential: false,
          },
        ]),
    ...keys.map((arn) =>
      needs('kms:DescribeKey', arn, 'this library checks the key before it sends the job', 'this library'),
    ),
  ]
}
