import { isArchived } from '../../aws/object-obstacle.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import { parseArn } from '../../names/arn.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import { readEncryption } from '../proof/read-encryption.js'
import type { PlannedObject } from './reencryption-plan.js'

/** What is wanted of an object, and what may be done to it. */
export interface Wanted {
  readonly keyArn: KmsKeyArn
  /** The account of the job, which is taken for the owner of its bucket. */
  readonly account: string
  readonly copyInPlace: boolean
  readonly isNoncurrent: boolean
  /** Object Lock is over, or not, at this moment. */
  readonly now: Date
}

/** How an object gets under the key: `right` when it is there. */
export type How =
  | { readonly how: 'right' }
  | (Pick<PlannedObject, 'why' | 'loses' | 'fromKeyArn'> & { readonly how: PlannedObject['how'] })

/** The most that CopyObject copies (S3 API reference, CopyObject). */
const MOST_BYTES_TO_COPY = 5 * 1_024 ** 3

/**
 * Decides how an object gets under a key, by what HeadObject says of it. Pure. S3 changes the key in place of what is under
 * SSE-S3 or SSE-KMS, and of nothing else (S3 user guide, "Updating server-side encryption for existing objects").
 */
export function decideHow(head: ObjectHead, wanted: Wanted): How {
  const { encryption, keyArn: fromKeyArn, standing, why } = readEncryption(head, { expected: wanted.keyArn })
  const from = fromKeyArn === undefined ? {} : { fromKeyArn }
  // Once or twice over: a proof takes both for under the key.
  if (standing === 'expected') return { how: 'right' }
  const lock = describeLock(head, wanted.now)
  if (lock !== undefined) return { how: 'not-possible', why: lock, ...from }
  switch (encryption) {
    case 'kms':
    case 's3': {
      if (parseArn(wanted.keyArn)?.account === wanted.account) return { how: 'update-encryption', ...from }
      return copy(
        head,
        wanted,
        'S3 puts objects in place only under keys of the account that owns the bucket',
        from,
      )
    }
    case 'dsse':
      return copy(head, wanted, 'S3 cannot take off double encryption (DSSE-KMS) in place', from)
    case 'none':
      return copy(head, wanted, 'S3 cannot encrypt in place what was written without encryption', from)
    case 'customer-provided':
      return { how: 'not-possible', why: 'only its writer has the key that it is encrypted with (SSE-C)' }
    case 'unreadable':
      return { how: 'not-possible', why: why ?? 'what it is encrypted with cannot be told' }
  }
}

/** A copy over itself, where it is allowed, possible, and of use. */
function copy(
  head: ObjectHead,
  wanted: Wanted,
  because: string,
  from: Pick<PlannedObject, 'fromKeyArn'>,
): How {
  const refuse = (why: string): How => ({ how: 'not-possible', why: `${because}; ${why}`, ...from })
  if (wanted.isNoncurrent) return refuse('a copy would be a new version, and leave this one as it is')
  if ((head.ContentLength ?? 0) > MOST_BYTES_TO_COPY) return refuse('it is too large to be copied (5 GB)')
  if (isArchived(head))
    return refuse(
      `it is archived (${head.ArchiveStatus || head.StorageClass}), and has to be restored before a copy`,
    )
  if (!wanted.copyInPlace) return refuse('a copy over itself can, if you allow it: { copyInPlace: true }')
  return { how: 'copy-in-place', loses: lossesOf(head), ...from }
}

/** What a copy over itself does not keep (S3 API reference, CopyObject). */
function lossesOf({
  VersionId,
  LastModified,
  ETag,
  StorageClass,
  ObjectLockMode,
}: ObjectHead): readonly string[] {
  return [
    `its date of last change (${LastModified?.toISOString() ?? 'unknown'})`,
    `its ETag (${ETag ?? 'unknown'})`,
    'its access control list: the copy is private',
    'a redirect for websites, if it has one',
    ...(hasVersions(VersionId)
      ? [
          `its place as the current version: version ${VersionId} stays, noncurrent, as it is encrypted now`,
          `its Object Lock, if it has one: a lock protects one version, and the copy has what the bucket gives new ones${ObjectLockMode === undefined ? '; S3 shows none, which it also does without s3:GetObjectRetention and s3:GetObjectLegalHold' : ''}`,
        ]
      : []),
    ...(StorageClass === 'INTELLIGENT_TIERING'
      ? ['its tier: the copy begins anew in that for frequent access (S3 Intelligent-Tiering)']
      : []),
    'the encryption context that it was written with, if it has one',
    'the silence: a copy sends an event s3:ObjectCreated:Copy where the bucket is set to send them',
  ]
}

/** A bucket that keeps no versions says nothing, or `null`. */
export function hasVersions(versionId: string | undefined): boolean {
  return versionId !== undefined && versionId !== 'null'
}

function describeLock(head: ObjectHead, now: Date): string | undefined {
  const { ObjectLockLegalHoldStatus: hold, ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = head
  if (hold === 'ON') return 'Object Lock: it is under a legal hold, which must be lifted first'
  if (until === undefined || until <= now) return undefined
  return mode === 'GOVERNANCE'
    ? `Object Lock: it is retained until ${until.toISOString()} in governance mode, which must be lifted first`
    : `Object Lock: it is retained until ${until.toISOString()} in compliance mode, which nobody can lift`
}
