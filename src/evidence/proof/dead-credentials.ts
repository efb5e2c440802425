import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { Folder } from './list-objects.js'

/**
 * Tells a refusal from credentials that have run out: S3 answers a HEAD with such credentials by a bare 400 or 403, and
 * tells them apart where an answer has a body.
 *
 * @throws LabelingJobError `credentials`
 */
export async function refuseDeadCredentials(
  { bucket, prefix }: Folder,
  aws: Aws,
  request: CallOptions,
): Promise<void> {
  try {
    await aws.call('s3:ListObjectsV2', { Bucket: bucket, Prefix: prefix, MaxKeys: 1 }, request)
  } catch (thrown) {
    if (isAwsError(thrown) && thrown.code === 'credentials') throw thrown
  }
}
