import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { withCommas } from '../../errors/printable.js'
import { canonicalPolicy } from '../policy/compare-policies.js'
import {
  deletedPrincipalsIn,
  isDeletedPrincipal,
  removeDeletedPrincipals,
  withoutDeletedPrincipals,
} from '../policy/deleted-principals.js'
import { findStatement, spliceStatement } from '../policy/edit-policy.js'
import { isRecord, statementsIn, textList } from '../policy/parse-policy.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import { withoutSpace } from '../policy/scan-json.js'
import type { KeySources } from '../read/read-key.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { GUIDE_ACTIONS, GUIDE_SINGLE_ACTIONS } from '../requirements/key-requirements.js'
import { keyStatement } from '../requirements/permission-documents.js'
import { ourName, STATEMENT_PREFIX } from './our-names.js'
import type { KeyPolicyChange, Planned } from './permission-change.js'

/** The quota of a key policy in bytes, white space included; AWS does not raise it. */
const KEY_POLICY_LIMIT = 32_768

/** What the statement is to allow. */
export interface WantedActions {
  /** What is to be added. */
  readonly actions: readonly string[]
  /** What the role is allowed already: naming it again gives nothing new. */
  readonly alreadyAllowed: readonly string[]
}

/**
 * Plans the library's own statement in the policy of a key: exact role, no condition, resource `*`. Pure but for the
 * hash. Refuses what KMS would refuse: deleted principals, characters outside its set, more than 32,768 bytes.
 */
export async function planKeyPolicy(
  { role, caller }: PermissionSources,
  { key, policy }: KeySources,
  wanted: WantedActions,
  options: { readonly compact?: boolean; readonly removeDeletedPrincipals?: boolean },
): Promise<Planned<KeyPolicyChange>> {
  if (policy === 'UNREADABLE')
    return { refused: `the key policy cannot be read (kms:GetKeyPolicy), so it cannot be changed safely` }
  if (caller !== undefined && caller.account !== key.account)
    return { refused: `the key belongs to account ${key.account}, and its policy is changed from there only` }
  const sid = await ourName(STATEMENT_PREFIX, role.arn)
  const name = `the key policy of ${key.arn}`
  let compact = false
  const removedPrincipals = options.removeDeletedPrincipals === true ? removable(policy, role.roleId) : []
  let ours: PolicyStatement | undefined
  let statement: PolicyStatement
  let after: string
  try {
    ours = findStatement(policy, sid, name)
    const why = ours && whyNotReplaced(ours, role)
    if (why !== undefined) return { refused: `${name} has a statement ${sid} that ${why}` }
    const isOfRole = ours !== undefined && isFor(ours, role.arn)
    statement = keyStatement(sid, role.arn, mergedActions(isOfRole ? ours : undefined, wanted))
    after = editKeyPolicy(policy, {
      keyArn: key.arn,
      statement,
      compact: false,
      removedPrincipals: removedPrincipals,
    })
    compact = options.compact === true && byteLength(after) > KEY_POLICY_LIMIT
    if (compact) after = withoutSpace(after)
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'policy-not-understood'))
      return { refused: `${name} cannot be changed safely: ${thrown.why}` }
    throw thrown
  }
  const change = { sid, compact, removedPrincipals, canRemove: options.removeDeletedPrincipals !== true }
  const why = obstacleIn(policy, after, change)
  if (why !== undefined) return { refused: why }
  return {
    change: {
      kind: 'key-policy',
      keyArn: key.arn,
      roleArn: role.arn,
      roleCreatedAt: role.createdAt?.toISOString() ?? null,
      sid,
      statement,
      actions: textList(statement.Action) ?? [],
      replaces: ours === undefined || (isPlainAllow(ours) && isFor(ours, role.arn)) ? null : ours,
      removedPrincipals: removedPrincipals,
      before: policy,
      after,
      compact,
      size: { used: byteLength(after), limit: KEY_POLICY_LIMIT, unit: 'bytes' },
    },
  }
}

/**
 * Puts the statement of a change into the text of a key policy, takes out the deleted principals it names, and the white space if
 * it is to be compact. Pure.
 *
 * @throws LabelingJobError `policy-not-understood` when the text is not such that this can be done safely.
 */
export function editKeyPolicy(
  text: string,
  change: Pick<KeyPolicyChange, 'keyArn' | 'statement' | 'compact' | 'removedPrincipals'>,
): string {
  const name = `the key policy of ${change.keyArn}`
  const spliced = spliceStatement(text, change.statement, name)
  const cleaned =
    change.removedPrincipals.length === 0
      ? spliced
      : removeDeletedPrincipals(spliced, change.removedPrincipals, name)
  return change.compact ? withoutSpace(cleaned) : cleaned
}

/** An id that is the role's own stands for a live role, whatever KMS shows. */
function removable(policy: string, roleId: string | undefined): readonly string[] {
  return deletedPrincipalsIn(policy).filter((id) => id !== roleId)
}

/** Why a statement of our Sid is not replaced; `undefined` when it may be. */
function whyNotReplaced(
  ours: PolicyStatement,
  { arn, roleId }: PermissionSources['role'],
): string | undefined {
  if (!isFor(ours, arn) && !isForDeletedRole(ours, roleId))
    return `is not about ${arn} alone, and is not ours to replace`
  if (ours.Effect !== 'Allow') return 'denies, and a Deny is not taken away'
  return undefined
}

/** What our statement allows so far stays; the guide's five entries stand in once nothing new comes with them. */
function mergedActions(ours: PolicyStatement | undefined, wanted: WantedActions): readonly string[] {
  const kept = ours !== undefined && isPlainAllow(ours) ? (textList(ours.Action) ?? []) : []
  // What hung on the old statement and is needed must not get lost with it.
  const needed = ours === undefined || kept.length > 0 ? [] : wanted.alreadyAllowed
  const all = [...new Set([...kept, ...needed, ...wanted.actions])]
  const covered = new Set([...all, ...wanted.alreadyAllowed])
  const isCovered = (action: string) =>
    covered.has(action) ||
    kept.some((pattern) => GUIDE_ACTIONS.includes(pattern) && startsAs(pattern, action))
  if (
    !GUIDE_SINGLE_ACTIONS.every(isCovered) ||
    !wanted.actions.some((action) => GUIDE_SINGLE_ACTIONS.includes(action))
  )
    return all
  const beyond = all.filter(
    (action) => !GUIDE_SINGLE_ACTIONS.includes(action) && !GUIDE_ACTIONS.includes(action),
  )
  return [...GUIDE_ACTIONS, ...beyond]
}

function startsAs(pattern: string, action: string): boolean {
  return pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))
}

function isFor(statement: PolicyStatement, roleArn: string): boolean {
  return onlyPrincipal(statement) === roleArn
}

/** KMS shows our statement for a role of this ARN that was deleted: the Sid comes from the ARN, and the id stays. */
function isForDeletedRole(statement: PolicyStatement, roleId: string | undefined): boolean {
  const named = onlyPrincipal(statement)
  return named !== undefined && isDeletedPrincipal(named) && named !== roleId
}

function onlyPrincipal({ Principal, NotPrincipal }: PolicyStatement): string | undefined {
  if (NotPrincipal !== undefined || !isRecord(Principal) || Object.keys(Principal).length !== 1)
    return undefined
  const named = textList(Principal['AWS'])
  return named?.length === 1 ? named[0] : undefined
}

function isPlainAllow({ Effect, Condition, Resource, NotAction }: PolicyStatement): boolean {
  return (
    Effect === 'Allow' &&
    Condition === undefined &&
    NotAction === undefined &&
    textList(Resource)?.join(' ') === '*'
  )
}

function obstacleIn(
  before: string,
  after: string,
  {
    sid,
    compact,
    removedPrincipals,
    canRemove,
  }: Pick<KeyPolicyChange, 'sid' | 'compact' | 'removedPrincipals'> & { readonly canRemove: boolean },
): string | undefined {
  const deletedPrincipals = deletedPrincipalsIn(after)
  if (deletedPrincipals.length > 0) {
    const hint = canRemove
      ? '; { removeDeletedPrincipals: true } takes them out of Allow statements'
      : '; it stands in a Deny, which its administrator has to change'
    const ids = deletedPrincipals.length === 1 ? 'the id of a deleted principal' : 'ids of deleted principals'
    return `the key policy names ${deletedPrincipals.join(', ')}, ${ids}, and KMS refuses every change until that is removed${hint}`
  }
  // The set that PutKeyPolicy documents for the text of a policy.
  if (!/^[\t\n\r\u0020-\u00ff]+$/.test(after)) return 'the key policy has characters that KMS does not store'
  const size = byteLength(after)
  if (size > KEY_POLICY_LIMIT) {
    const hint = compact ? '' : '; { compact: true } takes white space out'
    return `the key policy would be ${withCommas(size)} bytes long, and the limit is ${withCommas(KEY_POLICY_LIMIT)}${hint}`
  }
  const expected = (statementsIn(before) ?? []).map((statement) =>
    withoutDeletedPrincipals(statement, removedPrincipals),
  )
  return canonicalPolicy({ ...JSON.parse(before), Statement: expected.filter(isRecord) }, sid) ===
    canonicalPolicy(after, sid)
    ? undefined
    : 'the change would touch other statements'
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
