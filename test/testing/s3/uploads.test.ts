import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NoSuchUpload,
  NotFound,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const AT = { Bucket: 'acme-gt', Key: 'in/big.manifest' }
const LARGE = 'x'.repeat(5 * 1_024 ** 2)

function withBucket() {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ alias: 'alias/gt' })
  cloud.bucket('acme-gt')
  return { cloud, keyArn }
}

describe('an upload in parts', () => {
  test('becomes one object, encrypted as it was begun', async () => {
    const { cloud, keyArn } = withBucket()
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn } as const
    const { UploadId } = await cloud.send(new CreateMultipartUploadCommand({ ...AT, ...encryption }))
    const part = (PartNumber: number, Body: string) =>
      cloud.send(new UploadPartCommand({ ...AT, UploadId, PartNumber, Body }))
    const [second, first] = [await part(2, 'end'), await part(1, LARGE)]

    const Parts = [first, second].map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 }))
    const done = await cloud.send(
      new CompleteMultipartUploadCommand({ ...AT, UploadId, MultipartUpload: { Parts } }),
    )
    const { ETag, ContentLength, SSEKMSKeyId } = await cloud.send(new HeadObjectCommand(AT))

    expect(cloud.read('s3://acme-gt/in/big.manifest')).toBe(`${LARGE}end`)
    expect(done).toMatchObject({ ETag, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })
    expect({ ETag, ContentLength, SSEKMSKeyId }).toEqual({
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/),
      ContentLength: LARGE.length + 3,
      SSEKMSKeyId: keyArn,
    })
    await expect(part(3, 'more')).rejects.toBeInstanceOf(NoSuchUpload)
  })

  test('needs kms:Decrypt beside kms:GenerateDataKey, as S3 reads the parts again', async () => {
    const { cloud, keyArn } = withBucket()
    const statement = {
      Effect: 'Allow',
      Action: ['s3:PutObject', 'kms:GenerateDataKey'],
      Resource: '*',
    } as const
    const policies = { write: { Version: '2012-10-17', Statement: [statement] } } as const
    const { userArn } = cloud.user({ name: 'writer', policies })
    const writer = cloud.as(userArn)
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn } as const
    const { UploadId } = await writer.send(new CreateMultipartUploadCommand({ ...AT, ...encryption }))

    const refused = await refusal(
      writer.send(new UploadPartCommand({ ...AT, UploadId, PartNumber: 1, Body: 'a' })),
    )

    expect(refused).toEqual({ name: 'AccessDenied', message: expect.stringContaining('kms:Decrypt') })
  })

  test.each([
    ['of parts that are not there', 'InvalidPart', [{ PartNumber: 7, ETag: '"no"' }]],
    ['of no parts', 'MalformedXML', []],
    ['in another order', 'InvalidPartOrder', [2, 1]],
    ['of small parts', 'EntityTooSmall', [1, 2]],
  ])('%s is refused', async (_, name, asked) => {
    const { cloud } = withBucket()
    const { UploadId } = await cloud.send(new CreateMultipartUploadCommand(AT))
    const etags: (string | undefined)[] = []
    for (const PartNumber of [1, 2]) {
      const { ETag } = await cloud.send(
        new UploadPartCommand({ ...AT, UploadId, PartNumber, Body: `${PartNumber}` }),
      )
      etags.push(ETag)
    }
    const Parts = asked.map((one) =>
      typeof one === 'number' ? { PartNumber: one, ETag: etags[one - 1] } : one,
    )

    const refused = await refusal(
      cloud.send(new CompleteMultipartUploadCommand({ ...AT, UploadId, MultipartUpload: { Parts } })),
    )

    expect(refused.name).toBe(name)
  })

  test('that is given up leaves nothing', async () => {
    const { cloud } = withBucket()
    const { UploadId } = await cloud.send(new CreateMultipartUploadCommand(AT))
    const odd = cloud.send(new UploadPartCommand({ ...AT, UploadId, PartNumber: 0, Body: 'a' }))

    expect((await refusal(odd)).name).toBe('InvalidArgument')
    await cloud.send(new AbortMultipartUploadCommand({ ...AT, UploadId }))

    await expect(cloud.send(new HeadObjectCommand(AT))).rejects.toBeInstanceOf(NotFound)
    await expect(cloud.send(new AbortMultipartUploadCommand({ ...AT, UploadId }))).rejects.toBeInstanceOf(
      NoSuchUpload,
    )
  })
})

test('a stream is put as a whole where its length is known', async () => {
  const { cloud } = withBucket()
  const bodies = [
    [Readable.from(['a', 'b']), { ContentLength: 2 }],
    [createReadStream(new URL('../refusal.ts', import.meta.url)), {}],
    [new Blob(['ab']), {}],
  ] as const

  const read: string[] = []
  for (const [Body, length] of bodies) {
    await cloud.send(new PutObjectCommand({ ...AT, Body, ...length }))
    read.push(cloud.read('s3://acme-gt/in/big.manifest'))
  }

  expect(read).toEqual(['ab', expect.stringContaining('export async function refusal'), 'ab'])
})

test('the end of an object is read by its length, and as a stream of the web', async () => {
  const { cloud } = withBucket()
  cloud.object('s3://acme-gt/in/big.manifest', '0123456789')

  const end = await cloud.send(new GetObjectCommand({ ...AT, Range: 'bytes=-3' }))
  const all = await cloud.send(new GetObjectCommand({ ...AT, Range: 'bytes=-30' }))
  const whole = await cloud.send(new GetObjectCommand(AT))

  expect([end.ContentRange, await end.Body.transformToString()]).toEqual(['bytes 7-9/10', '789'])
  expect(all.ContentRange).toBe('bytes 0-9/10')
  expect(await new Response(whole.Body.transformToWebStream()).text()).toBe('0123456789')
})

test('many objects are deleted at once, and what may not be is told of each', async () => {
  const { cloud } = withBucket()
  for (const name of ['a', 'b', 'c']) cloud.object(`s3://acme-gt/in/${name}`, name)
  const Resource = ['arn:aws:s3:::acme-gt/in/a', 'arn:aws:s3:::acme-gt/in/none']
  const statement = { Effect: 'Allow', Action: 's3:DeleteObject', Resource } as const
  const { userArn } = cloud.user({
    name: 'cleaner',
    policies: { some: { Version: '2012-10-17', Statement: [statement] } },
  })
  const Objects = ['in/a', 'in/b', 'in/none'].map((Key) => ({ Key }))
  const all = new DeleteObjectsCommand({ Bucket: 'acme-gt', Delete: { Objects } })

  const { Deleted, Errors } = await cloud.as(userArn).send(all)
  const quiet = await cloud.send(
    new DeleteObjectsCommand({ Bucket: 'acme-gt', Delete: { Objects, Quiet: true } }),
  )
  const none = await refusal(
    cloud.send(new DeleteObjectsCommand({ Bucket: 'acme-gt', Delete: { Objects: [] } })),
  )

  expect(Deleted).toEqual([{ Key: 'in/a' }, { Key: 'in/none' }])
  expect(Errors).toMatchObject([{ Key: 'in/b', Code: 'AccessDenied' }])
  expect(quiet).toEqual({ $metadata: expect.anything() })
  expect(none.name).toBe('MalformedXML')
})

test('in a bucket with versions, deleted objects leave markers', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt', { versions: true })
  cloud.object('s3://acme-gt/in/a', 'a')

  const { Deleted } = await cloud.send(
    new DeleteObjectsCommand({ Bucket: 'acme-gt', Delete: { Objects: [{ Key: 'in/a' }] } }),
  )

  expect(Deleted).toEqual([{ Key: 'in/a', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) }])
})

test('a bucket is asked whether it is there, and answers without words', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt', { region: 'eu-west-1' })
  cloud.bucket('theirs', { account: '444455556666' })
  const head = (Bucket: string) => cloud.send(new HeadBucketCommand({ Bucket }))

  expect(await head('acme-gt')).toMatchObject({ BucketRegion: 'eu-west-1' })
  await expect(head('none')).rejects.toBeInstanceOf(NotFound)
  await expect(head('theirs')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
})
