import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { authorizeObject, bucketNamed, encryptionContext } from './bucket-access.js'
import { encryptionOfWrite } from './encryption-of-write.js'
import { encryptionHeaders } from './object-headers.js'
import { checkPreconditions } from './preconditions.js'

export function putObject(world: World, call: Call, input: PutObjectCommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  const key = input.Key ?? ''
  authorizeObject(world, call, 's3:PutObject', bucket, key, encryptionContext(input))
  const encryption = encryptionOfWrite(world, call, bucket, key, input)
  checkPreconditions(bucket.objects.get(key), input)
  const object = bucket.objects.put(key, {
    content: bodyBytes(input.Body),
    encryption,
    lastModified: call.at,
    ...(input.ContentType !== undefined && { contentType: input.ContentType }),
    ...(input.Metadata !== undefined && { metadata: { ...input.Metadata } }),
    ...(input.StorageClass !== undefined && { storageClass: input.StorageClass }),
  })
  call.wrote()
  return { ETag: object.etag, ...encryptionHeaders(bucket, object) }
}

/** Takes a body as text or bytes; of a stream the dispatcher has made bytes. */
export function bodyBytes(body: unknown): string | Uint8Array {
  if (body === undefined) return ''
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return body.slice()
  throw new AwsFault(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented: a stream needs its ContentLength',
    501,
  )
}
