import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { statusOf } from '../../aws/object-obstacle.js'
import type { SlowDown } from '../../aws/pace.js'
import { passesByItself, retryPassing } from '../../aws/retry-passing.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import { PATIENCE } from '../declared/ask-patiently.js'

/** What S3 says of an object, or why it says nothing. */
export type HeadAnswer =
  | { readonly head: ObjectHead }
  | { readonly head?: never; readonly why: string; readonly status: number | undefined }

/**
 * Asks S3 for an object: one HEAD, and again only while S3 throttles or fails. It needs no right on any KMS key, since it
 * asks for no checksum.
 *
 * @throws LabelingJobError `network`, `credentials`, `client-missing`, `aborted`: they say nothing of this object.
 */
export async function askHead(
  object: { readonly bucket: string; readonly key: string; readonly versionId?: string | undefined },
  aws: Aws,
  { signal, slowDown }: CallOptions & { readonly slowDown: SlowDown },
): Promise<HeadAnswer> {
  const { bucket, key, versionId } = object
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
    return { head: await retryPassing(aws, ask, { ...request, pauses: PATIENCE }) }
  } catch (thrown) {
    if (!isAwsError(thrown) || thrown.code === 'network' || thrown.code === 'credentials') throw thrown
    const status = statusOf(thrown)
    return { why: whyUnreadable(status, versionId !== undefined) ?? thrown.why, status }
  }
}

/** Says what a status of S3 means for an object; `undefined` when it is not known to mean anything. */
function whyUnreadable(status: number | undefined, isVersion: boolean): string | undefined {
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
