import { InvalidNameError } from '../../names/name.js'
import type { PointCloudSequence } from './point-cloud-sequence.js'
import { preparePut, type WriteOptions } from './prepare-put.js'
import type { VideoFrameSequence } from './video-frame-sequence.js'

/**
 * Writes a sequence file to S3 and gives the manifest line that points at it.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, and `kms:GenerateDataKey` on the key when there is one.
 *
 * @throws InvalidNameError for an address that does not end in `.json`, and for a key that is not named by its ARN.
 * @throws AwsCallError when S3 refuses.
 */
export async function writeSequenceToS3(
  uri: string,
  sequence: VideoFrameSequence | PointCloudSequence,
  options: WriteOptions,
): Promise<{ readonly 'source-ref': string }> {
  const put = preparePut('the sequence', uri, options)
  if (!uri.endsWith('.json')) {
    throw new InvalidNameError(
      { kind: 'the address of the sequence', received: uri, expected: 's3://bucket/path/sequence.json' },
      'Name the file with the ending .json, as Ground Truth asks',
    )
  }
  await put(JSON.stringify(sequence), 'application/json')
  return Object.freeze({ 'source-ref': uri })
}
