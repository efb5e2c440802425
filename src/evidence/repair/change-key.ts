import type { Aws } from '../../aws/aws.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import { parseArn } from '../../names/arn.js'
import type { KmsKeyArn } from '../../names/kms-key.js'

/** An object as it is to be changed. */
export interface ChangedObject {
  readonly bucket: string
  readonly key: string
  /** What S3 said of it a moment ago. */
  readonly head: ObjectHead
}

/** The version to look at afterwards; absent: the current one. */
export interface WrittenVersion {
  readonly versionId?: string
}

/**
 * Puts an object under another key where it is. The call takes no condition: in a bucket that keeps versions the version
 * is named; elsewhere whoever writes at the same moment wins. S3 puts objects in place only under keys of the account that
 * owns the bucket, and is told so: a bucket of that name in other hands is left alone.
 */
export async function updateEncryption(
  { bucket, key, head }: ChangedObject,
  keyArn: KmsKeyArn,
  aws: Aws,
): Promise<WrittenVersion> {
  const { VersionId } = head
  const account = parseArn(keyArn)?.account
  await aws.call('s3:UpdateObjectEncryption', {
    Bucket: bucket,
    Key: key,
    ...(account !== undefined && { ExpectedBucketOwner: account }),
    ...(VersionId !== undefined && { VersionId }),
    ObjectEncryption: {
      SSEKMS: { KMSKeyArn: keyArn, ...(head.BucketKeyEnabled && { BucketKeyEnabled: true }) },
    },
  })
  return VersionId === undefined ? {} : { versionId: VersionId }
}

/** Copies an object over itself under another key, unless it is no longer what it was a moment ago. */
export async function copyInPlace(
  { bucket, key, head }: ChangedObject,
  keyArn: KmsKeyArn,
  aws: Aws,
): Promise<WrittenVersion> {
  const { ETag = '', StorageClass, BucketKeyEnabled } = head
  const { VersionId } = await aws.call('s3:CopyObject', {
    Bucket: bucket,
    Key: key,
    CopySource: [bucket, ...key.split('/')].map(encodeURIComponent).join('/'),
    CopySourceIfMatch: ETag,
    IfMatch: ETag,
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: keyArn,
    ...(BucketKeyEnabled && { BucketKeyEnabled: true }),
    ...(StorageClass !== undefined && { StorageClass }),
  })
  return VersionId === undefined ? {} : { versionId: VersionId }
}
