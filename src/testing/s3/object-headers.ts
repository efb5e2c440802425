import type { StoredObject } from '../world/stored-object.js'
import type { FakeBucket } from '../world/world.js'

/** What S3 says of an object when it is read. */
export function objectHeaders(bucket: FakeBucket, object: StoredObject) {
  const { mode, until, legalHold } = object.lock ?? {}
  return {
    ETag: object.etag,
    ContentLength: object.size,
    LastModified: object.lastModified,
    ...(object.contentType !== undefined && { ContentType: object.contentType }),
    ...(object.metadata !== undefined && { Metadata: { ...object.metadata } }),
    ...(object.storageClass !== 'STANDARD' && { StorageClass: object.storageClass }),
    ...(mode !== undefined && { ObjectLockMode: mode.toUpperCase() }),
    ...(until !== undefined && { ObjectLockRetainUntilDate: until }),
    ...(legalHold !== undefined && { ObjectLockLegalHoldStatus: legalHold ? 'ON' : 'OFF' }),
    ...encryptionHeaders(bucket, object),
  }
}

/** What S3 says of an object's version and encryption, when it is read and when it is written. */
export function encryptionHeaders(bucket: FakeBucket, { encryption, versionId }: StoredObject) {
  return {
    ...(bucket.hasVersions && { VersionId: versionId }),
    ...kindHeaders(encryption),
  }
}

function kindHeaders(encryption: StoredObject['encryption']) {
  switch (encryption.kind) {
    case 's3':
      return { ServerSideEncryption: 'AES256' }
    case 'none':
      return {}
    case 'customer-provided':
      return {
        SSECustomerAlgorithm: 'AES256',
        ...(encryption.keyMd5 !== undefined && { SSECustomerKeyMD5: encryption.keyMd5 }),
      }
    default:
      return {
        ServerSideEncryption: encryption.kind === 'dsse' ? 'aws:kms:dsse' : 'aws:kms',
        SSEKMSKeyId: encryption.keyArn,
        ...(encryption.bucketKey && { BucketKeyEnabled: true }),
      }
  }
}
