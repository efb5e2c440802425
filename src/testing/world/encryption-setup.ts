import { keyForm } from '../../names/kms-key.js'
import type { FakeEncryption } from './stored-object.js'
import type { FakeBucket } from './world.js'

/** What an object is encrypted with, as a set-up says it. */
export interface EncryptionSetup {
  /** ARN of the KMS key, also one that the fake does not know. Default: what the bucket encrypts with by default. */
  readonly key?: string
  /**
   * `kms` (the default with a key), `dsse`, `s3`, `customer-provided` (under a key that nobody has), or `none`, as
   * objects that were written before 2023.
   */
  readonly encryption?: FakeEncryption['kind']
  /** Whether an S3 Bucket Key is used. */
  readonly bucketKey?: boolean
}

/**
 * What a set-up says that an object is encrypted with; `undefined` when it leaves that to the bucket.
 *
 * @throws TypeError when kind and key do not fit
 */
export function encryptionOf({ key, encryption, bucketKey }: EncryptionSetup): FakeEncryption | undefined {
  const kind = encryption ?? (key === undefined ? undefined : 'kms')
  if (kind === 'kms' || kind === 'dsse') {
    if (key === undefined || keyForm(key) !== 'key-arn') {
      throw new TypeError(`An object with encryption ${kind} takes the ARN of a key, not ${key}`)
    }
    return { kind, keyArn: key, ...(bucketKey !== undefined && { bucketKey }) }
  }
  if (key !== undefined) throw new TypeError(`An object with encryption ${kind} has no key of KMS`)
  return kind === undefined ? undefined : { kind }
}

/** What a bucket encrypts with when a writer says nothing. */
export function defaultEncryption({ defaultKeyArn }: FakeBucket): FakeEncryption {
  return defaultKeyArn === undefined ? { kind: 's3' } : { kind: 'kms', keyArn: defaultKeyArn }
}
