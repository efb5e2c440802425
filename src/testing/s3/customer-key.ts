import { createHash } from 'node:crypto'
import { AwsFault } from '../world/aws-fault.js'
import type { StoredObject } from '../world/stored-object.js'

/** The headers of a key that the customer keeps. */
export interface CustomerKeyHeaders {
  readonly SSECustomerAlgorithm?: string | undefined
  readonly SSECustomerKey?: string | Uint8Array | undefined
  readonly SSECustomerKeyMD5?: string | undefined
}

/** The MD5 of the customer's key that a call brings, if any. */
export function customerKeyMd5(input: CustomerKeyHeaders): string | undefined {
  const { SSECustomerKey: key, SSECustomerKeyMD5: md5, SSECustomerAlgorithm: algorithm } = input
  if (key === undefined) return undefined
  if (algorithm !== 'AES256') {
    throw new AwsFault(
      'InvalidArgument',
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    )
  }
  // The SDK hashes the key when the caller does not.
  return md5 ?? createHash('md5').update(key).digest('base64')
}

/** Refuses to open an object with a customer's key other than its own, or without it. */
export function checkCustomerKey(object: StoredObject, md5: string | undefined): void {
  const { encryption } = object
  if (encryption.kind !== 'customer-provided') {
    if (md5 === undefined) return
    throw new AwsFault('InvalidRequest', 'The encryption parameters are not applicable to this object.')
  }
  if (md5 === undefined) {
    throw new AwsFault(
      'InvalidRequest',
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    )
  }
  if (md5 !== encryption.keyMd5) throw new AwsFault('AccessDenied', 'Access Denied', 403)
}
