import type { Aws, CallOptions } from '../../aws/aws.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refuseNoConnection } from '../../errors/refused-call.js'
import { resolveKey } from '../../keys/resolve-key.js'
import type { KmsKeyText, OutputKmsKey } from '../../names/kms-key.js'
import { invalidName } from '../../names/name.js'
import { isS3Uri, parseS3Uri, type S3Uri, s3Uri } from '../../names/s3-uri.js'

/** How an object is written. */
export interface WriteOptions extends CallOptions {
  /**
   * The key to encrypt it under: ARN, id, alias or alias ARN, looked up with `kms:DescribeKey`. The job's role has
   * to be able to decrypt with it. Default: what the bucket encrypts with. `undefined` is refused, so that a variable
   * that is not set never means the bucket's key.
   */
  readonly key?: OutputKmsKey | KmsKeyText
}

/** What is written: the call that writes it, what it is called in errors, and what it is for S3. */
export interface WhatToPut {
  readonly call: string
  /** For instance `the manifest`. */
  readonly kind: string
  readonly contentType: string
  /** Options of the call beside those of every write. */
  readonly options?: readonly string[]
}

/** Puts the object and gives its address. */
export type Put = (body: string | Uint8Array) => Promise<S3Uri>

/**
 * Prepares to put one object: checks where it goes and under which key before there is a body.
 *
 * @throws LabelingJobError `invalid-name` for an address without an object.
 * @throws LabelingJobError `refused-call` for options that are unknown or a key that is `undefined`.
 * @throws LabelingJobError `key-…` for a key that cannot encrypt the object.
 */
export async function preparePut(
  { call, kind, contentType, options: more = [] }: WhatToPut,
  uri: string,
  aws: Aws,
  options: WriteOptions,
): Promise<Put> {
  const what = `Cannot write ${kind} to ${isS3Uri(uri) ? uri : 'S3'}`
  const { bucket, key: objectKey } = parseS3Uri(uri)
  if (objectKey === '' || objectKey.endsWith('/')) {
    throw invalidName(
      { kind: `the address of ${kind}`, received: uri, expected: 's3://bucket/path/file' },
      'Name the object to write, not the bucket or folder it goes to',
    )
  }
  refuseNoConnection(call, aws)
  refuseUnknownOptions({ call, what }, options, [...more, 'key', 'signal'])
  const { signal } = options
  const keyArn = 'key' in options ? await keyArnOf(options.key, what, aws, options) : undefined
  return async (body) => {
    await aws.call(
      's3:PutObject',
      {
        Bucket: bucket,
        Key: objectKey,
        Body: body,
        ContentType: contentType,
        ...(keyArn !== undefined && { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn }),
      },
      { what, ...(signal !== undefined && { signal }) },
    )
    return s3Uri<string>(uri)
  }
}

async function keyArnOf(
  key: WriteOptions['key'],
  what: string,
  aws: Aws,
  { signal }: CallOptions,
): Promise<string> {
  if (key !== undefined) return (await resolveKey(key, aws, { ...(signal !== undefined && { signal }) })).arn
  throw new LabelingJobError({
    code: 'refused-call',
    what,
    why: 'the option key is there, but undefined',
    fix: 'Give the key, or leave the option out, and the object is encrypted as its bucket says',
    data: { call: 'key' },
  })
}
