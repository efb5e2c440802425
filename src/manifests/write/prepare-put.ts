import type { Aws } from '../../aws/aws.js'
import { isKmsKeyArn } from '../../names/kms-key.js'
import { InvalidNameError } from '../../names/name.js'
import { parseS3Uri } from '../../names/s3-uri.js'

/** Where an object goes, and under which key. */
export interface WriteOptions {
  /** The ARN of the key to encrypt it under; the job's role has to be able to decrypt with it. Default: the bucket's. */
  readonly key?: string
  readonly aws: Aws
}

/** Puts one object; `kind` says what it is, for errors. Checks where it goes when called, before there is a body. */
export function preparePut(
  kind: string,
  uri: string,
  { key, aws }: WriteOptions,
): (body: string | Uint8Array, contentType: string) => Promise<void> {
  const { bucket, key: objectKey } = parseS3Uri(uri)
  if (objectKey === '' || objectKey.endsWith('/')) {
    throw new InvalidNameError(
      { kind: `the address of ${kind}`, received: uri, expected: 's3://bucket/path/file' },
      'Name the object to write, not the bucket or folder it goes to',
    )
  }
  if (key !== undefined && !isKmsKeyArn(key)) {
    throw new InvalidNameError(
      { kind: `the key of ${kind}`, received: key, expected: 'the ARN of a key' },
      'Take it from a resolved job (resolved.keys.output.arn) or from resolveKey()',
    )
  }
  return async (body, contentType) => {
    await aws.call(
      's3:PutObject',
      {
        Bucket: bucket,
        Key: objectKey,
        Body: body,
        ContentType: contentType,
        ...(key === undefined ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key }),
      },
      { what: `Cannot write ${kind} to ${uri}` },
    )
  }
}
