import { parseArn } from '../../names/arn.js'
import { type CheckedDecision, decideRequirements } from '../check/decide-requirements.js'
import { whatIsNeeded } from '../check/describe-decision.js'
import type { PermissionReport } from '../check/permission-report.js'
import type { KeySources } from '../read/read-key.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { decisionOn, lostActions, withSecondOpinions } from './compare-decisions.js'
import { type PermissionChange, type Planned, withChange } from './permission-change.js'
import { GRANTABLE_ACTIONS, planGrant } from './plan-grant.js'
import { planKeyPolicy } from './plan-key-policy.js'
import type { PlanOptions } from './plan-options.js'
import { planRolePolicy } from './plan-role-policy.js'

/** What a plan is made from. */
export interface PlanRequest {
  readonly sources: PermissionSources
  readonly report: PermissionReport
  readonly options: PlanOptions
  /** Who may retire a grant; `null` when that cannot be told. */
  readonly retiringPrincipal: string | null
  /** The decisions on the sources alone, without simulation and probe. */
  readonly before: readonly CheckedDecision[]
}

/** What a plan does not help, and why. */
export interface Dropped {
  readonly target: CheckedDecision
  readonly why: string
}

/** Changes for some actions, and what would hold with them. */
export interface Round {
  readonly changes: readonly PermissionChange[]
  readonly after: readonly CheckedDecision[]
  readonly dropped: readonly Dropped[]
}

/** Plans for some actions; what the planned documents would not help is dropped, until nothing has to be dropped. */
export async function planRounds(targets: readonly CheckedDecision[], request: PlanRequest): Promise<Round> {
  const round = await planRound(targets, request)
  if (round.dropped.length === 0) return round
  const helped = targets.filter((target) => !round.dropped.some((drop) => drop.target === target))
  const next = await planRounds(helped, request)
  return { ...next, dropped: [...round.dropped, ...next.dropped] }
}

async function planRound(targets: readonly CheckedDecision[], request: PlanRequest): Promise<Round> {
  const { sources, report, before } = request
  const attempts = await attemptChanges(targets, request)
  const changes = attempts.flatMap(({ planned }) => ('refused' in planned ? [] : [planned.change]))
  const planned = decideRequirements(changes.reduce(withChange, sources))
  const after = withSecondOpinions(report.decisions, before, planned)
  const lost = lostActions(before, planned)
  const whyDropped = (target: CheckedDecision): string | undefined => {
    const attempt = attempts.find(({ targets }) => targets.includes(target))
    const lostOnKey = lost.get(target.keyArn)
    // Of the changes only a statement in the key policy replaces anything.
    if (lostOnKey !== undefined && attempt?.kind === 'key-policy')
      return `the change would take ${lostOnKey.join(', ')} from the role`
    if (attempt !== undefined && 'refused' in attempt.planned) return attempt.planned.refused
    const left = decisionOn(after, target)
    return helps(decisionOn(before, target), left)
      ? undefined
      : `it would still be ${left.verdict}; needed: ${whatIsNeeded(left)}`
  }
  const dropped = targets.flatMap((target) => {
    const why = whyDropped(target)
    return why === undefined ? [] : [{ target, why }]
  })
  return { changes, after, dropped }
}

/**
 * Whether a plan is worth having for an action: it becomes allowed, or less stands in its way. Of a key of another
 * account only the role's side can be fixed from here.
 */
function helps(before: CheckedDecision, after: CheckedDecision): boolean {
  if (after.verdict === 'allowed') return true
  if (after.verdict !== 'unknown') return false
  if (before.identityVerdict !== undefined)
    return before.identityVerdict === 'missing' && after.identityVerdict === 'allowed'
  if (before.verdict === 'missing') return false
  const left = new Set(after.unknownBecause.map((reason) => JSON.stringify(reason)))
  const had = before.unknownBecause.map((reason) => JSON.stringify(reason))
  return left.size < had.length && [...left].every((reason) => had.includes(reason))
}

type ChangeKind = PermissionChange['kind']

const KINDS: readonly ChangeKind[] = ['key-policy', 'role-policy', 'grant']

/** One change for the actions it is for, or why there can be none. */
interface Attempt {
  readonly kind: ChangeKind
  readonly targets: readonly CheckedDecision[]
  readonly planned: Planned<PermissionChange>
}

async function attemptChanges(
  targets: readonly CheckedDecision[],
  request: PlanRequest,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = []
  for (const key of request.sources.keys) {
    for (const kind of KINDS) {
      const served = targets.filter(
        (target) => target.keyArn === key.key.arn && changeKindFor(target, request) === kind,
      )
      if (served.length === 0) continue
      const planned = await planChange(kind, key, served, withRolePolicies(attempts, request))
      attempts.push({ kind, targets: served, planned })
    }
  }
  return attempts
}

/** Two policies on one role share one quota. */
function withRolePolicies(attempts: readonly Attempt[], request: PlanRequest): PlanRequest {
  const changes = attempts.flatMap(({ kind, planned }) =>
    kind === 'role-policy' && 'change' in planned ? [planned.change] : [],
  )
  return { ...request, sources: changes.reduce(withChange, request.sources) }
}

async function planChange(
  kind: ChangeKind,
  key: KeySources,
  targets: readonly CheckedDecision[],
  { sources, report, options, retiringPrincipal }: PlanRequest,
): Promise<Planned<PermissionChange>> {
  const actions = targets.map(({ action }) => action)
  if (kind === 'grant') return planGrant(sources, key, actions, retiringPrincipal)
  if (kind === 'role-policy') return planRolePolicy(sources, key.key.arn, actions)
  const alreadyAllowed = report.decisions
    .filter(({ keyArn, verdict }) => keyArn === key.key.arn && verdict === 'allowed')
    .map(({ action }) => action)
  return planKeyPolicy(sources, key, { actions, alreadyAllowed }, options)
}

function changeKindFor(
  decision: CheckedDecision,
  { sources: { role }, options: { prefer = 'auto' } }: PlanRequest,
): ChangeKind {
  const { action, delegatesToIam, identityVerdict } = decision
  if (prefer === 'grant' && GRANTABLE_ACTIONS.includes(action)) return 'grant'
  if (accountOfKey(decision) !== role.account)
    return identityVerdict === 'missing' || delegatesToIam ? 'role-policy' : 'key-policy'
  if (prefer === 'guide' && action !== 'kms:CreateGrant') return 'key-policy'
  return delegatesToIam ? 'role-policy' : 'key-policy'
}

/** The account of the key that a decision is on. */
export function accountOfKey({ keyArn }: CheckedDecision): string | undefined {
  return parseArn(keyArn)?.account
}
