import type { Tagged } from 'type-fest'
import { type Checked, invalidName } from './name.js'

/** The shape of an S3 address. */
export type S3UriText = `s3://${string}`

/** An S3 address that was checked: `s3://bucket` or `s3://bucket/key`. */
export type S3Uri = Tagged<S3UriText, 'S3Uri'>

/** The bucket and key of an S3 address; the key is empty for a whole bucket. */
export interface S3Location {
  readonly bucket: string
  readonly key: string
}

const PATTERN = /^s3:\/\/([^/\s]+)(?:\/([^\r\n]*))?$/

/**
 * Checks an S3 address: a literal when the program compiles, a plain `string` when it runs.
 *
 * @throws LabelingJobError `invalid-name` for text that is not an `s3://` address with a bucket, or is too long (1,024).
 *
 * @example
 * const folder = s3Uri(process.env['OUTPUT_FOLDER'] ?? '')
 */
export function s3Uri<Text extends string>(text: Checked<Text, S3UriText>): S3Uri {
  if (!isS3Uri(text)) {
    throw invalidName(
      {
        kind: 'an S3 address',
        received: text,
        expected: 's3://bucket or s3://bucket/key, at most 1,024 characters',
      },
      'Give the address with its scheme and bucket, for instance s3://my-bucket/in/dataset.manifest',
    )
  }
  return text
}

/** Tells whether a value is an `s3://` address. */
export function isS3Uri(value: unknown): value is S3Uri {
  return typeof value === 'string' && value.length <= 1024 && PATTERN.test(value)
}

/**
 * Splits an S3 address into bucket and key.
 *
 * @throws LabelingJobError `invalid-name` for text that is not an `s3://` address.
 */
export function parseS3Uri(uri: string): S3Location {
  const [, bucket = '', key = ''] = PATTERN.exec(s3Uri(uri)) ?? []
  return { bucket, key }
}

/** Takes the slashes from the end of a path. A pattern would try every slash of a path that has many. */
export function withoutEndSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}
