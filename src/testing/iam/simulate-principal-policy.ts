import type { SimulatePrincipalPolicyCommandInput } from '@aws-sdk/client-iam'
import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import { authorize, rolePolicies, userPolicies } from '../authorize/authorize.js'
import { type JudgedRequest, statementApplies } from '../authorize/statement-applies.js'
import { AwsFault } from '../world/aws-fault.js'
import { statementsOf } from '../world/policy-document.js'
import type { Call, World } from '../world/world.js'

/**
 * IAM's policy simulator for a role or a user: its identity policies, its boundary and the organization's policies. Key
 * policies and grants are not looked at, so its "allowed" on a key is no answer; AWS's is none either.
 */
export function simulatePrincipalPolicy(
  world: World,
  call: Call,
  input: SimulatePrincipalPolicyCommandInput,
) {
  const source = input.PolicySourceArn ?? ''
  authorize(world, call, 'iam:SimulatePrincipalPolicy', source)
  const principal = world.roles.get(source) ?? world.users.get(source)
  if (principal === undefined || principal.account !== call.caller.account) {
    throw new AwsFault('NoSuchEntityException', `The principal ${source} cannot be found.`, 404)
  }
  const own = 'trust' in principal ? rolePolicies(world, principal, call.at) : userPolicies(world, principal)
  const context = new Map([
    ['aws:principalarn', [principal.arn]],
    ['aws:principalaccount', [principal.account]],
    ...(input.ContextEntries ?? []).map(
      (entry) =>
        [(entry.ContextKeyName ?? '').toLowerCase(), [...(entry.ContextKeyValues ?? [])]] as [
          string,
          string[],
        ],
    ),
  ])
  const resources = input.ResourceArns ?? []
  const results = (input.ActionNames ?? []).map((action) => {
    const requests = (resources.length === 0 ? ['*'] : resources).map((resource) => ({
      action,
      resource,
      context,
    }))
    const each = requests.map((request) => evaluate(request, own.identity, own.boundary, world.scps))
    return result(action, resources, each)
  })
  return { EvaluationResults: results, IsTruncated: false }
}

type Evaluation = ReturnType<typeof evaluate>

const STRICTEST = ['explicitDeny', 'implicitDeny', 'allowed'] as const

/** One result an action: the strictest decision at the top, each resource below, as AWS answers since July 2026. */
function result(action: string, resources: readonly string[], each: readonly Evaluation[]) {
  const strictest = STRICTEST.map((decision) => each.find((one) => one.decision === decision)).find(Boolean)
  return {
    EvalActionName: action,
    EvalResourceName: resources.length === 0 ? '*' : 'arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}',
    EvalDecision: strictest?.decision,
    MatchedStatements: each.flatMap(({ matched }) => matched),
    MissingContextValues: [...new Set(each.flatMap(({ missing }) => missing))],
    ...strictest?.details,
    ...(resources.length > 0 && {
      ResourceSpecificResults: each.map(({ resource, decision, matched, missing }) => ({
        EvalResourceName: resource,
        EvalResourceDecision: decision,
        MatchedStatements: matched,
        MissingContextValues: missing,
      })),
    }),
  }
}

/** What AWS says is missing, and which statements matched, leaves the organization's policies out. */
function evaluate(
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
  const decision: (typeof STRICTEST)[number] = denied ? 'explicitDeny' : allowed ? 'allowed' : 'implicitDeny'
  return {
    resource: request.resource,
    decision,
    matched: matched.map(({ Sid = '' }) => ({ SourcePolicyId: Sid, SourcePolicyType: 'IAM Policy' })),
    missing: missingKeys([...identity, ...(boundary === undefined ? [] : [boundary])], request),
    details: {
      ...(scps.length > 0 && { OrganizationsDecisionDetail: { AllowedByOrganizations: byOrganization } }),
      ...(boundary !== undefined && {
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allows(inBoundary) },
      }),
    },
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
