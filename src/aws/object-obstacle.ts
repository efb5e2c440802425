import { isAwsError } from './aws-error.js'
import type { ObjectHead } from './s3-calls.js'

/** Tells whether an object is archived, so that it cannot be read or copied before it is restored. */
export function isArchived({ StorageClass, ArchiveStatus, Restore }: ObjectHead): boolean {
  const isCold = StorageClass === 'GLACIER' || StorageClass === 'DEEP_ARCHIVE' || (ArchiveStatus ?? '') !== ''
  // S3 says so for as long as the restored copy is there.
  return isCold && Restore?.includes('ongoing-request="false"') !== true
}

/** The HTTP status of an answer that was no object. */
export function statusOf({ cause }: Error): number | undefined {
  const metadata = (cause as { readonly $metadata?: { readonly httpStatusCode?: unknown } } | undefined)
    ?.$metadata
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
}

/** Why nobody who may read an object of S3 can read it all the same, as its refusal tells. */
export type ObjectObstacle = 'archived' | 'customer-key'

/** Reads from the refusal of a GET or HEAD what keeps the object closed; `undefined` for every other error. */
export function objectObstacle(error: unknown): ObjectObstacle | undefined {
  if (!isAwsError(error) || !/^s3:(?:Get|Head)Object$/.test(error.data.call)) return undefined
  if (error.data.awsError === 'InvalidObjectState') return 'archived'
  const isRequest = ['InvalidRequest', 'BadRequest', '400'].includes(error.data.awsError)
  return isRequest && statusOf(error) === 400 ? 'customer-key' : undefined
}
