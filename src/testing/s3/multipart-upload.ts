import { createHash } from 'node:crypto'
import type {
  AbortMultipartUploadCommandInput,
  CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommandInput,
  UploadPartCommandInput,
} from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, FakeUpload, Operations, World } from '../world/world.js'
import { authorizeObject, bucketNamed, encryptionContext } from './bucket-access.js'
import { encryptionOfWrite } from './encryption-of-write.js'
import { useKeyOf } from './key-access.js'
import { encryptionHeaders } from './object-headers.js'
import { checkPreconditions } from './preconditions.js'
import { bodyBytes } from './put-object.js'

/** Uploads in parts, as `@aws-sdk/lib-storage` makes of a large body. */
export const MULTIPART: Operations = {
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeUpload,
  AbortMultipartUpload: abortUpload,
}

/** Every part but the last has so many bytes (S3 user guide, "Multipart upload limits"). */
const LEAST_BYTES = 5 * 1_024 ** 2

function createUpload(world: World, call: Call, input: CreateMultipartUploadCommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  const key = input.Key ?? ''
  authorizeObject(world, call, 's3:PutObject', bucket, key, encryptionContext(input))
  const id = world.ids.uuid()
  world.uploads.set(id, {
    bucket: bucket.name,
    key,
    encryption: encryptionOfWrite(world, call, bucket, key, input),
    parts: new Map(),
    ...(input.ContentType !== undefined && { contentType: input.ContentType }),
    ...(input.Metadata !== undefined && { metadata: { ...input.Metadata } }),
    ...(input.StorageClass !== undefined && { storageClass: input.StorageClass }),
  })
  call.wrote()
  return { Bucket: bucket.name, Key: key, UploadId: id }
}

function uploadPart(world: World, call: Call, input: UploadPartCommandInput) {
  const { bucket, upload } = uploadNamed(world, call, input, 's3:PutObject')
  const { PartNumber: number = 0 } = input
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000))
    throw new AwsFault('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive')
  const { encryption } = upload
  // S3 reads the parts again when it puts them together (KMS developer guide, "How Amazon S3 uses AWS KMS").
  if (encryption.kind === 'kms' || encryption.kind === 'dsse') {
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt']
    useKeyOf(world, call, bucket, { arn: encryption.keyArn, object: upload.key, actions })
  }
  const content = Buffer.from(bodyBytes(input.Body))
  const etag = `"${createHash('md5').update(content).digest('hex')}"`
  upload.parts.set(number, { content, etag })
  call.wrote()
  return { ETag: etag }
}

function completeUpload(world: World, call: Call, input: CompleteMultipartUploadCommandInput) {
  const { bucket, upload, id } = uploadNamed(world, call, input, 's3:PutObject')
  const asked = input.MultipartUpload?.Parts ?? []
  if (asked.length === 0)
    throw new AwsFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    )
  const parts = asked.map(({ PartNumber = 0, ETag = '' }, index) => {
    const part = upload.parts.get(PartNumber)
    if (part === undefined || part.etag.replaceAll('"', '') !== ETag.replaceAll('"', ''))
      throw new AwsFault(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      )
    if (PartNumber <= (asked[index - 1]?.PartNumber ?? 0))
      throw new AwsFault(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      )
    return part
  })
  if (parts.slice(0, -1).some(({ content }) => content.length < LEAST_BYTES))
    throw new AwsFault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size')
  checkPreconditions(bucket.objects.get(upload.key), input)
  const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex')))
  const { bucket: _, key, parts: __, ...rest } = upload
  const object = bucket.objects.put(key, {
    ...rest,
    content: Buffer.concat(parts.map(({ content }) => content)),
    lastModified: call.at,
    etag: `"${createHash('md5').update(md5s).digest('hex')}-${parts.length}"`,
  })
  world.uploads.delete(id)
  call.wrote()
  return { Bucket: bucket.name, Key: key, ETag: object.etag, ...encryptionHeaders(bucket, object) }
}

function abortUpload(world: World, call: Call, input: AbortMultipartUploadCommandInput) {
  const { id } = uploadNamed(world, call, input, 's3:AbortMultipartUpload')
  world.uploads.delete(id)
  call.wrote()
  return {}
}

interface UploadInput {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
  readonly UploadId?: string | undefined
}

function uploadNamed(
  world: World,
  call: Call,
  { Bucket, Key = '', UploadId: id = '' }: UploadInput,
  action: string,
) {
  const bucket = bucketNamed(world, Bucket)
  authorizeObject(world, call, action, bucket, Key)
  const upload: FakeUpload | undefined = world.uploads.get(id)
  if (upload === undefined || upload.bucket !== bucket.name || upload.key !== Key)
    throw new AwsFault(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    )
  return { bucket, upload, id }
}
