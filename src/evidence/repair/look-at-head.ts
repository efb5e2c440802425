import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { statusOf } from '../../aws/object-obstacle.js'
import type { SlowDown } from '../../aws/pace.js'
import { passesByItself, retryPassing } from '../../aws/retry-passing.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import { PATIENCE } from '../declared/ask-patiently.js'
import { whyUnreadable } from '../proof/look-at-object.js'

/** What S3 says of an object; `gone` when there is none, or why it says nothing. */
export type Look =
  | { readonly found: 'object'; readonly head: ObjectHead }
  | { readonly found: 'gone' }
  | { readonly found: 'unreadable'; readonly why: string; readonly status?: number | undefined }

/**
 * Asks S3 for an object, and again while it throttles or fails. It asks for no checksum, which would take rights on the key.
 *
 * @throws LabelingJobError `network`, `credentials`, `client-missing`, `aborted`: they say nothing of this object.
 */
export async function lookAtHead(
  object: { readonly bucket: string; readonly key: string; readonly versionId?: string | undefined },
  aws: Aws,
  { signal, slowDown }: CallOptions & { readonly slowDown: SlowDown },
): Promise<Look> {
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
    return { found: 'object', head: await retryPassing(aws, ask, { ...request, pauses: PATIENCE }) }
  } catch (thrown) {
    if (!isAwsError(thrown) || thrown.code === 'network' || thrown.code === 'credentials') throw thrown
    const status = statusOf(thrown)
    if (status === 404 || status === 405) return { found: 'gone' }
    return { found: 'unreadable', why: whyUnreadable(status, versionId !== undefined) ?? thrown.why, status }
  }
}

/** Whether an answer may mean credentials that have run out as well. */
export function isRefused(look: Look): boolean {
  return look.found === 'unreadable' && (look.status === 400 || look.status === 403)
}
