import type { SimulatePrincipalPolicyCommandInput } from '@aws-sdk/client-iam'
import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import { authorize, rolePolicies } from '../authorize/authorize.js'
import { type JudgedRequest, statementApplies } from '../authorize/statement-applies.js'
import { AwsFault } from '../world/aws-fault.js'
import { statementsOf } from '../world/policy-document.js'
import type { Call, World } from '../world/world.js'

/**
 * IAM's policy simulator for a role: its identity policies, its boundary and the organization's policies. Key
 * policies and grants are not looked at, so its "allowed" on a key is no answer; AWS's is none either.
 */
export function simulatePrincipalPolicy(
  world: World,
  call: Call,
  input: SimulatePrincipalPolicyCommandInput,
) {
  const source = input.PolicySourceArn ?? ''
  authorize(world, call, 'iam:SimulatePrincipalPolicy', source)
  const role = world.roles.get(source)
  if (role === undefined || role.account !== call.caller.account) {
    throw new AwsFault('NoSuchEntityException', `The principal ${source} cannot be found.`, 404)
  }
  const own = rolePolicies(world, role, call.at)
  const context = new Map([
    ['aws:principalarn', [role.arn]],
    ['aws:principalaccount', [role.account]],
    ...(input.ContextEntries ?? []).map(
      (entry) =>
        [(entry.ContextKeyName ?? '').toLowerCase(), [...(entry.ContextKeyValues ?? [])]] as [
          string,
          string[],
        ],
    ),
  ])
  const resources = input.ResourceArns?.length ? input.ResourceArns : ['*']
  const results = (input.ActionNames ?? []).flatMap((action) =>
    resources.map((resource) => {
      const request = { action, resource, context }
      return result(request, own.identity, own.boundary, world.scps)
    }),
  )
  return { EvaluationResults: results, IsTruncated: false }
}

function result(
  request: JudgedRequest,
  identity: readonly PolicyDocument[],
  boundary: PolicyDocument | undefined,
  scps: readonly (readonly PolicyDocument[])[],
) {
  const matched = matching(identity, request)
  const inBoundary = boundary === undefined ? [] : matching([boundary], request)
  const levels = scps.map((level) => matching(level, request))
  const byOrganization = levels.every(allows)
  const allowed = allows(matched) && (boundary === undefined || allows(inBoundary)) && byOrganization
  const denied = [...matched, ...inBoundary, ...levels.flat()].some(({ Effect }) => Effect === 'Deny')
  const everything = [...identity, ...(boundary === undefined ? [] : [boundary]), ...scps.flat()]
  return {
    EvalActionName: request.action,
    EvalResourceName: request.resource,
    EvalDecision: denied ? 'explicitDeny' : allowed ? 'allowed' : 'implicitDeny',
    MatchedStatements: matched.map(({ Sid = '' }) => ({
      SourcePolicyId: Sid,
      SourcePolicyType: 'IAM Policy',
    })),
    MissingContextValues: missingKeys(everything, request),
    ...(scps.length > 0 && { OrganizationsDecisionDetail: { AllowedByOrganizations: byOrganization } }),
    ...(boundary !== undefined && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allows(inBoundary) },
    }),
  }
}

function matching(policies: readonly PolicyDocument[], request: JudgedRequest) {
  return policies.flatMap((policy) =>
    statementsOf(policy).filter((statement) => statementApplies(statement, request, policy.Version)),
  )
}

function allows(statements: readonly { readonly Effect?: string }[]): boolean {
  const effects = statements.map(({ Effect }) => Effect)
  return effects.includes('Allow') && !effects.includes('Deny')
}

/** The condition keys of statements that speak of the action and have no value in the request. */
function missingKeys(policies: readonly PolicyDocument[], request: JudgedRequest): string[] {
  const keys = policies.flatMap((policy) =>
    statementsOf(policy)
      .filter(({ Condition, ...bare }) => statementApplies(bare, request, policy.Version))
      .flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((tests) => Object.keys(tests))),
  )
  return [...new Set(keys)].filter((key) => !request.context.has(key.toLowerCase()))
}
