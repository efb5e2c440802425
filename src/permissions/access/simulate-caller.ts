import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import type { SimulationResult } from '../../aws/iam-calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { withSignal } from '../../aws/with-signal.js'
import { parseArn } from '../../names/arn.js'
import type { AccessDecision } from '../decide/access-question.js'
import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'
import { NO_OPINION } from '../read/no-opinion.js'
import type { Caller } from '../read/read-permissions.js'
import type { Access, DecidedAccess } from './access.js'

/**
 * Asks IAM's simulator what the caller may do: for actions that no policy of a resource has a say in, it sees all there
 * is to see. What it says without a value that a condition asks for is no answer. Needs `iam:SimulatePrincipalPolicy` on
 * the caller, and `iam:GetRole` when the caller is a session of a role; without them the verdict is `unknown`.
 */
export async function simulateCaller(
  accesses: readonly Access[],
  caller: Caller | undefined,
  aws: Aws,
  options: CallOptions = {},
): Promise<readonly DecidedAccess[]> {
  const bound = withSignal(aws, options.signal, 'Cannot ask what the caller may do')
  if (caller === undefined)
    return accesses.map((access) =>
      answer(access, '', 'unknown', [unreadable('the identity of the caller', 'sts:GetCallerIdentity')]),
    )
  const arn = await principalOf(caller, bound)
  if (typeof arn !== 'string') return accesses.map((access) => answer(access, caller.arn, 'unknown', [arn]))
  return Promise.all(accesses.map((access) => simulate(access, arn, bound)))
}

/** The role behind a session, with its path; a user is its own principal. */
async function principalOf({ arn }: Caller, aws: Aws): Promise<string | UnknownReason> {
  const { service, resource = '' } = parseArn(arn) ?? {}
  if (service === 'iam' && (resource.startsWith('user/') || resource === 'root')) return arn
  const [kind, name = ''] = resource.split('/')
  if (service !== 'sts' || kind !== 'assumed-role')
    return { kind: 'undocumented', topic: `which policies ${arn} has` }
  try {
    const { Role: role } = await retryPassing(aws, () => aws.call('iam:GetRole', { RoleName: name }))
    return role?.Arn ?? unreadable(`the role of ${arn}`, 'iam:GetRole')
  } catch (thrown) {
    if (isAccessDenied(thrown) || isAwsError(thrown, ...NO_OPINION))
      return unreadable(`the role of ${arn}`, 'iam:GetRole')
    throw thrown
  }
}

function accountOf(arn: string): string | undefined {
  return parseArn(arn)?.account
}

async function simulate(access: Access, arn: string, aws: Aws): Promise<DecidedAccess> {
  // A role is passed to a service of its own account only (IAM user guide, "Grant a user permissions to pass a role").
  if (access.action === 'iam:PassRole' && accountOf(arn) !== accountOf(access.resourceArn))
    return answer(access, arn, 'missing', [])
  // Only the policies of an organization bind the root user, and the simulator does not take it.
  if (arn.endsWith(':root')) return answer(access, arn, 'allowed', [])
  const context = access.forms?.[0]?.context ?? {}
  try {
    const { EvaluationResults: results } = await retryPassing(aws, () =>
      aws.call('iam:SimulatePrincipalPolicy', {
        PolicySourceArn: arn,
        ActionNames: [access.action],
        ResourceArns: [access.resourceArn],
        ContextEntries: Object.entries(context).map(([name, value]) => ({
          ContextKeyName: name,
          ContextKeyValues: [value].flat(),
          ContextKeyType: typeof value === 'string' ? ('string' as const) : ('stringList' as const),
        })),
      }),
    )
    const result = results?.find(
      ({ EvalActionName }) => EvalActionName?.toLowerCase() === access.action.toLowerCase(),
    )
    return result === undefined
      ? answer(access, arn, 'unknown', [
          { kind: 'evaluators-disagree', detail: "IAM's simulator gave no answer" },
        ])
      : fromSimulation(access, arn, result)
  } catch (thrown) {
    if (isAccessDenied(thrown) || isAwsError(thrown, ...NO_OPINION))
      return answer(access, arn, 'unknown', [
        unreadable('what the policies of the caller allow', 'iam:SimulatePrincipalPolicy'),
      ])
    throw thrown
  }
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  allowed: 'allowed',
  explicitDeny: 'denied',
  implicitDeny: 'missing',
}

/** The simulator answers for an action and for each resource, and one may be stricter than the other. */
function strictest(said: readonly string[]): Verdict {
  const verdicts = said.map((word) => VERDICTS[word] ?? 'unknown')
  const order: readonly Verdict[] = ['denied', 'missing', 'unknown', 'allowed']
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'unknown'
}

function fromSimulation(access: Access, arn: string, result: SimulationResult): DecidedAccess {
  const missing = [
    ...(result.MissingContextValues ?? []),
    ...(result.ResourceSpecificResults ?? []).flatMap((one) => one.MissingContextValues ?? []),
  ]
  const said = [
    result.EvalDecision,
    ...(result.ResourceSpecificResults ?? []).map(({ EvalResourceDecision }) => EvalResourceDecision),
    ...(result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false
      ? ['implicitDeny']
      : []),
  ].filter((word) => word !== undefined)
  const verdict = strictest(said)
  const reasons: readonly UnknownReason[] = [
    ...[...new Set(missing)].map((key): UnknownReason => {
      const of = { policy: "what the caller's policies say", statement: '*' }
      const detail = verdict === 'allowed' ? {} : { detail: `without it, it is ${verdict}` }
      return { kind: 'condition', key, operator: "IAM's simulator", ...of, ...detail }
    }),
    ...(result.OrganizationsDecisionDetail?.AllowedByOrganizations === false
      ? [
          {
            kind: 'evaluators-disagree' as const,
            detail: "IAM's simulator finds no Allow of the organization",
          },
        ]
      : []),
    ...(verdict === 'unknown'
      ? [
          {
            kind: 'evaluators-disagree' as const,
            detail: `IAM's simulator says ${result.EvalDecision ?? 'nothing'}`,
          },
        ]
      : []),
  ]
  return answer(access, arn, reasons.length > 0 ? 'unknown' : verdict, reasons)
}

/** Whether what the simulator saw speaks against the caller, although not for certain; not where it could not be asked. */
export function speaksAgainst({ decision }: DecidedAccess): boolean {
  return decision.unknownBecause.some(
    (reason) =>
      reason.kind === 'evaluators-disagree' || (reason.kind === 'condition' && reason.detail !== undefined),
  )
}

function answer(
  access: Access,
  principalArn: string,
  verdict: Verdict,
  unknownBecause: readonly UnknownReason[],
): DecidedAccess {
  const decision: AccessDecision = {
    kind: 'identity-only',
    action: access.action,
    roleArn: principalArn,
    resourceArn: access.resourceArn,
    verdict,
    basis: 'simulated',
    paths: [],
    evidence: [],
    unknownBecause,
    possibleDeny: [],
    missingIn: verdict === 'missing' ? ['identity'] : [],
    notCovered: ['scp', 'rcp', 'session-policy', 'vpc-endpoint-policy'],
  }
  return { access, decision }
}

function unreadable(source: string, permissionNeeded: string): UnknownReason {
  return { kind: 'unreadable', source, permissionNeeded }
}
