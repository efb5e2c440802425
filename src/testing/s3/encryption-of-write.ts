import { AwsFault } from '../world/aws-fault.js'
import type { FakeEncryption } from '../world/stored-object.js'
import type { Call, FakeBucket, World } from '../world/world.js'
import { type CustomerKeyHeaders, customerKeyMd5 } from './customer-key.js'
import { useKeyNamed } from './key-access.js'

/** The headers by which a write says how it wants to be encrypted. */
export interface EncryptionHeaders extends CustomerKeyHeaders {
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
  readonly BucketKeyEnabled?: boolean | undefined
}

/** What a write is encrypted with: what it asks for, else the bucket's default. */
export function encryptionOfWrite(
  world: World,
  call: Call,
  bucket: FakeBucket,
  object: string,
  headers: EncryptionHeaders,
): FakeEncryption {
  const { ServerSideEncryption: asked, SSEKMSKeyId, BucketKeyEnabled: bucketKey } = headers
  const keyMd5 = customerKeyMd5(headers)
  const isKms = asked === 'aws:kms' || asked === 'aws:kms:dsse'
  if (SSEKMSKeyId !== undefined && !isKms) {
    throw new AwsFault(
      'InvalidArgument',
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
    )
  }
  if (keyMd5 !== undefined) return { kind: 'customer-provided', keyMd5 }
  if (asked === 'AES256') return { kind: 's3' }
  if (asked !== undefined && !isKms) {
    throw new AwsFault('InvalidArgument', 'The encryption method specified is not supported')
  }
  const name = isKms ? (SSEKMSKeyId ?? 'alias/aws/s3') : bucket.defaultKeyArn
  if (name === undefined) return { kind: 's3' }
  const { arn } = useKeyNamed(world, call, bucket, { name, object, actions: ['kms:GenerateDataKey'] })
  return {
    kind: asked === 'aws:kms:dsse' ? 'dsse' : 'kms',
    keyArn: arn,
    ...(bucketKey !== undefined && { bucketKey }),
  }
}
