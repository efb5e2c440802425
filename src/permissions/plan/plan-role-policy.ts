import { withCommas } from '../../errors/printable.js'
import { isRecord, statementsIn, textList } from '../policy/parse-policy.js'
import { parsePolicySource } from '../policy/policy-source.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { ourName, ROLE_POLICY_PREFIX, ROLE_POLICY_SID } from './our-names.js'
import type { Planned, RolePolicyChange } from './permission-change.js'

/** The quota over all inline policies of a role in characters, white space not counted; AWS does not raise it. */
export const ROLE_POLICIES_LIMIT = 10_240

/** Plans the library's own inline policy on the role: the missing actions on exactly one key. */
export async function planRolePolicy(
  { role }: PermissionSources,
  keyArn: string,
  actions: readonly string[],
): Promise<Planned<RolePolicyChange>> {
  if (role.arn.includes(':role/aws-service-role/'))
    return { refused: 'the role is linked to a service of AWS, and only that service changes its policies' }
  const inline = role.identityPolicies.filter(({ name }) => parsePolicySource(name).kind === 'inline')
  const hidden = role.identityPolicies.find(
    ({ name, policy }) => policy === 'UNREADABLE' && parsePolicySource(name).kind !== 'managed',
  )
  if (hidden !== undefined)
    return {
      refused: 'the inline policies of the role cannot be read (iam:ListRolePolicies, iam:GetRolePolicy)',
    }
  const policyName = await ourName(ROLE_POLICY_PREFIX, role.arn, keyArn)
  const ours = inline.find(({ name }) => parsePolicySource(name).name === policyName)
  const before = ours === undefined ? null : textOf(ours.policy)
  const kept = before === null ? [] : ourActions(before, keyArn)
  if (kept === undefined)
    return { refused: `the role has a policy ${policyName} that is not of this library's making` }
  const after = ourPolicyText(keyArn, [...new Set([...kept, ...actions])])
  const foreign = inline.filter((policy) => policy !== ours).map(({ policy }) => textOf(policy))
  const used = [...foreign, after].reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0)
  if (used > ROLE_POLICIES_LIMIT) {
    return {
      refused: `the inline policies of the role would be ${withCommas(used)} characters long, and the limit is ${withCommas(ROLE_POLICIES_LIMIT)}${actions.every((action) => action === 'kms:CreateGrant') ? '' : "; plan with { prefer: 'guide' }"}`,
    }
  }
  return {
    change: {
      kind: 'role-policy',
      keyArn,
      roleArn: role.arn,
      roleName: role.name,
      policyName,
      actions,
      before,
      after,
      size: { used, limit: ROLE_POLICIES_LIMIT, unit: 'characters' },
    },
  }
}

/** The text of the library's own inline policy: some actions on exactly one key. */
export function ourPolicyText(keyArn: string, actions: readonly string[]): string {
  const statement = { Sid: ROLE_POLICY_SID, Effect: 'Allow', Action: actions, Resource: keyArn }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
}

/** The actions of a policy that this library wrote for a key; `undefined` for a policy of another making. */
export function ourActions(text: string, keyArn: string): readonly string[] | undefined {
  const [statement, ...more] = statementsIn(text) ?? []
  if (
    more.length > 0 ||
    !isRecord(statement) ||
    statement['Sid'] !== ROLE_POLICY_SID ||
    statement['Effect'] !== 'Allow'
  )
    return undefined
  const resources = textList(statement['Resource'])
  if (resources?.length !== 1 || resources[0] !== keyArn || statement['Condition'] !== undefined)
    return undefined
  return textList(statement['Action'])
}

function textOf(policy: unknown): string {
  return typeof policy === 'string' ? policy : JSON.stringify(policy)
}
