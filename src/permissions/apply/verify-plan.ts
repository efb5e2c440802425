import type { Aws } from '../../aws/aws.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { canonicalJson } from '../../json/canonical-json.js'
import { isRoleArn, parseRoleArn } from '../../names/role-arn.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import { isPropagating } from '../check/propagation.js'
import { decisionOn } from '../plan/compare-decisions.js'
import { makeKeyPolicyChange } from '../plan/key-policy-change.js'
import { GRANT_PREFIX, ourName, ROLE_POLICY_PREFIX } from '../plan/our-names.js'
import type {
  GrantChange,
  KeyPolicyChange,
  PermissionChange,
  Planned,
  RolePolicyChange,
} from '../plan/permission-change.js'
import type { PermissionPlanData } from '../plan/permission-plan.js'
import { callersPrincipal, GRANTABLE_ACTIONS } from '../plan/plan-grant.js'
import { ourActions, ourPolicyText } from '../plan/plan-role-policy.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { textList } from '../policy/parse-policy.js'
import type { Caller } from '../read/read-permissions.js'
import { KNOWN_ACTIONS } from '../requirements/key-requirements.js'

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
  if (change.kind === 'key-policy') return remakeKeyPolicy(change, aws)
  if (change.kind === 'role-policy') return remakeRolePolicy(change)
  return change.kind === 'grant' ? remakeGrant(change, caller, aws) : { refused: ALTERED }
}

async function remakeKeyPolicy(change: KeyPolicyChange, aws: Aws): Promise<Remade<KeyPolicyChange>> {
  const { keyArn, roleArn, before, actions, removedPrincipals, compact } = change
  const removed = textsOf(removedPrincipals)
  const wanted = textsOf(actions)
  if (typeof before !== 'string' || removed === undefined || wanted === undefined) return { refused: ALTERED }
  const roleId = mayBeOfDeleted(change) ? await readRoleId(roleArn, aws) : undefined
  const found = deletedPrincipalsIn(before)
  if (removed.some((id) => id === roleId || !found.includes(id))) return { refused: ALTERED }
  return makeKeyPolicyChange({
    keyArn,
    policy: before,
    role: { arn: roleArn, ...(roleId !== undefined && { roleId }), ...createdAt(change) },
    actionsWith: (ours) => {
      const kept = textList(ours?.Action) ?? []
      return wanted.filter((action) => KNOWN_ACTIONS.has(action) || kept.includes(action))
    },
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

async function remakeRolePolicy(change: RolePolicyChange): Promise<Remade<RolePolicyChange>> {
  const { kind, keyArn, roleArn, before, actions, size } = change
  const kept = before === null ? [] : typeof before === 'string' ? ourActions(before, keyArn) : undefined
  const wanted = textsOf(actions)
  if (kept === undefined || wanted?.every((action) => KNOWN_ACTIONS.has(action)) !== true)
    return { refused: ALTERED }
  const policyName = await ourName(ROLE_POLICY_PREFIX, keyArn)
  const after = ourPolicyText(keyArn, [...new Set([...kept, ...wanted])])
  const roleName = parseRoleArn(roleArn).name
  return { change: { kind, keyArn, roleArn, roleName, policyName, actions: wanted, before, after, size } }
}

async function remakeGrant(change: GrantChange, caller: Caller, aws: Aws): Promise<Remade<GrantChange>> {
  const { kind, keyArn, roleArn } = change
  const operations = textsOf(change.operations)
  if (operations?.every((operation) => GRANTABLE_ACTIONS.includes(`kms:${operation}`)) !== true)
    return { refused: ALTERED }
  const retiringPrincipal = await callersPrincipal(caller.arn, aws)
  if (retiringPrincipal !== change.retiringPrincipal)
    return { refused: 'who may retire the grant is not whoever applies the plan' }
  const sorted = [...new Set(operations)].sort()
  const name = await ourName(GRANT_PREFIX, `${roleArn} ${sorted.join(' ')}`)
  const issuer = caller.account
  return { change: { kind, keyArn, roleArn, name, operations: sorted, retiringPrincipal, issuer } }
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined
}

/** The size is for people, and the age of the role only says how long a refusal may be due to it. */
function isEqual(change: PermissionChange, remade: PermissionChange): boolean {
  const unchecked = { size: null, roleCreatedAt: null }
  return canonicalJson({ ...change, ...unchecked }) === canonicalJson({ ...remade, ...unchecked })
}

/** A plan with a change taken out, or in twice, is another plan. */
function whyNotWhole(
  { report, after }: PermissionPlanData,
  changes: readonly PermissionChange[],
): string | undefined {
  const names = changes.map(({ kind, keyArn }) => `${kind} ${keyArn}`)
  if (new Set(names).size < names.length) return 'it has one change twice'
  const uncovered = after.find(
    (decision) =>
      isHelped(decisionOn(report.decisions, decision), decision) &&
      !changes.some((change) => covers(change, decision)),
  )
  return uncovered && `it has no change any more for ${uncovered.action} on ${uncovered.keyArn}`
}

function isHelped(before: CheckedDecision, after: CheckedDecision): boolean {
  if (before.verdict === 'allowed' || isPropagating(before)) return false
  if (after.verdict === 'allowed') return true
  const parts = ({ verdict, identityVerdict, unknownBecause }: CheckedDecision) =>
    canonicalJson([verdict, identityVerdict, unknownBecause])
  return before.basis === 'static' && parts(before) !== parts(after)
}

function covers(change: PermissionChange, { keyArn, action }: CheckedDecision): boolean {
  if (change.keyArn !== keyArn) return false
  if (change.kind === 'grant') return change.operations.includes(action.slice('kms:'.length))
  return change.actions.some(
    (pattern) => pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))),
  )
}
