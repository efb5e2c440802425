import type { Aws } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import type { SimulationResult } from '../../aws/calls.js'
import { retryThrottled } from '../../aws/retry-throttled.js'
import { parseArn } from '../../names/arn.js'
import { decideRoleSide } from '../decide/decide-role-side.js'
import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { everyPage } from '../read/reader.js'
import { type CheckedDecision, questionFor } from './decide-requirements.js'
import type { SecondOpinion } from './second-opinion.js'

/**
 * Asks IAM's simulator for a second opinion on the role's own policies and on the organization's. It does not evaluate
 * key policies or grants, so it never turns a verdict into `allowed`; it can show an organization that forbids, and that
 * it disagrees with this library. Needs `iam:SimulatePrincipalPolicy`; without it no verdict changes.
 */
export async function withSimulation(
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
  aws: Aws,
): Promise<SecondOpinion> {
  const results = new Map<string, SimulationResult>()
  try {
    await Promise.all(
      sources.keys.map(async ({ key }) => {
        const ofKey = decisions.filter(({ keyArn }) => keyArn === key.arn)
        for (const result of await simulate(key.arn, ofKey, sources, aws))
          results.set(`${key.arn} ${result.EvalActionName?.toLowerCase()}`, result)
      }),
    )
  } catch (thrown) {
    // A second opinion that cannot be had changes nothing.
    if (isAccessDenied(thrown) || isAwsError(thrown, ...NO_OPINION))
      return { decisions, skipped: `IAM's simulator could not be asked: ${thrown.why}` }
    throw thrown
  }
  return {
    decisions: decisions.map((decision) => {
      const result = results.get(`${decision.keyArn} ${decision.action.toLowerCase()}`)
      return result === undefined ? decision : withResult(decision, result, sources)
    }),
  }
}

const NO_OPINION = [
  'NoSuchEntity',
  'NoSuchEntityException',
  'InvalidInput',
  'InvalidInputException',
  'PolicyEvaluation',
  'PolicyEvaluationException',
]

async function simulate(
  keyArn: string,
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
  aws: Aws,
): Promise<readonly SimulationResult[]> {
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
  const pages = await everyPage(
    (marker) =>
      retryThrottled(aws, () =>
        aws.call('iam:SimulatePrincipalPolicy', {
          ...input,
          ...(marker !== undefined && { Marker: marker }),
        }),
      ),
    ({ EvaluationResults }) => EvaluationResults,
    ({ IsTruncated, Marker }) => (IsTruncated ? Marker : undefined),
  )
  return pages ?? []
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
  const missing = result.MissingContextValues ?? []
  const organization = result.OrganizationsDecisionDetail?.AllowedByOrganizations
  if (organization === false && missing.length > 0) {
    if (decision.verdict !== 'allowed') return decision
    const detail = `IAM's simulator finds no Allow of the organization without a value for ${missing.join(', ')}`
    return asUnknown(decision, { kind: 'evaluators-disagree', detail })
  }
  if (organization === false) return deniedByOrganization(decision)
  const expected = SIMULATORS_WORDS[decideRoleSide(questionFor(decision.requirement, sources))]
  if (missing.length === 0 && expected !== undefined && expected !== result.EvalDecision) {
    const detail = `IAM's simulator says ${result.EvalDecision} to ${decision.action} on the role's side, this library says ${expected}`
    return decision.verdict === 'denied'
      ? decision
      : asUnknown(decision, { kind: 'evaluators-disagree', detail })
  }
  // Allowed on made-up values is no word on the real ones.
  if (organization === undefined || missing.length > 0) return decision
  return {
    ...decision,
    basis: 'simulated',
    notCovered: decision.notCovered.filter((source) => source !== 'scp'),
  }
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

function deniedByOrganization(decision: CheckedDecision): CheckedDecision {
  return {
    ...decision,
    verdict: 'denied',
    basis: 'simulated',
    paths: decision.paths.map(({ name }) => ({ name, verdict: 'denied' })),
    evidence: [
      { policy: 'scp', statement: '*', effect: 'Deny', via: 'organization', certain: true },
      ...decision.evidence,
    ],
    unknownBecause: [],
    possibleDeny: [],
    notCovered: decision.notCovered.filter((source) => source !== 'scp'),
  }
}

/** The simulator's words for what the role's side comes to; it says nothing certain of what is unknown. */
const SIMULATORS_WORDS: Readonly<Record<Verdict, string | undefined>> = {
  allowed: 'allowed',
  denied: 'explicitDeny',
  missing: 'implicitDeny',
  unknown: undefined,
}
