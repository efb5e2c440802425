import type { Aws, AwsClient } from '../../src/aws/aws.js'
import type { CorsRule } from '../../src/aws/s3-calls.js'
import { boundingBox, labelingJob, outputKey, volumeKey } from '../../src/index.js'
import type { PolicyDocument } from '../../src/permissions/index.js'

export const REGION = 'us-east-1'

/** An AWS, real or double, with what the suite needs to set things up in it. */
export interface Place {
  readonly account: string
  readonly aws: Aws
  /** Senders for commands that the library itself never sends. */
  readonly kms: AwsClient
  readonly s3: AwsClient
  key(setup?: KeyToMake): Promise<{ readonly keyId: string; readonly keyArn: string }>
  /** Makes a role, long enough ago to be known everywhere. */
  role(setup?: RoleToMake): Promise<string>
  bucket(name: string, setup?: BucketToMake): Promise<void>
  /** Makes a topic and gives its ARN. */
  topic(setup: { readonly name: string; readonly key?: string }): Promise<string>
  /** Makes a Lambda function that a principal may invoke by its policy, and gives its ARN. */
  lambda(setup: { readonly name: string; readonly invokedBy: string }): Promise<string>
  /** Whether it is a double that differs from AWS as `KNOWN_DIFFERENCES` says. */
  readonly differs: boolean
}

interface BucketToMake {
  readonly versions?: boolean
  readonly policy?: PolicyDocument
  readonly region?: string
  /** ARN of the key of its default encryption. */
  readonly defaultKey?: string
  readonly cors?: readonly CorsRule[]
}

export interface KeyToMake {
  readonly alias?: string
  /** Default: the account's IAM policies decide. */
  readonly policy?: PolicyDocument | string
}

export interface RoleToMake {
  readonly name?: string
  /** Default: sagemaker.amazonaws.com may assume the role. */
  readonly trust?: PolicyDocument
  readonly inline?: Readonly<Record<string, PolicyDocument>>
  readonly attached?: readonly { readonly name: string; readonly document: PolicyDocument }[]
  readonly boundary?: PolicyDocument
  readonly tags?: Readonly<Record<string, string>>
}

export const ROLE_PATH = '/service-role/'

export const TRUST_SAGEMAKER: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
}

let made = 0

/** Gives a name that no other test uses. */
export function unique(word: string): string {
  made += 1
  return `${word}-${made}`
}

/** A job of the role on its keys, with automated labeling when there is a volume key. */
export function jobOf(roleArn: string, output: string, volume?: string) {
  const job = labelingJob('signs')
    .task(
      boundingBox({
        title: 'Box signs',
        description: 'One box each',
        template: 's3://gt/box.html',
        labels: 's3://gt/labels.json',
      }),
    )
    .input('s3://gt/in.manifest')
    .output('s3://gt/out/', outputKey(output))
    .role(roleArn as `arn:${string}:iam::${string}:role/${string}`)
    .workers(`arn:aws:sagemaker:${REGION}:111122223333:workteam/private-crowd/vision`)
  return volume === undefined ? job : job.autoLabeling(volumeKey(volume))
}

/** A key policy that names its administrator and services only, so that IAM policies count for nothing. */
export async function policyWithoutDelegation({ aws, account }: Place): Promise<string> {
  const { Arn } = await aws.call('sts:GetCallerIdentity', {})
  const policy = {
    Version: '2012-10-17',
    Id: 'gt-keys',
    Statement: [
      { Sid: 'Key administration', Effect: 'Allow', Principal: { AWS: Arn }, Action: 'kms:*', Resource: '*' },
      {
        Sid: 'Logs of labelers',
        Effect: 'Allow',
        Principal: { Service: `logs.${REGION}.amazonaws.com` },
        Action: ['kms:Encrypt*', 'kms:Decrypt*'],
        Resource: '*',
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${account}:log-group:gt*`,
          },
        },
      },
      {
        Sid: 'Nobody deletes it',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'kms:ScheduleKeyDeletion',
        Resource: '*',
      },
    ],
  }
  return JSON.stringify(policy, null, 2)
}

/** A policy that allows some actions on everything. */
export function allow(...actions: readonly string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }
}

/** So many policies that IAM lists them in two pages, within its quota on their characters. */
export function manyPolicies(count: number): Record<string, PolicyDocument> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${1_000 + index}`, allow('s3:*')]))
}

/** The text of a key policy. */
export async function keyPolicyOf({ aws }: Place, keyArn: string): Promise<string> {
  const { Policy = '' } = await aws.call('kms:GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' })
  return Policy
}

/** The inline policies of a role, decoded. */
export async function inlinePoliciesOf({ aws }: Place, roleArn: string): Promise<Record<string, string>> {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const policies: Record<string, string> = {}
  let Marker: string | undefined
  do {
    const page = await aws.call('iam:ListRolePolicies', { RoleName, ...(Marker !== undefined && { Marker }) })
    for (const PolicyName of page.PolicyNames ?? []) {
      const { PolicyDocument = '' } = await aws.call('iam:GetRolePolicy', { RoleName, PolicyName })
      policies[PolicyName] = decodeURIComponent(PolicyDocument)
    }
    Marker = page.IsTruncated ? page.Marker : undefined
  } while (Marker !== undefined)
  return policies
}
