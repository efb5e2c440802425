import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  type BucketLocationConstraint,
  type CORSRule,
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import type { Clock } from '../../src/aws/aws.js'
import { connect } from '../../src/index.js'
import type { PolicyDocument } from '../../src/permissions/index.js'
import {
  type KeyToMake,
  type Place,
  REGION,
  ROLE_PATH,
  type RoleToMake,
  TRUST_SAGEMAKER,
  unique,
} from './place.js'

const HOUR = 3_600_000

const TRUST_LAMBDA = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
}

/** An archive with nothing in it: the end of its directory. */
const EMPTY_ZIP = new Uint8Array([0x50, 0x4b, 5, 6, ...Array.from({ length: 18 }, () => 0)])

/** Opens a moto server through the real clients, over HTTP. */
export async function openMoto(endpoint: string): Promise<Place> {
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
  const configuration = { region: REGION, endpoint, credentials }
  const kms = new KMSClient(configuration)
  const iam = new IAMClient(configuration)
  const s3 = new S3Client({ ...configuration, forcePathStyle: true })
  const sns = new SNSClient(configuration)
  const lambda = new LambdaClient(configuration)
  const policy = async (name: string, document: PolicyDocument) => {
    const command = new CreatePolicyCommand({ PolicyName: name, PolicyDocument: JSON.stringify(document) })
    return (await iam.send(command)).Policy?.Arn
  }
  return {
    account: '123456789012',
    aws: connect({ ...configuration, clock: unhurriedClock() }),
    kms,
    s3,
    key: (setup = {}) => makeKey(kms, setup),
    async role({
      name: RoleName = unique('GtExec'),
      trust = TRUST_SAGEMAKER,
      inline = {},
      attached = [],
      boundary,
      tags = {},
    }: RoleToMake = {}) {
      const boundaryArn = boundary && (await policy(`${RoleName}Boundary`, boundary))
      const command = new CreateRoleCommand({
        RoleName,
        Path: ROLE_PATH,
        AssumeRolePolicyDocument: JSON.stringify(trust),
        PermissionsBoundary: boundaryArn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })
      const { Role } = await iam.send(command)
      for (const [PolicyName, document] of Object.entries(inline)) {
        const PolicyDocument = JSON.stringify(document)
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
      }
      for (const { name, document } of attached) {
        const PolicyArn = await policy(name, document)
        await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
      }
      return Role?.Arn ?? ''
    },
    async bucket(name, { versions = false, policy, region = REGION, defaultKey, cors } = {}) {
      const elsewhere = region !== REGION && {
        CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
      }
      await s3.send(new CreateBucketCommand({ Bucket: name, ...elsewhere }))
      const usual = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: defaultKey } as const
      if (defaultKey !== undefined)
        await s3.send(
          new PutBucketEncryptionCommand({
            Bucket: name,
            ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: usual }] },
          }),
        )
      if (cors !== undefined)
        await s3.send(
          new PutBucketCorsCommand({ Bucket: name, CORSConfiguration: { CORSRules: cors as CORSRule[] } }),
        )
      const configuration = { Status: 'Enabled' } as const
      if (versions)
        await s3.send(
          new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: configuration }),
        )
      if (policy !== undefined)
        await s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify(policy) }))
    },
    async topic({ name: Name, key }) {
      const Attributes = { ...(key !== undefined && { KmsMasterKeyId: key }) }
      return (await sns.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn ?? ''
    },
    async lambda({ name: FunctionName, invokedBy }) {
      const trust = JSON.stringify({ Version: '2012-10-17', Statement: [TRUST_LAMBDA] })
      const { Role } = await iam.send(
        new CreateRoleCommand({ RoleName: unique('GtLambda'), AssumeRolePolicyDocument: trust }),
      )
      const { FunctionArn = '' } = await lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: Role?.Arn ?? '',
          Code: { ZipFile: EMPTY_ZIP },
        }),
      )
      await lambda.send(
        new AddPermissionCommand({
          FunctionName,
          StatementId: 'Gt',
          Action: 'lambda:InvokeFunction',
          Principal: invokedBy,
        }),
      )
      return FunctionArn
    },
    differs: true,
  }
}

async function makeKey(kms: KMSClient, { alias, policy }: KeyToMake) {
  const text = typeof policy === 'object' ? JSON.stringify(policy) : policy
  // At AWS encryption is the default; moto then reports a key without any usage.
  const command = new CreateKeyCommand({ Policy: text, KeyUsage: 'ENCRYPT_DECRYPT' })
  const { KeyMetadata } = await kms.send(command)
  const { KeyId: keyId = '', Arn: keyArn = '' } = KeyMetadata ?? {}
  if (alias !== undefined) await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }))
  return { keyId, keyArn }
}

/** Moves on instead of waiting, and is an hour ahead, as roles made just now count as not yet known everywhere. */
function unhurriedClock(): Clock {
  let ahead = HOUR
  return {
    now: () => new Date(Date.now() + ahead),
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      ahead += milliseconds
    },
  }
}
