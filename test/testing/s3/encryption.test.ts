import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UpdateObjectEncryptionCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const AT = { Bucket: 'acme-gt', Key: 'out/a b+c:ü.json' }
const SOURCE = `acme-gt/${encodeURIComponent(AT.Key)}`
const URI = `s3://${AT.Bucket}/${AT.Key}` as const
const FOREIGN = 'arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-0000-0000-000000000000'

function head(cloud: ReturnType<typeof fakeAws>, more: object = {}) {
  return cloud.send(new HeadObjectCommand({ ...AT, ...more }))
}

function update(cloud: ReturnType<typeof fakeAws>, KMSKeyArn: string | undefined, more: object = {}) {
  return cloud.send(
    new UpdateObjectEncryptionCommand({ ...AT, ObjectEncryption: { SSEKMS: { KMSKeyArn } }, ...more }),
  )
}

test('an object is encrypted with what its writer asks for, else with what its bucket says', async () => {
  const cloud = fakeAws()
  const ours = cloud.key().keyArn
  cloud.bucket('plain')
  cloud.bucket('ours', { defaultKey: ours })
  const put = async (Bucket: string, more: object = {}) => {
    await cloud.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x', ...more }))
    const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = await cloud.send(
      new HeadObjectCommand({ Bucket, Key: 'x' }),
    )
    return [ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled]
  }

  const stored = [
    await put('plain'),
    await put('ours'),
    await put('ours', { ServerSideEncryption: 'AES256' }),
    await put('plain', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ours, BucketKeyEnabled: true }),
    await put('plain', { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: ours }),
  ]
  const strange = await refusal(put('plain', { ServerSideEncryption: 'aws:magic' }))
  const halfAsked = await refusal(put('plain', { SSEKMSKeyId: ours }))

  expect(stored).toEqual([
    ['AES256', undefined, undefined],
    ['aws:kms', ours, undefined],
    ['AES256', undefined, undefined],
    ['aws:kms', ours, true],
    ['aws:kms:dsse', ours, undefined],
  ])
  expect(strange.name).toBe('InvalidArgument')
  expect(halfAsked.name).toBe('InvalidArgument')
})

test("an object under a customer's key opens with that key alone", async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')
  const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) }
  await cloud.send(new PutObjectCommand({ ...AT, Body: 'x', ...key }))
  cloud.object('s3://acme-gt/lost', 'x', { encryption: 'customer-provided' })
  cloud.object('s3://acme-gt/plain', 'x')

  const opened = await head(cloud, key)
  const without = await refusal(head(cloud))
  const readWithout = await refusal(cloud.send(new GetObjectCommand(AT)))
  const wrong = await refusal(cloud.send(new GetObjectCommand({ ...AT, ...key, SSECustomerKey: 'no' })))
  const lost = await refusal(cloud.send(new GetObjectCommand({ Bucket: 'acme-gt', Key: 'lost', ...key })))
  const needless = await refusal(
    cloud.send(new GetObjectCommand({ Bucket: 'acme-gt', Key: 'plain', ...key })),
  )
  const badAlgorithm = await refusal(head(cloud, { ...key, SSECustomerAlgorithm: 'DES' }))

  expect(opened).toMatchObject({ SSECustomerAlgorithm: 'AES256', ContentLength: 1 })
  expect(opened.ServerSideEncryption).toBeUndefined()
  expect(without).toEqual({ name: 'Unknown', message: 'UnknownError' })
  await expect(head(cloud)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
  expect(readWithout.message).toContain('a form of Server Side Encryption')
  expect([wrong.name, lost.name]).toEqual(['AccessDenied', 'AccessDenied'])
  expect([needless.name, badAlgorithm.name]).toEqual(['InvalidRequest', 'Unknown'])
})

test('HEAD needs no right on the key, unless it asks for a checksum', async () => {
  const cloud = fakeAws({ strict: true })
  const { keyArn } = cloud.key()
  cloud.object(URI, 'secret', { key: keyArn })
  const reads = { Effect: 'Allow' as const, Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }
  const ana = cloud.user({ name: 'ana', policies: { s3: { Version: '2012-10-17', Statement: [reads] } } })
  const as = cloud.as(ana.userArn)

  const seen = await as.send(new HeadObjectCommand(AT))
  cloud.setKeyState(keyArn, 'Disabled')
  const stillSeen = await as.send(new HeadObjectCommand(AT))
  const withChecksum = refusal(as.send(new HeadObjectCommand({ ...AT, ChecksumMode: 'ENABLED' })))

  expect(seen).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })
  expect(stillSeen.SSEKMSKeyId).toBe(keyArn)
  expect((await withChecksum).name).toBe('Unknown')
})

test('who may not list is not told what there is not', async () => {
  const cloud = fakeAws({ strict: true })
  cloud.bucket('acme-gt')
  const reads = { Effect: 'Allow' as const, Action: 's3:GetObject*', Resource: '*' }
  const ana = cloud.user({ name: 'ana', policies: { s3: { Version: '2012-10-17', Statement: [reads] } } })

  const answer = cloud.as(ana.userArn).send(new HeadObjectCommand(AT))

  await expect(answer).rejects.toMatchObject({ name: 'Unknown', $metadata: { httpStatusCode: 403 } })
})

test('an object is put under another key where it is, and nothing else of it changes', async () => {
  const cloud = fakeAws()
  const ours = cloud.key().keyArn
  cloud.bucket('acme-gt', { versions: true })
  cloud.object(URI, 'x', { contentType: 'text/plain', storageClass: 'GLACIER' })
  const before = await head(cloud)
  cloud.clock.advance(1_000)

  const answer = await update(cloud, ours)
  const after = await head(cloud)
  await cloud.send(
    new UpdateObjectEncryptionCommand({
      ...AT,
      VersionId: before.VersionId,
      ObjectEncryption: { SSEKMS: { KMSKeyArn: ours, BucketKeyEnabled: true } },
    }),
  )

  const { $metadata, ...said } = answer
  expect(said).toEqual({})
  expect(before).toMatchObject({ ServerSideEncryption: 'AES256' })
  expect({ ...after, $metadata: 0 }).toEqual({
    ...before,
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: ours,
    $metadata: 0,
  })
  expect(await head(cloud)).toMatchObject({ BucketKeyEnabled: true })
  expect(cloud.calls.writes().map(({ name }) => name)).toEqual([
    's3:UpdateObjectEncryption',
    's3:UpdateObjectEncryption',
  ])
})

test.each([
  ['none', {}, 'InvalidRequest', "doesn't supported unencrypted source objects"],
  ['dsse', { key: FOREIGN }, 'InvalidRequest', 'with the encryption type DSSE-KMS or SSE-C'],
  ['customer-provided', {}, 'InvalidRequest', 'with the encryption type DSSE-KMS or SSE-C'],
  ['kms', { key: FOREIGN }, 'AccessDenied', 'is not authorized to perform: kms:Decrypt'],
] as const)(
  'an object with encryption %s is not put under another key where it is',
  async (encryption, more, name, message) => {
    const cloud = fakeAws()
    const ours = cloud.key().keyArn
    cloud.object(URI, 'x', { encryption, ...more })

    const refused = await refusal(update(cloud, ours))

    expect(refused.name).toBe(name)
    expect(refused.message).toContain(message)
  },
)

test.each([
  ['a key of another account', FOREIGN, 'AccessDenied', 'must be owned by the same account'],
  ['an alias', 'alias/gt', 'InvalidRequest', 'require a valid AWS KMS key'],
  ['no key', undefined, 'InvalidRequest', 'require an AWS KMS key'],
  [
    'a key of another region',
    'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-0000-0000-000000000000',
    'KMS.NotFoundException',
    'Invalid arn eu-west-1',
  ],
])('%s is refused as the new key', async (_, keyArn, name, message) => {
  const cloud = fakeAws()
  cloud.object(URI, 'x')

  const refused = await refusal(update(cloud, keyArn))

  expect(refused.name).toBe(name)
  expect(refused.message).toContain(message)
})

test('a new encryption is asked for in full', async () => {
  const cloud = fakeAws()
  const { keyArn: KMSKeyArn } = cloud.key()
  cloud.object(URI, 'x')

  const noType = await refusal(update(cloud, KMSKeyArn, { ObjectEncryption: {} }))
  const noSwitch = await refusal(
    update(cloud, KMSKeyArn, { ObjectEncryption: { SSEKMS: { KMSKeyArn, BucketKeyEnabled: 'yes' } } }),
  )
  const nothing = await refusal(update(cloud, KMSKeyArn, { Key: 'none' }))
  const noVersion = await refusal(update(cloud, KMSKeyArn, { VersionId: 'v9' }))

  expect(noType.message).toContain('require a valid new encryption type')
  expect(noSwitch.message).toContain("BucketKeyEnabled value isn't valid")
  expect([nothing.name, noVersion.name]).toEqual(['NoSuchKey', 'NoSuchVersion'])
})

test('a locked object stays under its key until the lock is over', async () => {
  const cloud = fakeAws()
  const ours = cloud.key().keyArn
  cloud.bucket('acme-gt', { versions: true })
  const until = new Date('2026-11-23T10:00:00Z')
  cloud.object(URI, 'x', { lock: { mode: 'governance', until } })
  cloud.object('s3://acme-gt/held', 'x', { lock: { legalHold: true } })

  const locked = await refusal(update(cloud, ours))
  const held = await refusal(update(cloud, ours, { Key: 'held' }))
  const lock = await head(cloud)
  cloud.clock.advance(3_600_000)
  await update(cloud, ours)

  expect(locked.message).toContain('protected by S3 Object Lock')
  expect(held).toEqual(locked)
  expect(lock).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until })
  expect(await head(cloud, { Key: 'held' })).toMatchObject({ ObjectLockLegalHoldStatus: 'ON' })
  expect(await head(cloud)).toMatchObject({ SSEKMSKeyId: ours })
})

test('to put an object under another key takes rights on both keys', async () => {
  const cloud = fakeAws({ strict: true })
  const [old, ours] = [cloud.key().keyArn, cloud.key().keyArn]
  cloud.object(URI, 'x', { key: old })
  const allow = (name: string, actions: readonly string[], Resource: string) => {
    const Statement = [
      { Effect: 'Allow' as const, Action: ['s3:UpdateObjectEncryption', 's3:PutObject'], Resource: '*' },
      { Effect: 'Allow' as const, Action: [...actions], Resource },
    ]
    return cloud.user({ name, policies: { all: { Version: '2012-10-17', Statement } } }).userArn
  }
  const asked = new UpdateObjectEncryptionCommand({
    ...AT,
    ObjectEncryption: { SSEKMS: { KMSKeyArn: ours } },
  })
  const all = ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:Encrypt', 'kms:GenerateDataKey']

  const onlyNew = await refusal(cloud.as(allow('new', all, ours)).send(asked))
  const onlyOld = await refusal(cloud.as(allow('old', all, old)).send(asked))
  const onBoth = await cloud.as(allow('both', all, '*')).send(asked)

  expect(onlyNew.message).toContain(`kms:Decrypt on resource: ${old}`)
  expect(onlyOld.message).toContain(`kms:Encrypt on resource: ${ours}`)
  expect(onBoth).toBeDefined()
})

test('a copy in place changes the key, and loses storage class, date and ETag', async () => {
  const cloud = fakeAws()
  const ours = cloud.key().keyArn
  cloud.object(URI, 'x', { encryption: 'none', storageClass: 'STANDARD_IA', contentType: 'text/plain' })
  const before = await head(cloud)
  cloud.clock.advance(1_000)

  const { CopyObjectResult, ServerSideEncryption } = await cloud.send(
    new CopyObjectCommand({ ...AT, CopySource: SOURCE, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ours }),
  )
  const after = await head(cloud)

  expect(before).toMatchObject({ StorageClass: 'STANDARD_IA' })
  expect(before.ServerSideEncryption).toBeUndefined()
  expect(ServerSideEncryption).toBe('aws:kms')
  expect(after).toMatchObject({ SSEKMSKeyId: ours, ContentType: 'text/plain', ContentLength: 1 })
  expect(after.StorageClass).toBeUndefined()
  expect(after.LastModified).toEqual(new Date(before.LastModified.getTime() + 1_000))
  expect(after.ETag).not.toBe(before.ETag)
  expect(CopyObjectResult.ETag).toBe(after.ETag)
  expect(cloud.read(URI)).toBe('x')
})

test('a copy in a bucket with versions leaves the old version as it was', async () => {
  const cloud = fakeAws()
  const [old, ours] = [cloud.key().keyArn, cloud.key().keyArn]
  cloud.bucket('acme-gt', { versions: true })
  cloud.object(URI, 'x', { key: old })
  const { VersionId } = await head(cloud)

  const copied = await cloud.send(
    new CopyObjectCommand({
      ...AT,
      CopySource: `${SOURCE}?versionId=${VersionId}`,
      MetadataDirective: 'REPLACE',
      Metadata: { by: 'hand' },
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: ours,
    }),
  )

  expect(copied.CopySourceVersionId).toBe(VersionId)
  expect(await head(cloud)).toMatchObject({
    SSEKMSKeyId: ours,
    VersionId: copied.VersionId,
    Metadata: { by: 'hand' },
  })
  expect(await head(cloud, { VersionId })).toMatchObject({ SSEKMSKeyId: old })
})

test('a copy is refused when it changes nothing, is too large, or is not of what the caller takes it for', async () => {
  const cloud = fakeAws()
  cloud.object(URI, 'x')
  cloud.object('s3://acme-gt/big', '', { size: 5 * 1_024 ** 3 + 1 })
  const { ETag } = await head(cloud)
  const copy = (more: object) =>
    refusal(cloud.send(new CopyObjectCommand({ ...AT, CopySource: SOURCE, ...more })))

  expect((await copy({})).message).toContain('trying to copy an object to itself')
  expect((await copy({ CopySource: '/acme-gt/big' })).message).toContain('larger than the maximum')
  expect((await copy({ CopySource: 'acme-gt/%' })).name).toBe('InvalidArgument')
  expect((await copy({ StorageClass: 'STANDARD_IA', CopySourceIfMatch: '"0"' })).name).toBe(
    'PreconditionFailed',
  )
  expect((await copy({ StorageClass: 'STANDARD_IA', IfMatch: '"0"' })).name).toBe('PreconditionFailed')
  expect((await copy({ Key: 'new', IfMatch: ETag })).name).toBe('NoSuchKey')
  await cloud.send(
    new CopyObjectCommand({
      ...AT,
      CopySource: SOURCE,
      StorageClass: 'STANDARD_IA',
      CopySourceIfMatch: ETag,
      IfMatch: ETag,
    }),
  )
})

test('a write is refused when something else is there than the writer takes it for', async () => {
  const cloud = fakeAws()
  cloud.object(URI, 'x')
  const { ETag } = await head(cloud)
  const put = (more: object) => cloud.send(new PutObjectCommand({ ...AT, Body: 'y', ...more }))

  const taken = await refusal(put({ IfNoneMatch: '*' }))
  const written = await put({ IfMatch: ETag })
  const changed = await refusal(put({ IfMatch: ETag }))
  const unchanged = await refusal(head(cloud, { IfMatch: ETag }))

  expect([taken.name, changed.name]).toEqual(['PreconditionFailed', 'PreconditionFailed'])
  expect(unchanged.name).toBe('Unknown')
  expect(await head(cloud, { IfMatch: written.ETag })).toMatchObject({ ETag: written.ETag })
})

test('under KMS the same content has another ETag each time', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  const etags = async (setup: object) => {
    cloud.object(URI, 'x', setup)
    const first = await head(cloud)
    cloud.object(URI, 'x', setup)
    return [first.ETag, (await head(cloud)).ETag]
  }

  const [plain, plainAgain] = await etags({})
  const [kms, kmsAgain] = await etags({ key: keyArn })

  expect(plainAgain).toBe(plain)
  expect(new Set([plain, kms, kmsAgain]).size).toBe(3)
})
