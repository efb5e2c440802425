import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type {
  GetObjectCommandInput,
  HeadObjectCommandInput,
  ListObjectsV2CommandInput,
  PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import { authorize, isUnbound, judgeKey } from '../authorize/authorize.js'
import { assertUsable, keyNamed } from '../kms/kms-keys.js'
import { AwsFault, accessDenied } from '../world/aws-fault.js'
import { page } from '../world/page.js'
import type { Call, FakeBucket, FakeObject, Operations, World } from '../world/world.js'

/** The S3 of the fake: buckets with objects, some under a KMS key. Bucket policies are not known to it. */
export const S3: Operations = {
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
  ListObjectsV2: listObjects,
}

function getObject(world: World, call: Call, input: GetObjectCommandInput) {
  const { object } = readable(world, call, input, 'NoSuchKey', 'The specified key does not exist.')
  const whole = object.body()
  const range = /^bytes=(\d+)-(\d*)$/.exec(input.Range ?? '')
  if (range === null) return { ...headers(object, whole), Body: streamOf(whole) }
  const start = Number(range[1])
  const end = range[2] === '' ? whole.length - 1 : Math.min(Number(range[2]), whole.length - 1)
  if (start >= whole.length) {
    throw new AwsFault('InvalidRange', 'The requested range is not satisfiable', 416)
  }
  const part = whole.subarray(start, end + 1)
  return {
    ...headers(object, whole),
    ContentLength: part.length,
    ContentRange: `bytes ${start}-${end}/${whole.length}`,
    Body: streamOf(part),
  }
}

function headObject(world: World, call: Call, input: HeadObjectCommandInput) {
  const { object } = readable(world, call, input, 'NotFound', 'NotFound')
  return headers(object, object.body())
}

function putObject(world: World, call: Call, input: PutObjectCommandInput) {
  const bucket = bucketNamed(world, call, input.Bucket)
  const key = input.Key ?? ''
  authorize(world, call, 's3:PutObject', objectArn(world, bucket, key))
  const encrypted = input.ServerSideEncryption === 'aws:kms'
  const kmsKey = encrypted ? encryptingKey(world, call, bucket, input.SSEKMSKeyId, key) : undefined
  const bytes = bodyBytes(input.Body)
  const object: FakeObject = {
    body: () => bytes,
    lastModified: call.at,
    ...(input.ContentType !== undefined && { contentType: input.ContentType }),
    ...(kmsKey !== undefined && { kmsKeyArn: kmsKey.arn }),
  }
  bucket.objects.set(key, object)
  call.wrote()
  const { ContentLength, LastModified, ContentType, ...answer } = headers(object, bytes)
  return answer
}

function listObjects(world: World, call: Call, input: ListObjectsV2CommandInput) {
  const bucket = bucketNamed(world, call, input.Bucket)
  authorize(world, call, 's3:ListBucket', `arn:${world.partition}:s3:::${bucket.name}`)
  const prefix = input.Prefix ?? ''
  const found = [...bucket.objects].filter(([key]) => key.startsWith(prefix)).sort(byKey)
  const after = input.StartAfter
  const listed = after === undefined ? found : found.filter(([key]) => key > after)
  const size = Math.min(input.MaxKeys ?? 1_000, world.pageSize)
  const { shown, next } = page(listed, size, input.ContinuationToken, 'InvalidArgument')
  return {
    Name: bucket.name,
    Prefix: prefix,
    KeyCount: shown.length,
    Contents: shown.map(([Key, object]) => {
      const { ETag, LastModified, ContentLength } = headers(object, object.body())
      return { Key, Size: ContentLength, ETag, LastModified, StorageClass: 'STANDARD' }
    }),
    IsTruncated: next !== undefined,
    ...(next !== undefined && { NextContinuationToken: next }),
  }
}

function readable(
  world: World,
  call: Call,
  input: { readonly Bucket?: string | undefined; readonly Key?: string | undefined },
  missing: string,
  message: string,
) {
  const bucket = bucketNamed(world, call, input.Bucket)
  const key = input.Key ?? ''
  authorize(world, call, 's3:GetObject', objectArn(world, bucket, key))
  const object = bucket.objects.get(key)
  if (object === undefined) throw new AwsFault(missing, message, 404)
  const kmsKey = object.kmsKeyArn === undefined ? undefined : world.keys.get(object.kmsKeyArn)
  if (kmsKey !== undefined) {
    if (kmsKey.state !== 'Enabled') throw new AwsFault('KMS.DisabledException', `${kmsKey.arn} is disabled.`)
    authorizeThroughS3(world, call, bucket, kmsKey, 'kms:Decrypt', key)
  }
  return { bucket, object }
}

function encryptingKey(
  world: World,
  call: Call,
  bucket: FakeBucket,
  name: string | undefined,
  object: string,
) {
  try {
    const key = keyNamed(world, { ...call, region: bucket.region }, name ?? 'alias/aws/s3')
    assertUsable(key)
    authorizeThroughS3(world, call, bucket, key, 'kms:GenerateDataKey', object)
    return key
  } catch (thrown) {
    if (!(thrown instanceof AwsFault) || thrown.name === 'AccessDenied') throw thrown
    throw new AwsFault(`KMS.${thrown.name}`, thrown.message)
  }
}

function authorizeThroughS3(
  world: World,
  call: Call,
  bucket: FakeBucket,
  key: Parameters<typeof judgeKey>[2],
  action: string,
  object: string,
): void {
  if (isUnbound(world, call.caller) && call.caller.account === key.account) return
  const judgement = judgeKey(world, call, key, action, {
    'kms:ViaService': `s3.${bucket.region}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': objectArn(world, bucket, object),
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
  })
  if (judgement.allowed) return
  throw accessDenied(
    's3',
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${key.arn} ${judgement.because}`,
  )
}

function bucketNamed(world: World, call: Call, name: string | undefined): FakeBucket {
  const bucket = world.buckets.get(name ?? '')
  if (bucket === undefined) throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist', 404)
  if (bucket.account !== call.caller.account) throw accessDenied('s3', 'Access Denied')
  return bucket
}

function objectArn(world: World, bucket: FakeBucket, key: string): string {
  return `arn:${world.partition}:s3:::${bucket.name}/${key}`
}

function headers(object: FakeObject, bytes: Uint8Array) {
  return {
    ETag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    ContentLength: bytes.length,
    LastModified: object.lastModified,
    ...(object.contentType !== undefined && { ContentType: object.contentType }),
    ServerSideEncryption: object.kmsKeyArn === undefined ? 'AES256' : 'aws:kms',
    ...(object.kmsKeyArn !== undefined && { SSEKMSKeyId: object.kmsKeyArn }),
  }
}

/** Small pieces, so that readers meet lines and letters cut in two. */
const PIECE = 16 * 1_024

function streamOf(bytes: Uint8Array) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, index) =>
    bytes.subarray(index * PIECE, (index + 1) * PIECE),
  )
  return Object.assign(Readable.from(pieces, { objectMode: false }), {
    transformToString: async (encoding?: BufferEncoding) => Buffer.from(bytes).toString(encoding ?? 'utf8'),
    transformToByteArray: async () => bytes,
  })
}

function bodyBytes(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof Uint8Array) return body.slice()
  throw new AwsFault('NotImplemented', 'FakeAws takes an object body as text or bytes, not as a stream.', 501)
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}
