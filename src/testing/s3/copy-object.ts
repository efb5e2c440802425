import type { CopyObjectCommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { authorizeObject, bucketNamed, encryptionContext } from './bucket-access.js'
import { sourceOf } from './copy-source.js'
import { customerKeyMd5 } from './customer-key.js'
import { encryptionOfWrite } from './encryption-of-write.js'
import { findVersion, readAction } from './find-version.js'
import { encryptionHeaders } from './object-headers.js'
import { checkEtag, checkPreconditions } from './preconditions.js'
import { openObject } from './read-objects.js'

/** More than this takes a multipart upload. */
const MOST_BYTES = 5 * 1_024 ** 3

/**
 * Copies an object. Content type and metadata go along; access control list, storage class, Object Lock, dates, ETag
 * and version do not, unless the call asks for them.
 */
export function copyObject(world: World, call: Call, input: CopyObjectCommandInput) {
  const from = sourceOf(input.CopySource)
  const found = findVersion(world, call, from, [readAction(from)])
  checkEtag(found.object, input.CopySourceIfMatch)
  openObject(world, call, found, customerKeyMd5(sourceKey(input)))
  const bucket = bucketNamed(world, input.Bucket)
  const key = input.Key ?? ''
  authorizeObject(world, call, 's3:PutObject', bucket, key, encryptionContext(input))
  const source = found.object
  if (source.size > MOST_BYTES) {
    throw new AwsFault(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MOST_BYTES}`,
    )
  }
  const isInPlace = found.bucket === bucket && found.key === key && from.VersionId === undefined
  if (isInPlace && !changesAnything(input)) throw new AwsFault('InvalidRequest', COPY_TO_ITSELF)
  const encryption = encryptionOfWrite(world, call, bucket, key, input)
  checkPreconditions(bucket.objects.get(key), input)
  const replaced = input.MetadataDirective === 'REPLACE'
  const contentType = replaced ? input.ContentType : source.contentType
  const metadata = replaced ? input.Metadata : source.metadata
  const size = source.size
  const object = bucket.objects.put(key, {
    content: () => source.body(),
    size,
    encryption,
    lastModified: call.at,
    ...(contentType !== undefined && { contentType }),
    ...(metadata !== undefined && { metadata: { ...metadata } }),
    ...(input.StorageClass !== undefined && { storageClass: input.StorageClass }),
  })
  call.wrote()
  return {
    CopyObjectResult: { ETag: object.etag, LastModified: object.lastModified },
    ...(found.bucket.hasVersions && { CopySourceVersionId: source.versionId }),
    ...encryptionHeaders(bucket, object),
  }
}

function changesAnything(input: CopyObjectCommandInput): boolean {
  return (
    input.ServerSideEncryption !== undefined ||
    input.SSECustomerKey !== undefined ||
    input.StorageClass !== undefined ||
    input.MetadataDirective === 'REPLACE'
  )
}

function sourceKey(input: CopyObjectCommandInput) {
  return {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  }
}

const COPY_TO_ITSELF =
  "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
