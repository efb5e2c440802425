import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { withSignal } from '../../aws/with-signal.js'
import { isLabelingJobError, type LabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refusedCall, refuseNoConnection, refusePromise } from '../../errors/refused-call.js'
import { copyOf } from '../../json/json.js'
import { parseArn } from '../../names/arn.js'
import { sameMeaning } from '../policy/compare-policies.js'
import type { GrantUndo, UndoEntry, UndoInfo } from './applied-plan.js'
import { readCaller, refuseOtherRegion } from './caller.js'
import { ChangeFailed } from './change-failed.js'
import { oneAtATime } from './one-at-a-time.js'
import { findOurGrants } from './our-grants.js'
import {
  changeFailed,
  type PermissionsChangeError,
  type PermissionsChangeErrorData,
} from './permissions-error.js'
import { keyPolicyDocument, rolePolicyDocument } from './stored-documents.js'
import { whyNotOurs, withoutOurs } from './verify-undo.js'
import { type StoredDocument, writeDocument } from './write-document.js'

/** What became of each change. */
export interface UndoResult {
  /** Taken back just now. */
  readonly undone: readonly UndoEntry[]
  /** Left as they are, with the reason: already gone, or changed by somebody since. */
  readonly kept: readonly { readonly entry: UndoEntry; readonly why: string }[]
}

/**
 * Takes back what `applyPlan` wrote, last change first: takes out the library's own statement, policy or grant, or what
 * was added to it, and leaves what anybody else wrote since. What is no longer as it was written stays. The information
 * may have travelled as JSON: nothing but this library's own is touched, whatever stands in it.
 *
 * Needs `kms:GetKeyPolicy` and `kms:PutKeyPolicy`, `iam:GetRolePolicy`, `iam:PutRolePolicy` and
 * `iam:DeleteRolePolicy`, or `kms:ListGrants` and `kms:RevokeGrant`.
 *
 * @throws LabelingJobError `permissions-apply-failed` and others when a change cannot be taken back; the call's own error
 * when it cannot be looked at; `refused-call` for what is no undo information, and from another region or account.
 *
 * @example
 * const { undo: info } = await applyPlan(await planPermissions(job, aws), aws)
 * console.log(await undo(info, aws))
 */
export async function undo(info: UndoInfo, aws: Aws, options: CallOptions = {}): Promise<UndoResult> {
  refuseNoConnection('undo', aws)
  refuseUnknownOptions({ call: 'undo', what: 'Cannot call undo()' }, options, ['signal'])
  const bound = withSignal(aws, options.signal, 'Cannot undo the changes')
  const data = undoInfoOf(info)
  await refuseElsewhere(data, bound)
  const undone: UndoEntry[] = []
  const kept: { entry: UndoEntry; why: string }[] = []
  for (const entry of [...data.entries].reverse()) {
    const why = (await whyNotOurs(entry)) ?? (await undoOne(entry, data, bound))
    if (why === undefined) undone.push(entry)
    else kept.push({ entry, why })
  }
  return { undone, kept }
}

/** Gives undo information as plain data, which nobody changes any more, and refuses what is none. */
function undoInfoOf(info: UndoInfo): UndoInfo {
  try {
    const data = copyOf(info) as unknown as UndoInfo
    const isObjects = data.entries.every((entry) => typeof entry === 'object' && entry !== null)
    if (isObjects && typeof data.region === 'string' && typeof data.caller === 'string') return data
  } catch {
    // Said below.
  }
  refusePromise('undo', 'the undo information', info)
  throw refused('this is no undo information: give .undo of what ensurePermissions() or applyPlan() gave')
}

/** Refuses a connection from which the changes cannot be taken back. */
async function refuseElsewhere({ entries, region, caller }: UndoInfo, aws: Aws): Promise<void> {
  await refuseOtherRegion('undo', { what: 'the changes were made', region }, aws)
  const { account } = await readCaller('undo', aws)
  for (const entry of entries) {
    const accounts = accountsFor(entry, caller)
    if (!accounts.includes(account))
      throw refused(
        `the changes are taken back from account ${accounts.join(' or ')}, and the credentials are of account ${account}`,
      )
  }
}

/** The accounts from which a change can be taken back: KMS lets a grant be revoked in the key's and in its issuer's. */
function accountsFor(entry: UndoEntry, maker: string): readonly (string | undefined)[] {
  const arns =
    entry.kind === 'role-policy'
      ? [entry.roleArn]
      : entry.kind === 'key-policy'
        ? [entry.keyArn]
        : [entry.keyArn, maker]
  return [...new Set(arns.map((arn) => parseArn(String(arn))?.account))]
}

function refused(reason: string): LabelingJobError {
  return refusedCall('undo', reason)
}

const GONE = 'it is not there any more'
const CHANGED = 'somebody changed it since'

/** Takes one change back; the reason when it is kept. */
function undoOne(entry: UndoEntry, info: UndoInfo, aws: Aws): Promise<string | undefined> {
  if (entry.kind === 'grant') return oneAtATime(entry.keyArn, () => revoke(entry, info, aws))
  if (entry.kind === 'role-policy') {
    const document = rolePolicyDocument(entry.roleName, entry.policyName, aws)
    return oneAtATime(entry.roleArn, () =>
      edit(document, info, aws, (now) => {
        if (now === null) return GONE
        return isSamePolicy(now, entry.written) ? { after: entry.previous } : CHANGED
      }),
    )
  }
  const document = keyPolicyDocument(entry.keyArn, aws)
  return oneAtATime(entry.keyArn, () => edit(document, info, aws, (now) => withoutOurs(now, entry)))
}

function isSamePolicy(now: string, written: string): boolean {
  try {
    return sameMeaning(now, written)
  } catch {
    return false
  }
}

async function edit(
  document: StoredDocument,
  info: UndoInfo,
  aws: Aws,
  change: (now: string | null) => { readonly after: string | null } | string,
): Promise<string | undefined> {
  const before = await orFailed(document.what, info, () => retryPassing(aws, () => document.read()))
  const changed = change(before)
  if (typeof changed === 'string') return changed
  const { after } = changed
  const outcome = await orFailed(document.what, info, () =>
    writeDocument(document, { before, after, rebuild: () => after, malformedPatience: 0 }, aws),
  )
  if (outcome.state === 'verified' || outcome.state === 'propagating' || outcome.state === 'already-there')
    return undefined
  const data = {
    what: document.what,
    base: before ?? undefined,
    planned: after ?? undefined,
    done: [],
    undo: info,
  }
  if (outcome.state === 'failed')
    throw isLabelingJobError(outcome.cause, 'aborted') ? outcome.cause : undoFailed(data, outcome.cause)
  throw changeFailed(
    outcome.state === 'stale' ? 'permissions-stale-plan' : 'permissions-lost-update',
    { ...data, found: outcome.found ?? undefined },
    { why: 'somebody else wrote it at the same time', fix: 'Look at it, then undo again' },
  )
}

/** Words what only this library noticed; errors of AWS go through. */
async function orFailed<Answer>(what: string, info: UndoInfo, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (thrown) {
    if (!(thrown instanceof ChangeFailed) || thrown.failure.kind !== 'aws') throw thrown
    throw undoFailed({ what, done: [], undo: info }, thrown.failure.cause)
  }
}

/** A grant is told by its name, role and operations: an id alone may be another's. */
async function revoke(entry: GrantUndo, info: UndoInfo, aws: Aws): Promise<string | undefined> {
  const what = `the grant ${entry.grantId ?? entry.name} on ${entry.keyArn}`
  const found = await orFailed(what, info, () => findOurGrants(entry, aws))
  const ours = found.filter(({ GrantId }) => entry.grantId === null || GrantId === entry.grantId)
  if (ours.length === 0) return GONE
  for (const { GrantId = '' } of ours) {
    try {
      await retryPassing(aws, () => aws.call('kms:RevokeGrant', { KeyId: entry.keyArn, GrantId }))
    } catch (thrown) {
      if (isAwsError(thrown, 'NotFoundException', 'InvalidGrantIdException')) return GONE
      if (!isAwsError(thrown)) throw thrown
      throw undoFailed({ what, done: [], undo: info }, thrown)
    }
  }
  return undefined
}

function undoFailed(data: PermissionsChangeErrorData, cause: unknown): PermissionsChangeError {
  return changeFailed('permissions-apply-failed', data, {
    why: isAwsError(cause) ? cause.why : cause instanceof Error ? cause.message : String(cause),
    fix: 'Undo again once that is solved: what is undone already is left alone',
    cause,
  })
}
