import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { isRoleArn, parseRoleArn } from '../../names/role-arn.js'
import { isRestorable, onlyPrincipal } from '../plan/key-policy-change.js'
import { GRANT_PREFIX, ourName, ROLE_POLICY_PREFIX, STATEMENT_PREFIX } from '../plan/our-names.js'
import { ourActions, ourPolicyText } from '../plan/plan-role-policy.js'
import { sameMeaning, sameStatement } from '../policy/compare-policies.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { findStatement, removeStatement, spliceStatement } from '../policy/edit-policy.js'
import { isRecord, textList } from '../policy/parse-policy.js'
import { keyStatement } from '../requirements/permission-documents.js'
import type { GrantUndo, KeyPolicyUndo, RolePolicyUndo, UndoEntry } from './applied-plan.js'
import { keyPolicyName } from './stored-documents.js'
import { checksumOf } from './undo-entry.js'

const ALTERED = 'the undo information was altered since it was given'
const FOREIGN = "it is not of this library's making"
const GONE = 'it is not there any more'
const CHANGED = 'somebody changed it since'

/** Why an entry is not followed: altered, or about something that this library did not write. Pure but for hashes. */
export async function whyNotOurs(entry: UndoEntry): Promise<string | undefined> {
  if (entry.checksum !== undefined && entry.checksum !== (await checksumOf(entry))) return ALTERED
  try {
    return (await isOurs(entry)) ? undefined : FOREIGN
  } catch (thrown) {
    // A text may hold anything in the place of anything.
    if (thrown instanceof TypeError || thrown instanceof SyntaxError || isLabelingJobError(thrown))
      return ALTERED
    throw thrown
  }
}

async function isOurs(entry: UndoEntry): Promise<boolean> {
  if (entry.kind === 'key-policy') return isOurStatement(entry)
  if (entry.kind === 'role-policy') return isOurPolicy(entry)
  return entry.kind === 'grant' && isOurGrant(entry)
}

async function isOurStatement({
  keyArn,
  sid,
  written,
  before,
  previousOwnStatement,
}: KeyPolicyUndo): Promise<boolean> {
  if (typeof keyArn !== 'string' || typeof before !== 'string') return false
  const role = onlyPrincipal(written)
  if (role === undefined || !isRoleArn(role) || sid !== (await ourName(STATEMENT_PREFIX, role, keyArn)))
    return false
  if (previousOwnStatement !== null && !isRecord(previousOwnStatement)) return false
  return sameStatement(written, keyStatement(sid, role, textList(written.Action) ?? []))
}

async function isOurPolicy(entry: RolePolicyUndo): Promise<boolean> {
  const { keyArn, roleArn, roleName, policyName, written, previous } = entry
  const actions = ourActions(written, keyArn)
  if (actions === undefined || policyName !== (await ourName(ROLE_POLICY_PREFIX, roleArn, keyArn)))
    return false
  if (parseRoleArn(roleArn).name !== roleName) return false
  if (!sameMeaning(written, ourPolicyText(keyArn, actions))) return false
  if (previous === null) return true
  // What is put back is what stands there now, without the actions that were added.
  const kept = ourActions(previous, keyArn)
  if (kept === undefined || !kept.every((action) => actions.includes(action))) return false
  return sameMeaning(previous, ourPolicyText(keyArn, kept))
}

async function isOurGrant({ keyArn, roleArn, name, operations }: GrantUndo): Promise<boolean> {
  if (typeof keyArn !== 'string' || !isRoleArn(roleArn)) return false
  return name === (await ourName(GRANT_PREFIX, roleArn, keyArn, operations))
}

/**
 * Gives the key policy as it stands without what was written; the reason when it is kept. No text of the entry is
 * written unless it is this text without our part.
 */
export function withoutOurs(now: string | null, entry: KeyPolicyUndo): { readonly after: string } | string {
  if (now === null) return GONE
  const { keyArn, sid, written, before, previousOwnStatement } = entry
  const what = keyPolicyName(keyArn)
  try {
    const ours = findStatement(now, sid, what)
    if (ours === undefined) return GONE
    if (!sameStatement(ours, written)) return CHANGED
    if (isTextBefore(before, now, entry)) return { after: before }
    return isRestorable(previousOwnStatement, written)
      ? { after: spliceStatement(now, previousOwnStatement, what) }
      : { after: removeStatement(now, sid, what) }
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'policy-not-understood'))
      return `it cannot be changed safely: ${thrown.why}`
    throw thrown
  }
}

/** Whether a text becomes the policy as it stands, byte for byte, by nothing but our statement. */
function isTextBefore(before: string, now: string, { keyArn, sid, written }: KeyPolicyUndo): boolean {
  const what = keyPolicyName(keyArn)
  try {
    const previous = findStatement(before, sid, what)
    if (previous !== undefined && !isRestorable(previous, written)) return false
    // KMS would refuse ids of deleted principals.
    return deletedPrincipalsIn(before).length === 0 && spliceStatement(before, written, what) === now
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'policy-not-understood')) return false
    throw thrown
  }
}
