import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { statusOf } from '../../aws/object-obstacle.js'
import type { SlowDown } from '../../aws/pace.js'
import { passesByItself, retryPassing } from '../../aws/retry-passing.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import type { S3UriText } from '../../names/s3-uri.js'
import { PATIENCE } from '../declared/ask-patiently.js'
import type { ListedObject } from './list-objects.js'
import type { ProvenObject } from './proof.js'
import { type Encryption, type KnownKeys, readEncryption, unreadable } from './read-encryption.js'

/** An object that was looked at; `why` says what stood in the way. */
export interface LookedAtObject {
  readonly object: ProvenObject
  readonly why?: string
  /** The status of S3's refusal: 400 and 403 may also mean that the credentials have run out. */
  readonly status?: number
}

/**
 * Asks S3 what one object is encrypted with: one HEAD, and again only while S3 throttles or fails. It needs no right on
 * any KMS key, since it asks for no checksum.
 *
 * @throws LabelingJobError `network`, `credentials`, `client-missing`, `aborted`: they say nothing of this object.
 */
export async function lookAtObject(
  bucket: string,
  { key, versionId, bytes }: ListedObject,
  aws: Aws,
  keys: KnownKeys,
  { signal, slowDown }: CallOptions & { readonly slowDown: SlowDown },
): Promise<LookedAtObject> {
  const uri: S3UriText = `s3://${bucket}/${key}`
  const input = { Bucket: bucket, Key: key, ...(versionId !== undefined && { VersionId: versionId }) }
  const request = signal ? { signal } : {}
  const ask = async () => {
    try {
      return await aws.call('s3:HeadObject', input, request)
    } catch (thrown) {
      if (passesByItself(thrown)) slowDown()
      throw thrown
    }
  }
  try {
    const head = await retryPassing(aws, ask, { ...request, pauses: PATIENCE })
    return proven(uri, head, versionId, bytes, readEncryption(head, keys))
  } catch (thrown) {
    if (!isAwsError(thrown) || thrown.code === 'network' || thrown.code === 'credentials') throw thrown
    const status = statusOf(thrown)
    const found = unreadable(whyUnreadable(status, versionId !== undefined) ?? thrown.why)
    return { ...proven(uri, {}, versionId, bytes, found), ...(status !== undefined && { status }) }
  }
}

function proven(
  uri: S3UriText,
  { ETag = '', ContentLength, VersionId }: ObjectHead,
  listedVersion: string | undefined,
  listedBytes: number,
  { encryption, keyArn, standing, why }: Encryption,
): LookedAtObject {
  const versionId = listedVersion ?? VersionId
  const object: ProvenObject = {
    uri,
    ...(versionId !== undefined && { versionId }),
    etag: ETag,
    bytes: ContentLength ?? listedBytes,
    encryption,
    ...(keyArn !== undefined && { keyArn }),
    standing,
  }
  return why === undefined ? { object } : { object, why }
}

/** Says what a status of S3 means for an object; `undefined` when it is not known to mean anything. */
export function whyUnreadable(status: number | undefined, isVersion: boolean): string | undefined {
  switch (status) {
    case 400:
      return 'S3 answers 400: the object is encrypted with a key that only its writer has (SSE-C), or the request is malformed'
    case 403:
      return `S3 answers 403: ${isVersion ? 's3:GetObjectVersion' : 's3:GetObject'} is not allowed on it`
    case 404:
      return 'S3 answers 404: it was deleted after it had been listed'
    case 405:
      return 'S3 answers 405: a delete marker has taken its place since it was listed'
    case 301:
    case 307:
      return `S3 answers ${status}: the bucket is in another region`
    default:
      return undefined
  }
}
