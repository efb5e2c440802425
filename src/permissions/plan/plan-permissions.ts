import type { Aws } from '../../aws/aws.js'
import { parseArn } from '../../names/arn.js'
import { type CheckedSources, type CheckOptions, checkSources } from '../check/check-permissions.js'
import { type CheckedDecision, decideRequirements } from '../check/decide-requirements.js'
import { whatIsNeeded } from '../check/describe-decision.js'
import type { PermissionReport } from '../check/permission-report.js'
import { isPropagating } from '../check/propagation.js'
import { PLAN_OPTIONS, refuseCall } from '../check/refuse-options.js'
import type { CheckableJob, PermissionSources } from '../read/read-permissions.js'
import { keyStatement } from '../requirements/permission-documents.js'
import { decisionOn, lostActions, withSecondOpinions } from './compare-decisions.js'
import { makePlan } from './make-plan.js'
import { ownName, STATEMENT_PREFIX } from './own-name.js'
import { type PermissionChange, type Planned, withChange } from './permission-change.js'
import type { NotFixed, PermissionPlan } from './permission-plan.js'
import { callersPrincipal, GRANTABLE_ACTIONS, planGrant } from './plan-grant.js'
import { planKeyPolicy } from './plan-key-policy.js'
import { planRolePolicy } from './plan-role-policy.js'

export type { PermissionPlan } from './permission-plan.js'

/** How to mend. */
export interface PlanOptions extends CheckOptions {
  /**
   * `auto`: an inline role policy where the key policy certainly delegates, else a statement in the key policy.
   * `guide`: the key policy, as the developer guide shows. `grant`: a grant on the key, for what a grant can give (key
   * pairs and `kms:CreateGrant` go as with `auto`); needs `iam:GetRole` on the caller's role too. Default: `auto`.
   */
  readonly prefer?: 'auto' | 'guide' | 'grant'
  /** Add the guide's statement also where the verdict is `unknown`; it is still a grant of rights. */
  readonly addDocumentedStatement?: boolean
  /**
   * Take unique ids of deleted principals out of the Allow statements of a key policy that is changed; KMS refuses
   * every change of a policy that has them. Those in a Deny stay, and stop the plan.
   */
  readonly removeDeletedPrincipals?: boolean
  /** Take the white space out of a key policy that would be too long. */
  readonly compact?: boolean
}

/**
 * Says what would mend missing permissions, without writing anything: changes that make every action they are for
 * `allowed` by the same rules that judged them, and what is left over and why. Denied actions are never mended, nor
 * unknown ones unless `addDocumentedStatement` is set. Needs what `checkPermissions` needs.
 *
 * @throws as `checkPermissions` does.
 */
export async function planPermissions(
  job: CheckableJob,
  aws: Aws,
  options: PlanOptions = {},
): Promise<PermissionPlan> {
  refuseCall('planPermissions', { job, aws, options }, PLAN_OPTIONS)
  return planFrom(await checkSources(job, aws, options), aws, options)
}

/** Plans from what was read; for a grant the caller's own role is read as well. */
export async function planFrom(
  { sources, report }: CheckedSources,
  aws: Aws,
  options: PlanOptions,
): Promise<PermissionPlan> {
  const retiring = options.prefer === 'grant' ? await callersPrincipal(sources, aws) : null
  const before = decideRequirements(sources)
  const notFixed: NotFixed[] = []
  let targets: readonly CheckedDecision[] = []
  for (const decision of report.decisions.filter(({ verdict }) => verdict !== 'allowed')) {
    const why = whyNotMended(decision, report, sources, options)
    if (why === undefined) targets = [...targets, decision]
    else notFixed.push(await leftOver(decision, why, sources))
  }
  // Each round drops what the planned documents would not help, until nothing has to be dropped.
  for (;;) {
    const { changes, refusals } = await planChanges(targets, sources, report, options, retiring)
    const judged = decideRequirements(changes.reduce(withChange, sources))
    const after = withSecondOpinions(report.decisions, before, judged)
    for (const [keyArn, lost] of lostActions(before, judged)) {
      const why = `the change would take ${lost.join(', ')} from the role`
      // Of the instruments only a statement in the key policy replaces anything.
      for (const target of targets)
        if (target.keyArn === keyArn && instrumentFor(target, sources, options) === 'key-policy')
          refusals.set(target, why)
    }
    const isHelped = (target: CheckedDecision) =>
      !refusals.has(target) && helps(decisionOn(before, target), decisionOn(after, target))
    const failing = targets.filter((target) => !isHelped(target))
    if (failing.length === 0) {
      for (const target of targets) {
        const left = decisionOn(after, target)
        if (left.verdict === 'allowed') continue
        const why = `it stays ${left.verdict}; needed as well: ${whatIsNeeded(left)}`
        notFixed.push(await leftOver(left, why, sources))
      }
      return makePlan(report, changes, notFixed, after)
    }
    for (const target of failing) {
      const left = decisionOn(after, target)
      const why = refusals.get(target) ?? `it would still be ${left.verdict}; needed: ${whatIsNeeded(left)}`
      notFixed.push(await leftOver(target, why, sources))
    }
    targets = targets.filter((target) => !failing.includes(target))
  }
}

/**
 * Whether a plan is worth having for an action: it becomes allowed, or less stands in its way. Of a key of another
 * account only the role's side can be mended from here.
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

type Instrument = 'key-policy' | 'role-policy' | 'grant'

async function planChanges(
  targets: readonly CheckedDecision[],
  sources: PermissionSources,
  { decisions }: PermissionReport,
  options: PlanOptions,
  retiring: string | null,
): Promise<{ changes: readonly PermissionChange[]; refusals: Map<CheckedDecision, string> }> {
  const changes: PermissionChange[] = []
  const refusals = new Map<CheckedDecision, string>()
  let role = sources
  for (const key of sources.keys) {
    const alreadyAllowed = decisions
      .filter(({ keyArn, verdict }) => keyArn === key.key.arn && verdict === 'allowed')
      .map(({ action }) => action)
    for (const prefer of ['key-policy', 'role-policy', 'grant'] as const) {
      const own = targets.filter(
        (target) => target.keyArn === key.key.arn && instrumentFor(target, sources, options) === prefer,
      )
      if (own.length === 0) continue
      const actions = own.map(({ action }) => action)
      const planned: Planned<PermissionChange> =
        prefer === 'key-policy'
          ? await planKeyPolicy(sources, key, { actions, alreadyAllowed }, options)
          : prefer === 'role-policy'
            ? await planRolePolicy(role, key.key.arn, actions)
            : await planGrant(sources, key, actions, retiring)
      if ('refused' in planned) {
        for (const target of own) refusals.set(target, planned.refused)
        continue
      }
      changes.push(planned.change)
      // Two policies on one role share one quota.
      if (planned.change.kind === 'role-policy') role = withChange(role, planned.change)
    }
  }
  return { changes, refusals }
}

function instrumentFor(
  decision: CheckedDecision,
  { role }: PermissionSources,
  { prefer = 'auto' }: PlanOptions,
): Instrument {
  const { action, delegatesToIam, identityVerdict } = decision
  if (prefer === 'grant' && GRANTABLE_ACTIONS.includes(action)) return 'grant'
  if (accountOf(decision) !== role.account)
    return identityVerdict === 'missing' || delegatesToIam ? 'role-policy' : 'key-policy'
  if (prefer === 'guide' && action !== 'kms:CreateGrant') return 'key-policy'
  return delegatesToIam ? 'role-policy' : 'key-policy'
}

function whyNotMended(
  decision: CheckedDecision,
  report: PermissionReport,
  { role, callerAccount }: PermissionSources,
  options: PlanOptions,
): string | undefined {
  const problem = report.problems.find(({ severity }) => severity === 'error')
  if (problem?.code.startsWith('role-')) return `${problem.what}: ${problem.why}. ${problem.fix} first`
  if (decision.verdict === 'denied') return `a Deny stands against it; needed: ${whatIsNeeded(decision)}`
  if (isPropagating(decision)) return 'it is allowed, and not in force everywhere yet'
  if (decision.verdict === 'unknown' && options.addDocumentedStatement !== true)
    return `whether that is allowed is not known; needed: ${whatIsNeeded(decision)}`
  if (role.presence !== 'found') {
    return callerAccount !== '' && callerAccount !== role.account
      ? `the role is of account ${role.account} and cannot be read from account ${callerAccount}`
      : 'the role cannot be read (iam:GetRole), and its ARN is not taken on trust'
  }
  if (decision.missingIn.includes('boundary') || decision.missingIn.includes('scp'))
    return `needed: ${whatIsNeeded(decision)}`
  const isElsewhere = accountOf(decision) !== role.account
  if (isElsewhere && !decision.delegatesToIam && decision.identityVerdict !== 'missing')
    return `the policy of the key is changed in its own account, ${accountOf(decision)}`
  return undefined
}

async function leftOver(
  decision: CheckedDecision,
  why: string,
  { role }: PermissionSources,
): Promise<NotFixed> {
  if (decision.verdict === 'denied' || accountOf(decision) === role.account || decision.delegatesToIam)
    return { decision, why }
  const sid = await ownName(STATEMENT_PREFIX, role.arn)
  return { decision, why, statementForKeyPolicy: keyStatement(sid, role.arn) }
}

function accountOf({ keyArn }: CheckedDecision): string | undefined {
  return parseArn(keyArn)?.account
}
