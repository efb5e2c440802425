import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { SlowDown } from '../../aws/pace.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import { refuseDeadCredentials } from '../proof/dead-credentials.js'
import { type ChangedObject, copyInPlace, updateEncryption, type WrittenVersion } from './change-key.js'
import { decideHow } from './decide-how.js'
import { isRefused, lookAtHead } from './look-at-head.js'
import type { FollowedObject } from './read-plan.js'
import type { ReencryptedAs } from './reencryption-plan.js'

/** What became of one object. */
export interface ObjectOutcome {
  readonly as: ReencryptedAs
  readonly why?: string
}

/** One object of a plan, in the folder of the job. */
export interface PlacedObject {
  readonly planned: FollowedObject
  readonly bucket: string
  readonly key: string
}

/** What everything is put under. */
export interface Target {
  readonly keyArn: KmsKeyArn
  readonly account: string
}

const PAUSES = [1_000, 2_000, 4_000, 8_000, 16_000]
const CHANGED = { as: 'changed-since' } as const

/**
 * Puts one object under the key: looks whether it is what the plan saw, changes it, and looks again. When a request fails in
 * a way that passes, or may have been carried out all the same, it begins anew: what is under the key then is done.
 *
 * @throws LabelingJobError `network`, `credentials`, `client-missing`, `aborted`: they end the work on all objects.
 */
export async function reencryptObject(
  object: PlacedObject,
  target: Target,
  aws: Aws,
  options: CallOptions & { readonly slowDown: SlowDown },
): Promise<ObjectOutcome> {
  const { signal, slowDown } = options
  let whyNot: string | undefined
  for (let tries = 0; ; tries++) {
    // Once a change was sent it is seen to its end, whatever the signal says.
    const before = await lookAtPlanned(object, target, aws, tries === 0 ? options : { slowDown })
    if (before.how === 'right') return { as: tries === 0 ? 'already-done' : 'done' }
    if (before.how === 'ended') return before.outcome
    if (whyNot !== undefined && (signal?.aborted || tries > PAUSES.length))
      return { as: 'failed', why: whyNot }
    const sent = await sendChange({ ...object, head: before.head }, before.how, target.keyArn, aws)
    if (sent.as === 'sent') return verify(object, sent.written, target, aws, options)
    if (sent.as !== 'passing') return sent
    slowDown()
    whyNot = sent.why
    await aws.clock.sleep(PAUSES[tries] ?? 0, signal).catch(() => {})
  }
}

type Sent =
  | { readonly as: 'sent'; readonly written: WrittenVersion }
  /** It failed for a reason that passes, or was carried out although its answer was lost. */
  | { readonly as: 'passing'; readonly why: string }
  | (ObjectOutcome & { readonly as: ReencryptedAs })

async function sendChange(
  object: ChangedObject,
  how: 'update-encryption' | 'copy-in-place',
  keyArn: KmsKeyArn,
  aws: Aws,
): Promise<Sent> {
  try {
    const change = how === 'copy-in-place' ? copyInPlace : updateEncryption
    return { as: 'sent', written: await change(object, keyArn, aws) }
  } catch (thrown) {
    if (!isAwsError(thrown) || thrown.code === 'credentials') throw thrown
    if (SOMETHING_ELSE_IS_THERE.includes(thrown.data.awsError)) return CHANGED
    const passes = thrown.retryable || thrown.data.mayHaveHappened
    return { as: passes ? 'passing' : 'failed', why: thrown.why }
  }
}

type Before =
  | { readonly how: 'right' }
  | { readonly how: 'ended'; readonly outcome: ObjectOutcome }
  | { readonly how: 'update-encryption' | 'copy-in-place'; readonly head: ObjectHead }

/** Looks whether an object is still what the plan saw. How it is changed is decided anew: a plan may have been edited. */
async function lookAtPlanned(
  { planned, bucket, key }: PlacedObject,
  target: Target,
  aws: Aws,
  options: CallOptions & { readonly slowDown: SlowDown },
): Promise<Before> {
  const isNoncurrent = planned.noncurrent === true
  const versionId = isNoncurrent ? planned.versionId : undefined
  const look = await lookAtHead({ bucket, key, versionId }, aws, options)
  if (look.found === 'gone') return { how: 'ended', outcome: CHANGED }
  if (isRefused(look)) await refuseDeadCredentials({ bucket, prefix: key }, aws, options)
  if (look.found === 'unreadable') return { how: 'ended', outcome: { as: 'failed', why: look.why } }
  const { head } = look
  const how = decideHow(head, {
    ...target,
    isNoncurrent,
    copyInPlace: planned.how === 'copy-in-place',
    now: aws.clock.now(),
  })
  if (how.how === 'right') return how
  // A bucket that keeps no versions says so in two ways: it lists `null`, and says nothing of an object.
  const isSame = head.ETag === planned.etag && (planned.versionId ?? 'null') === (head.VersionId ?? 'null')
  if (!isSame) return { how: 'ended', outcome: CHANGED }
  if (how.how === 'not-possible') {
    return { how: 'ended', outcome: { as: 'failed', ...(how.why !== undefined && { why: how.why }) } }
  }
  return { how: how.how, head }
}

/** S3 answers the change with nothing: what an object is under is known once it was looked at again. */
async function verify(
  { planned, bucket, key }: PlacedObject,
  { versionId }: WrittenVersion,
  target: Target,
  aws: Aws,
  { slowDown }: { readonly slowDown: SlowDown },
): Promise<ObjectOutcome> {
  const look = await lookAtHead({ bucket, key, versionId }, aws, { slowDown }).catch((thrown: unknown) => {
    if (!isAwsError(thrown)) throw thrown
    return { found: 'unreadable' as const, why: thrown.why }
  })
  if (look.found === 'gone') return CHANGED
  if (look.found === 'unreadable') {
    return { as: 'failed', why: `it was changed, but not looked at again: ${look.why}` }
  }
  const now = aws.clock.now()
  const { how } = decideHow(look.head, { ...target, isNoncurrent: false, copyInPlace: false, now })
  if (how === 'right') return { as: 'done' }
  if (look.head.ETag !== planned.etag) return CHANGED
  const { SSEKMSKeyId, ServerSideEncryption } = look.head
  return {
    as: 'failed',
    why: `S3 took the change, and says that the object is under ${SSEKMSKeyId ?? ServerSideEncryption ?? 'no key'}`,
  }
}

const SOMETHING_ELSE_IS_THERE = [
  'PreconditionFailed',
  'ConditionalRequestConflict',
  'NoSuchKey',
  'NoSuchVersion',
  'MethodNotAllowed',
]
