import { GetPolicyCommand } from '@aws-sdk/client-lambda'
import {
  CopyObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { GetTopicAttributesCommand, PublishCommand } from '@aws-sdk/client-sns'
import { describe, expect, it } from 'vitest'
import type { PolicyStatement } from '../../../src/permissions/index.js'
import { type FakeAws, fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const HOME = '111122223333'
const OTHER = '999988887777'
const SESSION = `arn:aws:sts::${HOME}:assumed-role/GtExec/job`
const ROLE = `arn:aws:iam::${HOME}:role/GtExec`
const KMS_ONLY = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::labels/*',
  Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
}

const policy = (...Statement: PolicyStatement[]) => ({ Version: '2012-10-17', Statement })
const allow = (
  Principal: PolicyStatement['Principal'],
  Action: string,
  Resource: string,
): PolicyStatement => ({
  Effect: 'Allow',
  ...(Principal !== undefined && { Principal }),
  Action,
  Resource,
})
const ALL_S3 = policy(allow(undefined, 's3:*', '*'))
const put = (more: object = {}) =>
  new PutObjectCommand({ Bucket: 'labels', Key: 'out/x', Body: 'x', ...more })
const get = new GetObjectCommand({ Bucket: 'labels', Key: 'in/x' })

function withRole(inline: Record<string, ReturnType<typeof policy>>, more: object = {}): FakeAws {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', inline, ...more })
  return cloud
}

describe('the policy of a bucket', () => {
  it('is shown to its account only', async () => {
    const cloud = fakeAws()
    cloud.bucket('labels', { policy: policy(allow({ AWS: OTHER }, 's3:*', 'arn:aws:s3:::labels')) })
    cloud.bucket('plain')
    const ask = (Bucket: string) => new GetBucketPolicyCommand({ Bucket })
    const stranger = cloud.as(`arn:aws:iam::${OTHER}:root`)

    const shown = await cloud.send(ask('labels'))

    expect(JSON.parse(shown.Policy).Statement[0].Principal).toEqual({ AWS: OTHER })
    expect((await refusal(cloud.send(ask('plain')))).name).toBe('NoSuchBucketPolicy')
    expect((await refusal(cloud.send(ask('none')))).name).toBe('NoSuchBucket')
    expect((await refusal(stranger.send(ask('labels')))).name).toBe('MethodNotAllowed')
    expect((await refusal(stranger.send(ask('plain')))).name).toBe('AccessDenied')
  })

  it('denies uploads without the header of a key, even to those who may do everything', async () => {
    const cloud = fakeAws()
    const { keyArn } = cloud.key()
    cloud.bucket('labels', { policy: policy(KMS_ONLY), defaultKey: keyArn })
    const encrypted = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn }

    const plain = await refusal(cloud.send(put()))
    await cloud.send(put(encrypted))
    const copy = { Bucket: 'labels', Key: 'y', CopySource: 'labels/out/x' }
    const plainCopy = await refusal(cloud.send(new CopyObjectCommand(copy)))
    await cloud.send(new CopyObjectCommand({ ...copy, ...encrypted } as never))

    expect(plain).toEqual({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${HOME}:user/dev is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::labels/out/x with an explicit deny in a resource-based policy`,
    })
    expect(plainCopy.name).toBe('AccessDenied')
  })

  it('is enough by itself for a role of the account that it names, within its boundary', async () => {
    const boundary = policy(allow(undefined, 'kms:*', '*'))
    const trust = { policy: policy(allow({ AWS: ROLE }, 's3:*', 'arn:aws:s3:::labels/*')) }
    const free = withRole({})
    free.bucket('labels', trust)
    const bound = withRole({}, { boundary })
    bound.bucket('labels', trust)
    const open = withRole({}, { boundary })
    open.bucket('labels', { policy: policy(allow('*', 's3:*', 'arn:aws:s3:::labels/*')) })

    await free.as(SESSION).send(put())
    await open.as(SESSION).send(put())

    expect((await refusal(bound.as(SESSION).send(put()))).message).toContain('no permissions boundary allows')
    expect(
      (await refusal(free.as(SESSION).send(new ListObjectsV2Command({ Bucket: 'labels' })))).message,
    ).toContain('no identity-based policy allows the s3:ListBucket action')
  })

  it('gives a role of another account nothing without an IAM policy of its own, nor when it is open to everybody', async () => {
    const foreign = (
      principal: PolicyStatement['Principal'],
      inline: Record<string, ReturnType<typeof policy>>,
    ) => {
      const cloud = withRole(inline)
      cloud.bucket('labels', {
        account: OTHER,
        policy: policy(allow(principal, 's3:GetObject', 'arn:aws:s3:::labels/*')),
      })
      cloud.object('s3://labels/in/x', 'x')
      return cloud.as(SESSION).send(get)
    }

    await foreign({ AWS: ROLE }, { S3: ALL_S3 })
    await foreign({ AWS: HOME }, { S3: ALL_S3 })

    const closed = { name: 'AccessDenied', message: 'Access Denied' }
    expect(await refusal(foreign({ AWS: ROLE }, {}))).toEqual(closed)
    expect(await refusal(foreign('*', { S3: ALL_S3 }))).toEqual(closed)
    expect(await refusal(foreign({ CanonicalUser: 'f'.repeat(64) }, { S3: ALL_S3 }))).toEqual(closed)
  })

  it('lets lists go by their prefix', async () => {
    const cloud = withRole({ S3: ALL_S3 })
    cloud.bucket('labels', {
      policy: policy({
        Effect: 'Deny',
        Principal: { CanonicalUser: 'f'.repeat(64) },
        Action: 's3:ListBucket',
        Resource: '*',
        Condition: { StringNotLike: { 's3:prefix': 'in/*' } },
      }),
    })
    const list = (Prefix: string) =>
      cloud.as(SESSION).send(new ListObjectsV2Command({ Bucket: 'labels', Prefix }))

    expect(await list('in/')).toMatchObject({ KeyCount: 0 })
    expect((await refusal(list('out/'))).name).toBe('AccessDenied')
  })

  it('yields to the Denies of the caller and of the organization', async () => {
    const denies = policy({ Effect: 'Deny', Action: 's3:PutObject', Resource: '*' })
    const own = withRole({ S3: ALL_S3, No: denies })
    const all = withRole({ S3: ALL_S3 })
    for (const cloud of [own, all]) cloud.bucket('labels')
    all.organization({ rcps: [policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' })] })

    expect((await refusal(own.as(SESSION).send(put()))).message).toContain('deny in an identity-based policy')
    expect((await refusal(all.as(SESSION).send(put()))).message).toContain(
      'deny in a resource control policy',
    )
  })
})

describe('the policy of a Lambda function', () => {
  it('is shown, and one that is not there is not found', async () => {
    const cloud = fakeAws()
    const { lambdaArn } = cloud.lambda({ name: 'pre', policy: policy(allow({ AWS: ROLE }, 'lambda:*', '*')) })
    const bare = cloud.lambda({ name: 'bare' })
    const ask = (FunctionName: string) => cloud.send(new GetPolicyCommand({ FunctionName }))

    expect(lambdaArn).toBe(`arn:aws:lambda:us-east-1:${HOME}:function:pre`)
    expect(JSON.parse((await ask(lambdaArn)).Policy as string)).toMatchObject({
      Statement: [{ Effect: 'Allow' }],
    })
    expect(await ask('pre')).toHaveProperty('RevisionId')
    expect((await refusal(ask(bare.lambdaArn))).name).toBe('ResourceNotFoundException')
    expect((await refusal(ask('none'))).name).toBe('ResourceNotFoundException')
  })

  it('does not let a role without the permission look', async () => {
    const cloud = withRole({})
    const { lambdaArn } = cloud.lambda({ name: 'pre' })

    expect(
      await refusal(cloud.as(SESSION).send(new GetPolicyCommand({ FunctionName: lambdaArn }))),
    ).toMatchObject({
      name: 'AccessDeniedException',
    })
  })
})

describe('a topic', () => {
  const SNS = { Sns: policy(allow(undefined, 'sns:*', '*')) }
  const publish = (cloud: FakeAws, TopicArn: string) =>
    cloud.as(SESSION).send(new PublishCommand({ TopicArn, Message: '{}' }))

  it('shows its policy, which SNS makes, its owner and its key', async () => {
    const cloud = fakeAws()
    const { topicArn } = cloud.topic({ name: 'labels', key: 'alias/aws/sns' })
    const ask = (TopicArn: string) => cloud.send(new GetTopicAttributesCommand({ TopicArn }))

    const { Attributes } = await ask(topicArn)

    expect(Attributes).toMatchObject({ TopicArn: topicArn, Owner: HOME, KmsMasterKeyId: 'alias/aws/sns' })
    expect(JSON.parse(Attributes?.['Policy'] as string).Statement[0].Sid).toBe('__default_statement_ID')
    expect((await refusal(ask(`${topicArn}-none`))).name).toBe('NotFoundException')
    expect((await refusal(ask('labels'))).name).toBe('InvalidParameterException')
  })

  it('takes messages by its own policy or by that of the role', async () => {
    const named = withRole({})
    const trust = policy(allow({ AWS: ROLE }, 'sns:Publish', '*'))
    const open = withRole(SNS)

    await publish(named, named.topic({ name: 'labels', policy: trust }).topicArn)
    await publish(open, open.topic({ name: 'labels' }).topicArn)

    expect(await refusal(publish(named, named.topic({ name: 'other' }).topicArn))).toMatchObject({
      name: 'AuthorizationErrorException',
      message: expect.stringContaining('sns:Publish'),
    })
  })

  it('under a key takes messages of those who may use the key', async () => {
    const cloud = withRole(SNS)
    const { keyArn } = cloud.key()
    const { topicArn } = cloud.topic({ name: 'labels', key: keyArn })
    const allowed = withRole({ ...SNS, Kms: policy(allow(undefined, 'kms:*', '*')) })
    const key = allowed.key()

    await publish(allowed, allowed.topic({ name: 'labels', key: key.keyArn }).topicArn)
    await publish(cloud, cloud.topic({ name: 'managed', key: 'alias/aws/sns' }).topicArn)

    expect(await refusal(publish(cloud, topicArn))).toMatchObject({
      name: 'KMSAccessDeniedException',
      message: expect.stringContaining('kms:GenerateDataKey'),
    })
  })
})
