import type { ObjectHead } from '../../aws/s3-calls.js'
import { isKmsKeyArn, type KmsKeyArn } from '../../names/kms-key.js'
import type { ProvenObject } from './proof.js'

/** The keys that the keys of objects are compared with. */
export interface KnownKeys {
  /** The key that objects should be under; absent: none is expected, or it is not known. */
  readonly expected?: KmsKeyArn
  /** Why it is not known which key is expected. */
  readonly expectedUnknown?: string
  /** The alias or id by which a job declares the expected key. */
  readonly expectedAs?: string
  /** ARN of the key behind alias/aws/s3, where the account has one. */
  readonly awsKey?: string
}

/** What an object is encrypted with, or why that cannot be told. */
export type Encryption = Pick<ProvenObject, 'encryption' | 'keyArn' | 'standing'> & { readonly why?: string }

const S3_MANAGED: Encryption = { encryption: 's3', standing: 'not-kms' }
const WITHOUT: Encryption = { encryption: 'none', standing: 'not-kms' }
const CUSTOMER_PROVIDED: Encryption = { encryption: 'customer-provided', standing: 'not-kms' }

/**
 * Reads what HeadObject says of an object's encryption. The key is an ARN in AWS's answers, also of a multi-Region key,
 * whose replicas have one each: ARNs are compared as a whole, and a bare id with the last part of one. What is not known
 * is not guessed.
 */
export function readEncryption(head: ObjectHead, keys: KnownKeys): Encryption {
  switch (head.ServerSideEncryption) {
    case 'aws:kms':
      return underKey('kms', head.SSEKMSKeyId, keys)
    case 'aws:kms:dsse':
      return underKey('dsse', head.SSEKMSKeyId, keys)
    case 'AES256':
      return S3_MANAGED
    case undefined:
      return head.SSECustomerAlgorithm === undefined ? WITHOUT : CUSTOMER_PROVIDED
    default:
      return unreadable(
        `S3 answers the encryption ${JSON.stringify(head.ServerSideEncryption)}, which is none that this library knows`,
      )
  }
}

/** Says that what an object is encrypted with cannot be told. */
export function unreadable(why: string): Encryption {
  return { encryption: 'unreadable', standing: 'unreadable', why }
}

function underKey(encryption: 'kms' | 'dsse', id: string | undefined, keys: KnownKeys): Encryption {
  if (!id) return unreadable('S3 says that it is under a KMS key, but not under which')
  const { expected, awsKey, expectedUnknown } = keys
  if (isSameKey(id, awsKey)) return { encryption, keyArn: awsKey as KmsKeyArn, standing: 'aws-key' }
  if (isSameKey(id, expected)) return { encryption, keyArn: expected as KmsKeyArn, standing: 'expected' }
  const keyArn = isKmsKeyArn(id) ? { keyArn: id } : {}
  return expectedUnknown === undefined
    ? { encryption, ...keyArn, standing: 'another-key' }
    : { encryption, ...keyArn, standing: 'unreadable', why: expectedUnknown }
}

function isSameKey(id: string, arn: string | undefined): boolean {
  return arn !== undefined && (id === arn || (!id.includes(':') && arn.endsWith(`:key/${id}`)))
}
