import type { Aws } from '../../aws/aws.js'
import { givenNo } from '../../errors/refused-call.js'
import { invalidName } from '../../names/name.js'
import type { S3Uri, S3UriText } from '../../names/s3-uri.js'
import type { PointCloudSequence } from './point-cloud-sequence.js'
import { preparePut, type WriteOptions } from './prepare-put.js'
import type { VideoFrameSequence } from './video-frame-sequence.js'

/**
 * Writes a sequence file to S3 and gives the manifest line that points at it.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, and with a key `kms:DescribeKey` and
 * `kms:GenerateDataKey` on it.
 *
 * @throws LabelingJobError `invalid-name` for an address that does not end in `.json`.
 * @throws LabelingJobError `key-…` for a key that cannot encrypt the file.
 * @throws LabelingJobError `access-denied` and the other codes of AWS when S3 refuses.
 *
 * @example
 * const sequence = videoFrameSequence({ number: 1, prefix: 's3://acme-gt/in/video1/', frames: ['0001.jpg'] })
 * const line = await writeSequence(sequence, 's3://acme-gt/in/video1/sequence.json', aws)
 * await writeManifest([line], 's3://acme-gt/in/videos.manifest', aws, { task: 'video-frame-object-tracking' })
 */
export async function writeSequence(
  sequence: VideoFrameSequence | PointCloudSequence,
  uri: S3UriText,
  aws: Aws,
  options: WriteOptions = {},
): Promise<{ readonly 'source-ref': S3Uri }> {
  if (!String(uri).endsWith('.json')) {
    throw invalidName(
      { kind: 'the address of the sequence', received: uri, expected: 's3://bucket/path/sequence.json' },
      'Name the file with the ending .json, as Ground Truth asks',
    )
  }
  if (!Array.isArray((sequence as { readonly frames?: unknown } | undefined)?.frames)) {
    throw givenNo(
      SEQUENCE.call,
      'sequence: give what videoFrameSequence() or pointCloudSequence() makes',
      sequence,
    )
  }
  const put = await preparePut(SEQUENCE, uri, aws, options)
  return Object.freeze({ 'source-ref': await put(JSON.stringify(sequence)) })
}

const SEQUENCE = { call: 'writeSequence', kind: 'the sequence', contentType: 'application/json' } as const
