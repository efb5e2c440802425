import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { textList } from '../policy/parse-policy.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import type { KeySources } from '../read/read-key.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { GUIDE_ACTIONS, guideSingleActions } from '../requirements/key-requirements.js'
import { isPlainAllow, makeKeyPolicyChange } from './key-policy-change.js'
import type { KeyPolicyChange, Planned } from './permission-change.js'

/** What the statement is to allow. */
export interface WantedActions {
  /** What is to be added. */
  readonly actions: readonly string[]
  /** What the role is allowed already: naming it again gives nothing new. */
  readonly alreadyAllowed: readonly string[]
}

/** Plans the library's own statement in the policy of a key. Pure but for the hash in its Sid. */
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
  const isRemoving = options.removeDeletedPrincipals === true
  return makeKeyPolicyChange({
    keyArn: key.arn,
    policy,
    role,
    actionsWith: (ours) => mergedActions(ours, wanted),
    removedPrincipals: isRemoving ? removable(policy, role.roleId) : [],
    canRemove: !isRemoving,
    compact: options.compact === true,
  })
}

/** An id that is the role's own stands for a live role, whatever KMS shows. */
function removable(policy: string, roleId: string | undefined): readonly string[] {
  return deletedPrincipalsIn(policy).filter((id) => id !== roleId)
}

/** What our statement allows so far stays; the guide's five entries stand in once nothing new comes with them. */
export function mergedActions(ours: PolicyStatement | undefined, wanted: WantedActions): readonly string[] {
  const kept = ours !== undefined && isPlainAllow(ours) ? (textList(ours.Action) ?? []) : []
  // What hung on the old statement and is needed must not get lost with it.
  const needed = ours === undefined || kept.length > 0 ? [] : wanted.alreadyAllowed
  const all = [...new Set([...kept, ...needed, ...wanted.actions])]
  const covered = new Set([...all, ...wanted.alreadyAllowed])
  const isCovered = (action: string) =>
    covered.has(action) ||
    kept.some((pattern) => GUIDE_ACTIONS.includes(pattern) && startsAs(pattern, action))
  const single = guideSingleActions()
  if (!single.every(isCovered) || !wanted.actions.some((action) => single.includes(action))) return all
  const beyond = all.filter((action) => !single.includes(action) && !GUIDE_ACTIONS.includes(action))
  return [...GUIDE_ACTIONS, ...beyond]
}

function startsAs(pattern: string, action: string): boolean {
  return pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))
}
