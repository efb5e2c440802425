import type { Aws } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { isLabelingJobError, type LabelingJobError } from '../../errors/labeling-job-error.js'
import { refusedCall, refuseNoConnection } from '../../errors/refused-call.js'
import { parseArn } from '../../names/arn.js'
import { sameMeaning, sameStatement } from '../policy/compare-policies.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { findStatement, removeStatement, spliceStatement } from '../policy/edit-policy.js'
import type { UndoEntry, UndoInfo } from './applied-plan.js'
import { readCaller, refuseOtherRegion } from './caller.js'
import { oneAtATime } from './one-at-a-time.js'
import {
  changeFailed,
  type PermissionsChangeError,
  type PermissionsChangeErrorData,
} from './permissions-error.js'
import { keyPolicyDocument, rolePolicyDocument } from './stored-documents.js'
import { type StoredDocument, writeDocument } from './write-document.js'

/** What became of each change. */
export interface UndoResult {
  /** Taken back just now. */
  readonly undone: readonly UndoEntry[]
  /** Left as they are, with the reason: already gone, or changed by somebody since. */
  readonly kept: readonly { readonly entry: UndoEntry; readonly why: string }[]
}

/**
 * Takes back what `applyPlan` wrote, last change first: removes or restores only the library's own statement, policy
 * or grant, and leaves what anybody else wrote since. What is no longer as it was written stays.
 *
 * Needs `kms:GetKeyPolicy` and `kms:PutKeyPolicy`, `iam:GetRolePolicy`, `iam:PutRolePolicy` and
 * `iam:DeleteRolePolicy`, or `kms:RevokeGrant`.
 *
 * @throws LabelingJobError `permissions-…` when a change cannot be taken back; those of AWS when it cannot be looked at;
 * LabelingJobError `refused-call` for what is no undo information, and from another region or account.
 */
export async function undo(info: UndoInfo, aws: Aws): Promise<UndoResult> {
  refuseNoConnection('undo', aws)
  await refuseElsewhere(info, aws)
  const undone: UndoEntry[] = []
  const kept: { entry: UndoEntry; why: string }[] = []
  for (const entry of [...info.entries].reverse()) {
    const why = await undoOne(entry, info, aws)
    if (why === undefined) undone.push(entry)
    else kept.push({ entry, why })
  }
  return { undone, kept }
}

/** Refuses what is no undo information, and a connection from which the changes cannot be taken back. */
async function refuseElsewhere(info: UndoInfo, aws: Aws): Promise<void> {
  const { entries, region, caller } = Object(info) as Partial<UndoInfo>
  if (!Array.isArray(entries) || region === undefined || caller === undefined)
    throw refused('this is no undo information: give .undo of what ensurePermissions() or applyPlan() gave')
  await refuseOtherRegion('undo', { what: 'the changes were made', region }, aws)
  const { account } = await readCaller('undo', aws)
  for (const entry of entries as UndoInfo['entries']) {
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
  return [...new Set(arns.map((arn) => parseArn(arn)?.account))]
}

function refused(reason: string): LabelingJobError {
  return refusedCall('undo', reason)
}

const GONE = 'it is not there any more'
const CHANGED = 'somebody changed it since'

/** Takes one change back; the reason when it is left. */
function undoOne(entry: UndoEntry, info: UndoInfo, aws: Aws): Promise<string | undefined> {
  if (entry.kind === 'grant') return oneAtATime(entry.keyArn, () => revoke(entry, info, aws))
  if (entry.kind === 'role-policy') {
    const document = rolePolicyDocument(entry.roleName, entry.policyName, aws)
    return oneAtATime(entry.roleArn, () =>
      edit(document, info, aws, (now) => {
        if (now === null) return GONE
        return sameMeaning(now, entry.written) ? { after: entry.previous } : CHANGED
      }),
    )
  }
  const document = keyPolicyDocument(entry.keyArn, aws)
  return oneAtATime(entry.keyArn, () =>
    edit(document, info, aws, (now) => withoutOurs(now, entry, document.what)),
  )
}

/** The key policy without what was written; the reason when it stays. */
function withoutOurs(
  now: string | null,
  entry: UndoEntry & { readonly kind: 'key-policy' },
  what: string,
): { readonly after: string } | string {
  if (now === null) return GONE
  try {
    const ours = findStatement(now, entry.sid, what)
    if (ours === undefined) return GONE
    if (!sameStatement(ours, entry.written)) return CHANGED
    const { previousOwnStatement: previous } = entry
    // What nobody has touched since gets its very bytes back, but no ids of deleted principals: KMS would refuse them.
    if (now === entry.after && deletedPrincipalsIn(entry.before).length === 0) return { after: entry.before }
    return previous !== null && deletedPrincipalsIn({ Statement: previous }).length === 0
      ? { after: spliceStatement(now, previous, what) }
      : { after: removeStatement(now, entry.sid, what) }
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'policy-not-understood'))
      return `it cannot be changed safely: ${thrown.why}`
    throw thrown
  }
}

async function edit(
  document: StoredDocument,
  info: UndoInfo,
  aws: Aws,
  change: (now: string | null) => { readonly after: string | null } | string,
): Promise<string | undefined> {
  const before = await retryPassing(aws, () => document.read())
  const changed = change(before)
  if (typeof changed === 'string') return changed
  const { after } = changed
  const outcome = await writeDocument(
    document,
    { before, after, rebuild: () => after, malformedPatience: 0 },
    aws,
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
  if (outcome.state === 'failed') throw undoFailed(data, outcome.cause)
  throw changeFailed(
    outcome.state === 'stale' ? 'permissions-stale-plan' : 'permissions-lost-update',
    { ...data, found: outcome.found ?? undefined },
    { why: 'somebody else wrote it at the same time', fix: 'Look at it, then undo again' },
  )
}

async function revoke(
  entry: UndoEntry & { readonly kind: 'grant' },
  info: UndoInfo,
  aws: Aws,
): Promise<string | undefined> {
  try {
    await retryPassing(aws, () =>
      aws.call('kms:RevokeGrant', { KeyId: entry.keyArn, GrantId: entry.grantId }),
    )
    return undefined
  } catch (thrown) {
    if (isAwsError(thrown, 'NotFoundException', 'InvalidGrantIdException')) return GONE
    if (!isAwsError(thrown)) throw thrown
    throw undoFailed({ what: `the grant ${entry.grantId} on ${entry.keyArn}`, done: [], undo: info }, thrown)
  }
}

function undoFailed(data: PermissionsChangeErrorData, cause: unknown): PermissionsChangeError {
  return changeFailed('permissions-apply-failed', data, {
    why: isAwsError(cause) ? cause.why : String(cause),
    fix: 'Undo again once that is solved: what is undone already is left alone',
    cause,
  })
}
