import { DescribeKeyCommand, KeySpec, SignCommand } from '@aws-sdk/client-kms'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { isAwsError } from '../../src/aws/aws-error.js'
import { connect } from '../../src/aws/connect.js'
import { KEY_SPECS } from '../../src/testing/check-values.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { refusal } from './refusal.js'

test('a call it does not know is refused by name', async () => {
  const cloud = fakeAws()

  const sign = await refusal(
    cloud.send(
      new SignCommand({
        KeyId: 'x',
        Message: new Uint8Array(),
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
    ),
  )
  const text = await refusal(cloud.send('DescribeKey'))
  const nothing = await refusal(cloud.send(undefined))
  const inherited = await refusal(cloud.send(new (class toStringCommand {})()))
  const suffixless = await refusal(cloud.send(new (class DescribeKey {})()))

  expect(sign.name).toBe('UnknownOperationException')
  expect(sign.message).toMatch(
    /^FakeAws does not know SignCommand\. It knows sagemaker: CreateLabelingJob, .*; kms: DescribeKey, .*; s3: GetObject, /,
  )
  expect(text.message).toContain('FakeAws does not know String.')
  expect(nothing.message).toContain('FakeAws does not know undefined.')
  expect(inherited.message).toContain('FakeAws does not know toStringCommand.')
  expect(suffixless.message).toContain('FakeAws does not know DescribeKey.')
})

test('a command is known by its schema when a minifier has renamed its class', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ alias: 'alias/gt' })

  await cloud.send(new (class t extends DescribeKeyCommand {})({ KeyId: keyArn }))
  await cloud.send(new (class t extends GetCallerIdentityCommand {})({}))
  const sign = await refusal(cloud.send(new (class t extends SignCommand {})({} as never)))

  expect(cloud.calls.names()).toEqual(['kms:DescribeKey', 'sts:GetCallerIdentity'])
  expect(sign.message).toContain('FakeAws does not know SignCommand.')
})

test('its log tells who called what, where and when, without contents', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')
  const put = new PutObjectCommand({ Bucket: 'acme-gt', Key: 'x', Body: 'secret' })

  await cloud.send(put)
  cloud.clock.advance(1_000)
  await refusal(cloud.in('eu-west-1').send(new DescribeKeyCommand({ KeyId: 'alias/none' })))

  const caller = 'arn:aws:iam::111122223333:user/dev'
  expect([...cloud.calls]).toEqual([
    {
      service: 's3',
      name: 's3:PutObject',
      input: { Bucket: 'acme-gt', Key: 'x' },
      caller,
      region: 'us-east-1',
      at: new Date('2026-11-23T09:00:00Z'),
      wrote: true,
    },
    {
      service: 'kms',
      name: 'kms:DescribeKey',
      input: { KeyId: 'alias/none' },
      caller,
      region: 'eu-west-1',
      at: new Date('2026-11-23T09:00:01Z'),
      wrote: false,
      error: 'NotFoundException',
    },
  ])
  expect(cloud.calls.names()).toEqual(['s3:PutObject', 'kms:DescribeKey'])
  expect(cloud.calls.of('kms:DescribeKey')).toHaveLength(1)
  expect(cloud.calls.length).toBe(2)
  cloud.calls.clear()
  expect(cloud.calls.length).toBe(0)
})

test('its clock never waits', async () => {
  const cloud = fakeAws({ now: new Date('2026-01-01T00:00:00Z') })
  const stopped = new AbortController()
  stopped.abort(new Error('enough'))

  await cloud.clock.sleep(86_400_000)
  const aborted = await refusal(cloud.clock.sleep(1, stopped.signal))

  expect(cloud.clock.now()).toEqual(new Date('2026-01-02T00:00:00Z'))
  expect(aborted.message).toBe('enough')
  expect(() => cloud.clock.advance(-1)).toThrow(RangeError)
  expect(() => cloud.clock.advance(Number.NaN)).toThrow('cannot move by NaN ms')
})

test('a sleep that is cut short ends with the reason', async () => {
  const cloud = fakeAws()
  const controller = new AbortController()

  const sleeping = refusal(cloud.clock.sleep(1_000, controller.signal))
  controller.abort(new Error('enough'))

  expect((await sleeping).message).toBe('enough')
})

test('a call that was aborted is not made', async () => {
  const cloud = fakeAws()

  const aborted = await refusal(
    cloud.send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.abort() }),
  )

  expect(aborted.name).toBe('AbortError')
  expect(cloud.calls.length).toBe(0)
})

test.each([
  ['arn:aws:iam::111122223333:root', '111122223333', '111122223333'],
  ['arn:aws:iam::444455556666:user/team/ana', '444455556666', /^AIDA[A-Z0-9]{17}$/],
  ['arn:aws:sts::111122223333:assumed-role/GtExec/me', '111122223333', /^AROA[A-Z0-9]{17}:me$/],
])('GetCallerIdentity tells %s who it is', async (Arn, Account, userId) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })

  const identity = await cloud.as(Arn).send(new GetCallerIdentityCommand({}))

  expect(identity).toMatchObject({ Arn, Account, UserId: expect.stringMatching(userId) })
})

test('only those who can make calls are callers', () => {
  const cloud = fakeAws()

  expect(() => cloud.as('arn:aws:iam::111122223333:role/GtExec')).toThrow('makes no calls')
  expect(() => cloud.as('arn:aws:iam::aws:user/x')).toThrow('makes no calls')
  expect(() => cloud.as('ana')).toThrow('makes no calls')
  expect(() => cloud.as('arn:aws:sts::111122223333:assumed-role/None/x')).toThrow('There is no role None')
})

test('what a set-up refers to must be there', () => {
  const cloud = fakeAws()

  expect(() => cloud.key({ alias: 'gt' })).toThrow('gt is no alias')
  expect(() => cloud.role({ name: 'R', attached: ['arn:aws:iam::aws:policy/None'] })).toThrow(
    'There is no managed policy',
  )
  expect(() => cloud.role({ name: 'R', boundary: 'arn:aws:iam::aws:policy/None' })).toThrow(
    'There is no managed policy',
  )
  expect(() => cloud.deleteRole('arn:aws:iam::111122223333:role/R')).toThrow('There is no role')
  expect(() => cloud.setKeyState('arn:none', 'Disabled')).toThrow('There is no key')
  expect(() => cloud.read('s3://acme-gt/none')).toThrow('There is no object')
})

const TRUST = (AWS: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
})

test('a role that trusts the caller hands out credentials that work', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec', trust: TRUST('111122223333') })
  const assume = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'probe', DurationSeconds: 900 })

  const { Credentials, AssumedRoleUser } = await cloud.send(assume)
  const aws = cloud.connect().with({
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  })
  const identity = await aws.call('sts:GetCallerIdentity', {})

  expect(Credentials.Expiration).toEqual(new Date('2026-11-23T09:15:00Z'))
  expect(AssumedRoleUser.Arn).toBe('arn:aws:sts::111122223333:assumed-role/GtExec/probe')
  expect(identity.Arn).toBe(AssumedRoleUser.Arn)
})

test('sessions last an hour unless told otherwise, and can move to another region', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec', trust: TRUST('arn:aws:iam::111122223333:user/dev') })

  const { Credentials } = await cloud.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'probe' }),
  )
  const moved = cloud.with({
    region: 'eu-west-1',
    credentials: { accessKeyId: Credentials.AccessKeyId, secretAccessKey: '', sessionToken: '' },
  })

  expect(Credentials.Expiration).toEqual(new Date('2026-11-23T10:00:00Z'))
  expect(moved.config.region).toBe('eu-west-1')
  expect(cloud.with({}).config.region).toBe('us-east-1')
  expect(() =>
    cloud.with({ credentials: { accessKeyId: 'AKIA', secretAccessKey: '', sessionToken: '' } }),
  ).toThrow('not from this fake')
})

test('roles are not handed to those they do not trust', async () => {
  const cloud = fakeAws()
  const { roleArn: forService } = cloud.role({ name: 'GtExec' })
  const { roleArn: denied } = cloud.role({
    name: 'Denied',
    trust: {
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
      ],
    },
  })
  const { roleArn: foreign } = cloud.role({
    name: 'Foreign',
    account: '444455556666',
    trust: TRUST('arn:aws:iam::111122223333:root'),
  })
  const assume = (RoleArn: string | undefined, RoleSessionName: string | undefined = 'probe') =>
    cloud.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }))

  const refused = await Promise.all(
    [forService, denied, 'arn:aws:iam::111122223333:role/None', undefined].map((arn) => refusal(assume(arn))),
  )
  const badSession = await refusal(assume(foreign, 'my session'))
  const trusted = await assume(foreign)

  expect(refused.map(({ name }) => name)).toEqual(Array(4).fill('AccessDenied'))
  expect(refused[0]?.message).toBe(
    `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sts:AssumeRole on resource: ${forService}`,
  )
  expect(badSession.name).toBe('ValidationError')
  expect(trusted.AssumedRoleUser.Arn).toContain('444455556666:assumed-role/Foreign')
})

test('a connection is on its clock, in its region and as whom it says', async () => {
  const cloud = fakeAws({ region: 'eu-west-1' })
  cloud.role({ name: 'GtExec' })
  const { keyArn } = cloud.key({ alias: 'alias/gt' })

  const home = cloud.connect()
  const elsewhere = cloud.connect({
    region: 'us-east-1',
    as: 'arn:aws:sts::111122223333:assumed-role/GtExec/x',
  })
  const own = connect({ clients: cloud })
  const { KeyMetadata } = await home.call('kms:DescribeKey', { KeyId: 'alias/gt' })
  const missing = await elsewhere.call('kms:DescribeKey', { KeyId: 'alias/gt' }).catch((thrown) => thrown)

  expect(await home.region()).toBe('eu-west-1')
  expect(await own.region()).toBe('eu-west-1')
  expect(home.clock).toBe(cloud.clock)
  expect(KeyMetadata?.Arn).toBe(keyArn)
  expect(isAwsError(missing, 'NotFoundException')).toBe(true)
  expect(cloud.calls.of().map(({ caller, region }) => `${caller} ${region}`)).toEqual([
    'arn:aws:iam::111122223333:user/dev eu-west-1',
    'arn:aws:sts::111122223333:assumed-role/GtExec/x us-east-1',
  ])
})

test('partitions follow the region', () => {
  const cloud = fakeAws({ region: 'cn-north-1', account: '444455556666' })

  expect(cloud.key().keyArn).toMatch(/^arn:aws-cn:kms:cn-north-1:444455556666:key\//)
})

test('the same set-up gives the same ids in every run', () => {
  const [one, other] = [fakeAws(), fakeAws()]

  expect(one.key()).toEqual(other.key())
  expect(one.role({ name: 'R' })).toEqual(other.role({ name: 'R' }))
  expect(one.key({ keyId: 'mrk-1' }).keyId).toBe('mrk-1')
})

test.each<[string, (cloud: FakeAws) => void, string]>([
  [
    'a key',
    (cloud) => cloud.key({ alais: 'alias/gt' } as never),
    'key() has no field alais; alias is probably meant.',
  ],
  [
    'a role',
    (cloud) => cloud.role({ name: 'R', inlines: {} } as never),
    'role() has no field inlines; inline is',
  ],
  ['a user', (cloud) => cloud.user({ name: 'U', policy: {} } as never), 'user() has no field policy.'],
  [
    'a managed policy',
    (cloud) => cloud.managedPolicy({ name: 'P', dokument: {} } as never),
    'managedPolicy() has no field dokument; document is probably meant.',
  ],
  [
    'an organization',
    (cloud) => cloud.organization({ SCPs: [] } as never),
    'no field SCPs; scps is probably meant.',
  ],
  ['a bucket', (cloud) => cloud.bucket('b', { regoin: 'eu-west-1' } as never), 'region is probably meant.'],
  ['an object', (cloud) => cloud.object('s3://b/k', '', { kmsKeyArn: 'arn' } as never), 'It is one of key,'],
  [
    'what encrypts',
    (cloud) => cloud.object('s3://b/k', '', { encryption: 'KMS' as never }),
    'kms is probably',
  ],
  [
    'an object: no ARN',
    (cloud) => cloud.object('s3://b/k', '', { key: 'alias/gt' }),
    'takes the ARN of a key',
  ],
  [
    'an object: a key too many',
    (cloud) => cloud.object('s3://b/k', '', { key: cloud.key().keyArn, encryption: 's3' }),
    'An object with encryption s3 has no key of KMS',
  ],
  [
    'a lock: its bucket',
    (cloud) => cloud.object('s3://b/k', '', { lock: { legalHold: true } }),
    "bucket('b', { versions: true })",
  ],
  ['a lock', (cloud) => cloud.object('s3://b/k', '', { lock: { hold: true } as never }), 'has no field hold'],
  [
    'a lock: its mode',
    (cloud) => cloud.object('s3://b/k', '', { lock: { mode: 'GOVERNANCE' as never } }),
    'governance is probably meant.',
  ],
  [
    'a lock: its date',
    (cloud) => cloud.object('s3://b/k', '', { lock: { mode: 'governance' } }),
    'give a lock both or neither',
  ],
  ['a size', (cloud) => cloud.object('s3://b/k', '', { size: -1 }), 'a whole number of bytes, not -1'],
  ["a bucket's key", (cloud) => cloud.bucket('b', { defaultKey: 'alias/gt' }), 'There is no key alias/gt'],
  [
    'what goes astray',
    (cloud) => cloud.labeling({ misplace: { under: 'x' } as never }),
    'misplace of labeling() has no field under',
  ],
  ['how much', (cloud) => cloud.labeling({ misplace: { every: 0.5 } }), 'takes a whole number for every'],
  ['under what', (cloud) => cloud.labeling({ misplace: { encryption: 'kms' } }), 'takes the ARN of a key'],
  [
    'under what kind',
    (cloud) => cloud.labeling({ misplace: { encryption: 'plain' as never } }),
    'There is no encryption of misplace plain',
  ],
  [
    'the labeling',
    (cloud) => cloud.labeling({ failevery: 50 } as never),
    'labeling() has no field failevery; failEvery is probably meant.',
  ],
  [
    'the labeling: who works',
    (cloud) => cloud.labeling({ workers: 'abesnt' } as never),
    'There is no workers for labeling() abesnt; absent is probably meant.',
  ],
  ['the state of a key', (cloud) => cloud.key({ state: 'Disbaled' }), 'Disabled is probably meant.'],
  ['a later state of a key', (cloud) => cloud.setKeyState('', 'disabled'), 'Disabled is probably meant.'],
  ['a name of calls', (cloud) => cloud.calls.of('kms:DescribeKeys'), 'kms:DescribeKey is probably meant.'],
  ['the fake', () => fakeAws({ regions: 'eu-west-1' } as never), 'fakeAws() has no field regions; region is'],
  ['the spec of a key', (cloud) => cloud.key({ spec: 'SYMETRIC_DEFAULT' }), 'SYMMETRIC_DEFAULT is probably'],
  ['the region of a key', (cloud) => cloud.key({ region: 'eu_west_1' }), 'eu-west-1, not "eu_west_1".'],
  ['the tags of a key', (cloud) => cloud.key({ tags: [] as never }), 'texts by tag, not an array.'],
  [
    'the grants of a key',
    (cloud) => cloud.key({ grants: {} as never }),
    'grants of key() is an array of grants',
  ],
  [
    'a grant of a key',
    (cloud) => cloud.key({ grants: [{ GranteePrincipals: 'x' } as never] }),
    'A grant of key() has no field GranteePrincipals; GranteePrincipal is probably meant.',
  ],
  ['a role without a name', (cloud) => cloud.role({} as never), 'role() needs the field name.'],
  ['a user without a name', (cloud) => cloud.user({} as never), 'user() needs the field name.'],
  [
    'a policy without a name',
    (cloud) => cloud.managedPolicy({} as never),
    'managedPolicy() needs the field name.',
  ],
  [
    'a policy without a document',
    (cloud) => cloud.managedPolicy({ name: 'P' } as never),
    'managedPolicy() needs the field document.',
  ],
  [
    'a connection',
    (cloud) => cloud.connect({ regoin: 'eu-west-1' } as never),
    'connect() has no field regoin; region is probably meant.',
  ],
  [
    'pages of nothing',
    () => fakeAws({ pageSize: 0 }),
    'pageSize of fakeAws() is a whole number from 1 on, not 0.',
  ],
  [
    'a time that is none',
    () => fakeAws({ now: new Date('soon') }),
    'now of fakeAws() is a date, not Invalid Date.',
  ],
  [
    'the labeling: no number',
    (cloud) => cloud.labeling({ secondsPerObject: Number.NaN }),
    '0 or more, not NaN.',
  ],
  ['the labeling: a share', (cloud) => cloud.labeling({ machineShare: 75 }), 'a share from 0 to 1, not 75.'],
  ['the labeling: a part of an object', (cloud) => cloud.labeling({ failEvery: 2.5 }), 'from 1 on, not 2.5.'],
  ['the content of an object', (cloud) => cloud.object('s3://b/k', 5 as never), 'text or bytes, not 5.'],
  [
    'the address of an object',
    (cloud) => cloud.object('b/k', ''),
    'text such as s3://bucket/key, not "b/k".',
  ],
  ['levels of an organization', (cloud) => cloud.organization({ scps: [{}] as never }), 'an array of levels'],
  ['no object', (cloud) => cloud.key('alias/gt' as never), 'key() takes an object with alias, policy'],
])('a mistyped set-up of %s is refused by name', (_, setUp, message) => {
  const cloud = fakeAws()

  expect(() => setUp(cloud)).toThrow(TypeError)
  expect(() => setUp(cloud)).toThrow(message)
})

test('the specs of keys are those of the SDK', () => {
  expect([...KEY_SPECS].sort()).toEqual(Object.values(KeySpec).sort())
})
