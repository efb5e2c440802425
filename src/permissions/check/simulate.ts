import type { Aws } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import type { SimulationResult } from '../../aws/iam-calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { parseArn } from '../../names/arn.js'
import { decideRoleSide } from '../decide/decide-role-side.js'
import type { Evidence } from '../decide/decision.js'
import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'
import { NO_OPINION } from '../read/no-opinion.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { everyPage, hasName, NOT_WHOLE } from '../read/reader.js'
import { type CheckedDecision, questionFor } from './decide-requirements.js'
import type { SecondOpinion } from './second-opinion.js'

/**
 * Asks IAM's simulator for a second opinion on the role's own policies and on the organization's. It does not evaluate
 * key policies or grants, and leaves conditions of organization policies out of what it reports, so it never makes a
 * verdict certain; it can show an organization that may forbid, and that it disagrees with this library. Needs
 * `iam:SimulatePrincipalPolicy`; without it no verdict changes.
 */
export async function withSimulation(
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
  aws: Aws,
): Promise<SecondOpinion> {
  try {
    const answers = await Promise.all(
      sources.keys.map(async ({ key }) => {
        const ofKey = decisions.filter(({ keyArn }) => keyArn === key.arn)
        return [key.arn, await simulate(key.arn, ofKey, sources, aws)] as const
      }),
    )
    const opinions = new Map<string, readonly SimulationResult[] | undefined>(answers)
    return {
      decisions: decisions.map((decision) => {
        const results = opinions.get(decision.keyArn)?.filter((result) => isAbout(result, decision)) ?? []
        return results.reduce((before, result) => withResult(before, result, sources), decision)
      }),
      ...(answers.some(([, results]) => results === undefined) && {
        skipped: `IAM's simulator gave no opinion: ${NOT_WHOLE}`,
      }),
    }
  } catch (thrown) {
    // A second opinion that cannot be had changes nothing.
    if (isAccessDenied(thrown) || isAwsError(thrown, ...NO_OPINION))
      return { decisions, skipped: `IAM's simulator could not be asked: ${thrown.why}` }
    throw thrown
  }
}

function isAbout({ EvalActionName }: SimulationResult, { action }: CheckedDecision): boolean {
  return EvalActionName?.toLowerCase() === action.toLowerCase()
}

async function simulate(
  keyArn: string,
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
  aws: Aws,
): Promise<readonly SimulationResult[] | undefined> {
  const [first] = decisions
  if (first === undefined) return []
  const { context = {} } = questionFor(first.requirement, sources)
  const input = {
    PolicySourceArn: sources.role.arn,
    ActionNames: decisions.map(({ action }) => action),
    ResourceArns: [keyArn],
    ContextEntries: Object.entries({ ...context, ...plainFacts(keyArn, sources) }).map(([name, value]) => ({
      ContextKeyName: name,
      ContextKeyValues: typeof value === 'string' ? [value] : [...value],
      ContextKeyType: typeof value === 'string' ? ('string' as const) : ('stringList' as const),
    })),
  }
  return everyPage(
    (marker) =>
      retryPassing(aws, () =>
        aws.call('iam:SimulatePrincipalPolicy', {
          ...input,
          ...(marker !== undefined && { Marker: marker }),
        }),
      ),
    ({ EvaluationResults }) => EvaluationResults,
    hasName('EvalActionName'),
    ({ IsTruncated, Marker }) => ({ isTruncated: IsTruncated, marker: Marker }),
    () => undefined,
  )
}

function plainFacts(keyArn: string, { role }: PermissionSources): Readonly<Record<string, string>> {
  const { account = '', region = '' } = parseArn(keyArn) ?? {}
  return {
    'aws:PrincipalArn': role.arn,
    'aws:PrincipalAccount': role.account,
    'kms:CallerAccount': role.account,
    'aws:ResourceAccount': account,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
  }
}

function withResult(
  decision: CheckedDecision,
  result: SimulationResult,
  sources: PermissionSources,
): CheckedDecision {
  const missing = missingValues(result)
  const byOrganization = result.OrganizationsDecisionDetail?.AllowedByOrganizations
  // Values that conditions of the organization miss are not reported: its "no" may be one of ours for want of a value.
  if (byOrganization === false) {
    const wanting = missing.length === 0 ? '' : ` without a value for ${missing.join(', ')}`
    const detail = `IAM's simulator finds no Allow of the organization${wanting}`
    return withDoubt(decision, { kind: 'evaluators-disagree', detail })
  }
  const expected = SIMULATORS_WORDS[decideRoleSide(questionFor(decision.requirement, sources))]
  const differing = decisionsOf(result).find((word) => word !== expected)
  if (missing.length === 0 && expected !== undefined && differing !== undefined) {
    const detail = `IAM's simulator says ${differing} to ${decision.action} on the role's side, this library says ${expected}`
    return decision.verdict === 'denied'
      ? decision
      : asUnknown(decision, { kind: 'evaluators-disagree', detail })
  }
  // Allowed on made-up values is no word on the real ones.
  if (byOrganization === undefined || missing.length > 0) return decision
  return { ...decision, basis: 'simulated' }
}

/** Where values that are missing stand changed in July 2026, and AWS's texts differ on it: both places. */
function missingValues({
  MissingContextValues,
  ResourceSpecificResults,
}: SimulationResult): readonly string[] {
  const ofResources = (ResourceSpecificResults ?? []).flatMap((result) => result.MissingContextValues ?? [])
  return [...new Set([...(MissingContextValues ?? []), ...ofResources])]
}

function decisionsOf({ EvalDecision, ResourceSpecificResults }: SimulationResult): readonly string[] {
  const ofResources = (ResourceSpecificResults ?? []).map(({ EvalResourceDecision }) => EvalResourceDecision)
  return [EvalDecision, ...ofResources].filter((word) => word !== undefined)
}

/** Makes `unknown` what would be allowed; what is not allowed anyway may be denied as well. */
function withDoubt(decision: CheckedDecision, reason: UnknownReason): CheckedDecision {
  const { verdict, unknownBecause, possibleDeny } = decision
  if (verdict === 'allowed') return asUnknown(decision, reason)
  if (verdict === 'unknown')
    return { ...decision, basis: 'simulated', unknownBecause: [...unknownBecause, reason] }
  return verdict === 'missing'
    ? { ...decision, basis: 'simulated', possibleDeny: [...possibleDeny, ORGANIZATION_MAY_DENY] }
    : decision
}

const ORGANIZATION_MAY_DENY: Evidence = {
  policy: 'scp',
  statement: '*',
  effect: 'Deny',
  via: 'organization',
  certain: false,
}

/** Whether the simulator found no Allow of the organization for what is missing. */
export function mayBeDeniedByOrganization({ basis, possibleDeny }: CheckedDecision): boolean {
  return basis === 'simulated' && possibleDeny.includes(ORGANIZATION_MAY_DENY)
}

function asUnknown(decision: CheckedDecision, reason: UnknownReason): CheckedDecision {
  return {
    ...decision,
    verdict: 'unknown',
    basis: 'simulated',
    paths: decision.paths.map(({ name }) => ({ name, verdict: 'unknown' })),
    unknownBecause: [reason],
  }
}

/** The simulator's words for what the role's side comes to; it says nothing certain of what is unknown. */
const SIMULATORS_WORDS: Readonly<Record<Verdict, string | undefined>> = {
  allowed: 'allowed',
  denied: 'explicitDeny',
  missing: 'implicitDeny',
  unknown: undefined,
}
