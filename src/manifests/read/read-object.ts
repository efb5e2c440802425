import { onAbort, throwIfAborted } from '../../aws/abort.js'
import type { Aws, CallOptions } from '../../aws/aws.js'
import type { AwsCallError } from '../../aws/aws-error.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseNoConnection } from '../../errors/refused-call.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import { joinBytes } from './join-bytes.js'

/** What is read: the call that reads it, and what it is called in errors, for instance `the manifest`. */
export interface WhatToRead {
  readonly call: string
  readonly kind: string
}

/**
 * Streams an object of S3.
 *
 * @throws LabelingJobError `aborted` once `signal` is aborted; `network` when S3 gives less than the whole object.
 */
export async function* readObject(
  { call, kind }: WhatToRead,
  uri: string,
  aws: Aws | undefined,
  { signal }: CallOptions,
): AsyncGenerator<Uint8Array, void> {
  const { bucket, key } = parseS3Uri(uri)
  refuseNoConnection(call, aws)
  const cannot = `Cannot read ${kind} ${uri}`
  const { Body: body, ContentLength: length } = await (aws as Aws).call(
    's3:GetObject',
    { Bucket: bucket, Key: key },
    { what: cannot, ...(signal !== undefined && { signal }) },
  )
  let received = 0
  const unregister = signal && onAbort(signal, () => destroy(body))
  try {
    for await (const chunk of body ?? []) {
      received += chunk.length
      yield chunk
    }
  } catch (thrown) {
    throwIfAborted(signal, cannot)
    // The connection broke: Node throws as it likes in the middle of an answer.
    const { translateAwsError } = await import('../../aws/translate-aws-error.js')
    throw translateAwsError(thrown, 's3:GetObject', await (aws as Aws).region(), cannot)
  } finally {
    unregister?.()
  }
  throwIfAborted(signal, cannot)
  // A connection that breaks may look like the end of the object; half of it must not pass for the whole.
  if (body === undefined || received < (length ?? 0)) throw cutShort(cannot, received, length)
}

/** Reads an object of S3 as a whole; see above. */
export async function readBytes(
  read: WhatToRead,
  uri: string,
  aws: Aws | undefined,
  options: CallOptions,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of readObject(read, uri, aws, options)) parts.push(part)
  return joinBytes(parts)
}

/** Ends a download: leaving the loop alone would wait for the next part of it. */
function destroy(body: unknown): void {
  const { destroy: end } = (body ?? {}) as { readonly destroy?: () => void }
  if (typeof end === 'function') end.call(body)
}

function cutShort(what: string, received: number, length: number | undefined): AwsCallError {
  return new LabelingJobError({
    code: 'network',
    what,
    why: `S3 gave ${received} of ${length ?? 'an unknown number of'} bytes`,
    fix: 'Read it again; what was read so far is good',
    data: { call: 's3:GetObject', awsError: 'IncompleteBody', mayHaveHappened: false },
  })
}
