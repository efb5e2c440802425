import type { Aws } from '../../aws/aws.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { canonicalJson } from '../../json/canonical-json.js'
import { isRoleArn, parseRoleArn } from '../../names/role-arn.js'
import { makeKeyPolicyChange } from '../plan/key-policy-change.js'
import { GRANT_PREFIX, ourName, ROLE_POLICY_PREFIX } from '../plan/our-names.js'
import type {
  ChangeSize,
  GrantChange,
  KeyPolicyChange,
  PermissionChange,
  Planned,
  RolePolicyChange,
} from '../plan/permission-change.js'
import type { PermissionPlanData } from '../plan/permission-plan.js'
import { callersPrincipal, GRANTABLE_ACTIONS } from '../plan/plan-grant.js'
import { mergedActions } from '../plan/plan-key-policy.js'
import { ourActions, ourPolicyText, ROLE_POLICIES_LIMIT } from '../plan/plan-role-policy.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import type { Caller } from '../read/read-permissions.js'
import { singleActions, wantedActions, whyNotOfPlan, whyNotWhole } from './verify-decisions.js'

/** What is made anew of a change, or why it is not what this library makes. */
type Remade<Change> = Planned<Change>

const ALTERED = 'it is not what planPermissions() makes of this role, key and actions'

/**
 * Makes every change of a plan anew from role, key and actions, and says why when one is not equal to it: a plan may
 * have travelled as a text, which anybody may have changed. What is written is what was made anew. The texts it starts
 * from are compared with what AWS holds when they are written.
 */
export async function remakeChanges(
  plan: PermissionPlanData,
  caller: Caller,
  aws: Aws,
): Promise<
  { readonly changes: readonly PermissionChange[] } | { readonly change: unknown; readonly why: string }
> {
  try {
    return await remakeAll(plan, caller, aws)
  } catch (thrown) {
    // A text may hold anything in the place of anything.
    if (thrown instanceof TypeError)
      return { change: undefined, why: 'its parts are not what they should be' }
    throw thrown
  }
}

async function remakeAll(
  plan: PermissionPlanData,
  caller: Caller,
  aws: Aws,
): ReturnType<typeof remakeChanges> {
  const misfit = whyNotOfPlan(plan)
  if (misfit !== undefined) return { change: undefined, why: misfit }
  const changes: PermissionChange[] = []
  for (const change of plan.changes) {
    const remade = await remake(change, plan, caller, aws)
    if ('refused' in remade) return { change, why: remade.refused }
    if (!isEqual(change, remade.change)) return { change, why: ALTERED }
    changes.push(remade.change)
  }
  const why = whyNotWhole(plan, changes)
  return why === undefined ? { changes } : { change: undefined, why }
}

async function remake(
  change: PermissionChange,
  plan: PermissionPlanData,
  caller: Caller,
  aws: Aws,
): Promise<Remade<PermissionChange>> {
  const isOfPlan =
    change.roleArn === plan.report.role &&
    isRoleArn(change.roleArn) &&
    plan.report.keys.some(({ arn }) => arn === change.keyArn)
  if (!isOfPlan) return { refused: 'it is about another role or key than the plan' }
  if (change.kind === 'key-policy') return remakeKeyPolicy(change, plan, aws)
  if (change.kind === 'role-policy') return remakeRolePolicy(change, plan)
  return change.kind === 'grant' ? remakeGrant(change, plan, caller, aws) : { refused: ALTERED }
}

async function remakeKeyPolicy(
  change: KeyPolicyChange,
  plan: PermissionPlanData,
  aws: Aws,
): Promise<Remade<KeyPolicyChange>> {
  const { keyArn, roleArn, before, actions, removedPrincipals, compact } = change
  const removed = textsOf(removedPrincipals)
  const given = textsOf(actions)
  if (typeof before !== 'string' || removed === undefined || given === undefined) return { refused: ALTERED }
  const wanted = wantedActions(plan, keyArn, singleActions(given))
  if (wanted.actions.length === 0) return { refused: ALTERED }
  const roleId = mayBeOfDeleted(change) ? await readRoleId(roleArn, aws) : undefined
  const found = deletedPrincipalsIn(before)
  if (removed.some((id) => id === roleId || !found.includes(id))) return { refused: ALTERED }
  return makeKeyPolicyChange({
    keyArn,
    policy: before,
    role: { arn: roleArn, ...(roleId !== undefined && { roleId }), ...createdAt(change) },
    actionsWith: (ours) => mergedActions(ours, wanted),
    removedPrincipals: removed,
    canRemove: false,
    compact: compact === true,
  })
}

function createdAt({ roleCreatedAt }: KeyPolicyChange): { readonly createdAt?: Date } {
  const moment = new Date(String(roleCreatedAt))
  return Number.isNaN(moment.getTime()) ? {} : { createdAt: moment }
}

function mayBeOfDeleted({ removedPrincipals, replaces }: KeyPolicyChange): boolean {
  return removedPrincipals.length > 0 || deletedPrincipalsIn({ Statement: replaces }).length > 0
}

/** An id that is the role's own stands for a live role, whatever KMS shows. */
async function readRoleId(roleArn: string, aws: Aws): Promise<string | undefined> {
  const { Role } = await retryPassing(aws, () =>
    aws.call('iam:GetRole', { RoleName: parseRoleArn(roleArn).name }),
  )
  return Role?.RoleId
}

async function remakeRolePolicy(
  change: RolePolicyChange,
  plan: PermissionPlanData,
): Promise<Remade<RolePolicyChange>> {
  const { kind, keyArn, roleArn, before, actions, size } = change
  const kept = before === null ? [] : typeof before === 'string' ? ourActions(before, keyArn) : undefined
  const given = textsOf(actions)
  if (kept === undefined || given === undefined) return { refused: ALTERED }
  const wanted = wantedActions(plan, keyArn, given).actions
  if (wanted.length === 0) return { refused: ALTERED }
  const policyName = await ourName(ROLE_POLICY_PREFIX, roleArn, keyArn)
  const after = ourPolicyText(keyArn, [...new Set([...kept, ...wanted])])
  const roleName = parseRoleArn(roleArn).name
  if (!isSizeOf(after, size)) return { refused: ALTERED }
  return { change: { kind, keyArn, roleArn, roleName, policyName, actions: wanted, before, after, size } }
}

/** How long the other policies of the role were is not in the plan. */
function isSizeOf(text: string, size: ChangeSize): boolean {
  const least = text.replace(/\s/g, '').length
  const { used, limit, unit, ...more } = size
  const isInside = Number.isInteger(used) && used >= least && used <= ROLE_POLICIES_LIMIT
  return isInside && limit === ROLE_POLICIES_LIMIT && unit === 'characters' && Object.keys(more).length === 0
}

async function remakeGrant(
  change: GrantChange,
  plan: PermissionPlanData,
  caller: Caller,
  aws: Aws,
): Promise<Remade<GrantChange>> {
  const { kind, keyArn, roleArn } = change
  const given = textsOf(change.operations)?.map((operation) => `kms:${operation}`)
  if (given?.every((action) => GRANTABLE_ACTIONS.includes(action)) !== true) return { refused: ALTERED }
  const retiringPrincipal = await callersPrincipal(caller.arn, aws)
  if (retiringPrincipal !== change.retiringPrincipal)
    return { refused: 'who may retire the grant is not whoever applies the plan' }
  const wanted = wantedActions(plan, keyArn, given).actions
  if (wanted.length === 0) return { refused: ALTERED }
  const operations = wanted.map((action) => action.slice('kms:'.length)).sort()
  const name = await ourName(GRANT_PREFIX, roleArn, keyArn, operations)
  const issuer = caller.account
  return { change: { kind, keyArn, roleArn, name, operations, retiringPrincipal, issuer } }
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined
}

function isEqual(change: PermissionChange, remade: PermissionChange): boolean {
  return canonicalJson(change) === canonicalJson(remade)
}
