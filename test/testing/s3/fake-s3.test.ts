import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

test('an object is put and read back whole, in pieces, and in part', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')
  const text = `${'é'.repeat(20_000)}\n`
  const at = { Bucket: 'acme-gt', Key: 'in/x.txt' }

  const put = await cloud.send(new PutObjectCommand({ ...at, Body: text, ContentType: 'text/plain' }))
  const whole = await cloud.send(new GetObjectCommand(at))
  const pieces: Uint8Array[] = []
  for await (const piece of whole.Body) pieces.push(piece)
  const bytes = await (await cloud.send(new GetObjectCommand(at))).Body.transformToByteArray()
  const part = await cloud.send(new GetObjectCommand({ ...at, Range: 'bytes=2-5' }))
  const rest = await cloud.send(new GetObjectCommand({ ...at, Range: 'bytes=40000-' }))
  const tooFar = await refusal(cloud.send(new GetObjectCommand({ ...at, Range: 'bytes=99999-' })))

  expect(put.ETag).toMatch(/^"[0-9a-f]{32}"$/)
  expect(whole).toMatchObject({
    ContentLength: 40_001,
    ContentType: 'text/plain',
    ServerSideEncryption: 'AES256',
    LastModified: new Date('2026-11-23T09:00:00Z'),
  })
  expect(pieces.length).toBeGreaterThan(1)
  expect(Buffer.concat(pieces).toString()).toBe(text)
  expect(Buffer.from(bytes).toString()).toBe(text)
  expect(await part.Body.transformToString()).toBe('éé')
  expect(part).toMatchObject({ ContentLength: 4, ContentRange: 'bytes 2-5/40001' })
  expect(await rest.Body.transformToString('base64')).toBe('Cg==')
  expect(tooFar.name).toBe('InvalidRange')
})

test('what is not there is not found', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')

  const noKey = cloud.send(new GetObjectCommand({ Bucket: 'acme-gt', Key: 'none' }))
  const noHead = await refusal(cloud.send(new HeadObjectCommand({ Bucket: 'acme-gt', Key: undefined })))
  const noBucket = await refusal(cloud.send(new GetObjectCommand({ Bucket: 'none', Key: 'x' })))
  const unnamed = await refusal(cloud.send(new ListObjectsV2Command({ Bucket: undefined })))

  await expect(noKey).rejects.toBeInstanceOf(NoSuchKey)
  await expect(noKey).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } })
  expect(noHead.name).toBe('NotFound')
  expect(noBucket).toEqual({ name: 'NoSuchBucket', message: 'The specified bucket does not exist' })
  expect(unnamed.name).toBe('NoSuchBucket')
})

test('a bucket of another account is closed', async () => {
  const cloud = fakeAws()
  cloud.bucket('theirs', { account: '444455556666' })

  const refused = await refusal(cloud.send(new ListObjectsV2Command({ Bucket: 'theirs' })))

  expect(refused).toEqual({ name: 'AccessDenied', message: 'Access Denied' })
})

test('objects are listed by prefix, in order and in pages', async () => {
  const cloud = fakeAws()
  for (const name of ['out/b', 'in/c', 'in/a', 'in/b']) cloud.object(`s3://acme-gt/${name}`, name)
  const list = (more: object) =>
    cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt', Prefix: 'in/', MaxKeys: 2, ...more }))

  const first = await list({})
  const second = await list({ ContinuationToken: first.NextContinuationToken })
  const after = await list({ StartAfter: 'in/b' })
  const all = await cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt' }))

  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2, Prefix: 'in/', Name: 'acme-gt' })
  expect(first.Contents).toMatchObject([
    { Key: 'in/a', Size: 4 },
    { Key: 'in/b', Size: 4 },
  ])
  expect(second).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'in/c' }] })
  expect(after.Contents).toMatchObject([{ Key: 'in/c' }])
  expect(all.KeyCount).toBe(4)
})

test('objects are stored under a KMS key of the region of their bucket', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')
  const { keyArn } = cloud.key({ alias: 'alias/gt' })
  const disabled = cloud.key({ state: 'Disabled' })
  const put = (SSEKMSKeyId?: string) =>
    cloud.send(
      new PutObjectCommand({
        Bucket: 'acme-gt',
        Key: 'x',
        Body: new Uint8Array([1]),
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId,
      }),
    )

  const stored = await put('alias/gt')
  const head = await cloud.send(new HeadObjectCommand({ Bucket: 'acme-gt', Key: 'x' }))
  const missing = await refusal(put('alias/none'))
  const off = await refusal(put(disabled.keyId))
  const byDefault = await put()

  expect(stored).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })
  expect(head).toMatchObject({ SSEKMSKeyId: keyArn, ContentLength: 1 })
  expect(missing.name).toBe('KMS.NotFoundException')
  expect(off).toEqual({
    name: 'KMS.DisabledException',
    message: `${disabled.keyArn} is disabled.`,
  })
  expect(byDefault.SSEKMSKeyId).not.toBe(keyArn)
})

test('an object under a key that is disabled cannot be read', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  cloud.object('s3://acme-gt/x', 'secret', { key: keyArn })
  cloud.setKeyState(keyArn, 'Disabled')

  const refused = await refusal(cloud.send(new GetObjectCommand({ Bucket: 'acme-gt', Key: 'x' })))

  expect(refused.name).toBe('KMS.DisabledException')
})

test('reader and writer need the key when they are not allowed everything', async () => {
  const cloud = fakeAws({ strict: true })
  const { keyArn } = cloud.key()
  const s3 = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
  const kms = {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: keyArn,
    Condition: {
      StringEquals: {
        'kms:ViaService': 's3.us-east-1.amazonaws.com',
        'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::acme-gt/x',
      },
    },
  }
  cloud.object('s3://acme-gt/x', 'secret', { key: keyArn })
  const ana = cloud.user({ name: 'ana', policies: { s3: { Version: '2012-10-17', Statement: [s3] } } })
  const ben = cloud.user({ name: 'ben', policies: { s3: { Version: '2012-10-17', Statement: [s3, kms] } } })
  const read = new GetObjectCommand({ Bucket: 'acme-gt', Key: 'x' })
  const write = new PutObjectCommand({
    Bucket: 'acme-gt',
    Key: 'x',
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: keyArn,
  })

  const anaReads = await refusal(cloud.as(ana.userArn).send(read))
  const anaWrites = await refusal(cloud.as(ana.userArn).send(write))
  const benReads = await cloud.as(ben.userArn).send(read)
  await cloud.as(ben.userArn).send(write)

  expect(anaReads).toEqual({
    name: 'AccessDenied',
    message: `User: ${ana.userArn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`,
  })
  expect(anaWrites.message).toContain('kms:GenerateDataKey')
  expect(await benReads.Body.transformToString()).toBe('secret')
  expect(cloud.read('s3://acme-gt/x')).toBe('')
})

test('a body is text or bytes', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')

  const refused = await refusal(
    cloud.send(new PutObjectCommand({ Bucket: 'acme-gt', Key: undefined, Body: new ReadableStream() })),
  )

  expect(refused.name).toBe('NotImplemented')
})
