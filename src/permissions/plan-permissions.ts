import type { Aws } from '../aws/aws.js'
import { type CheckOptions, type Examination, examinePermissions } from './check-permissions.js'
import type { PolicyStatement, Verdict } from './decision.js'
import { whatWouldMend } from './describe-decision.js'
import { callersPrincipal, GRANTABLE_ACTIONS, planGrant } from './grant-plan.js'
import { type CheckedDecision, judgeRequirements } from './judge-requirements.js'
import { planKeyPolicy } from './key-policy-plan.js'
import { ownName, STATEMENT_PREFIX } from './own-name.js'
import { type PermissionChange, type Planned, withChange } from './permission-change.js'
import { keyStatement } from './permission-documents.js'
import { makePlan, type PermissionPlan } from './permission-plan.js'
import type { PermissionReport } from './permission-report.js'
import type { CheckableJob, PermissionSources } from './read-permissions.js'
import { planRolePolicy } from './role-policy-plan.js'

export type { PermissionPlan } from './permission-plan.js'

/** How to mend. */
export interface PlanOptions extends CheckOptions {
  /**
   * `auto`: an inline role policy where the key policy certainly delegates, else a statement in the key policy.
   * `guide`: the key policy, as the developer guide shows. `grant`: a grant on the key. Default: `auto`.
   */
  readonly instrument?: 'auto' | 'guide' | 'grant'
  /** Add the guide's statement also where the verdict is `unknown`; it is still a grant of rights. */
  readonly addDocumentedStatement?: boolean
  /**
   * Take unique ids of deleted principals out of the Allow statements of a key policy that is changed; KMS refuses
   * every change of a policy that has them. Those in a Deny stay, and stop the plan.
   */
  readonly removeOrphans?: boolean
  /** Take the white space out of a key policy that would be too long. */
  readonly compact?: boolean
}

/** What a plan leaves as it is, and why. */
export interface NotMended {
  readonly decision: CheckedDecision
  readonly why: string
  /** What the administrator of another account has to add to the key policy. */
  readonly statementForKeyPolicy?: PolicyStatement
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
  return planFrom(await examinePermissions(job, aws, options), aws, options)
}

/** Plans from what was read; for a grant the caller's own role is read as well. */
export async function planFrom(
  { sources, report }: Examination,
  aws: Aws,
  options: PlanOptions,
): Promise<PermissionPlan> {
  const retiring = options.instrument === 'grant' ? await callersPrincipal(sources, aws) : null
  const before = judgeRequirements(sources)
  const notMended: NotMended[] = []
  let targets: readonly CheckedDecision[] = []
  for (const decision of report.decisions.filter(({ verdict }) => verdict !== 'allowed')) {
    const why = whyNotMended(decision, report, sources, options)
    if (why === undefined) targets = [...targets, decision]
    else notMended.push(await leftOver(decision, why, sources))
  }
  // Each round drops what the planned documents would still not allow, until nothing has to be dropped.
  for (;;) {
    const { changes, refusals } = await planChanges(targets, sources, report, options, retiring)
    const judged = judgeRequirements(changes.reduce(withChange, sources))
    const after = withSecondOpinions(report, judged)
    for (const [keyArn, lost] of lostBy(before, judged)) {
      const why = `the change would take ${lost.join(', ')} from the role`
      for (const target of targets) if (target.keyArn === keyArn) refusals.set(target, why)
    }
    const failing = targets.filter((target) => {
      if (refusals.has(target)) return true
      const verdict = after.find((one) => isSame(one, target))?.verdict
      return verdict !== 'allowed' && target.verdict !== 'unknown'
    })
    if (failing.length === 0) {
      for (const target of targets.filter(({ verdict }) => verdict === 'unknown')) {
        const left = after.find((one) => isSame(one, target) && one.verdict !== 'allowed')
        if (left) notMended.push({ decision: left, why: 'it stays unknown with the documented statement' })
      }
      return makePlan(report, changes, notMended, after)
    }
    for (const target of failing) {
      const left = after.find((one) => isSame(one, target)) ?? target
      const why = refusals.get(target) ?? `it would still be ${left.verdict}: ${whatWouldMend(left)}`
      notMended.push(await leftOver(target, why, sources))
    }
    targets = targets.filter((target) => !failing.includes(target))
  }
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
    for (const instrument of ['key-policy', 'role-policy', 'grant'] as const) {
      const own = targets.filter(
        (target) =>
          target.keyArn === key.key.arn &&
          instrumentFor(target, key.key.account, sources, options) === instrument,
      )
      if (own.length === 0) continue
      const actions = own.map(({ action }) => action)
      const planned: Planned<PermissionChange> =
        instrument === 'key-policy'
          ? await planKeyPolicy(sources, key, { actions, alreadyAllowed }, options)
          : instrument === 'role-policy'
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
  { action, delegated }: CheckedDecision,
  keyAccount: string,
  { role }: PermissionSources,
  { instrument = 'auto' }: PlanOptions,
): Instrument {
  if (instrument === 'grant' && GRANTABLE_ACTIONS.includes(action)) return 'grant'
  if (instrument === 'guide' && action !== 'kms:CreateGrant' && keyAccount === role.account)
    return 'key-policy'
  return delegated ? 'role-policy' : 'key-policy'
}

function whyNotMended(
  decision: CheckedDecision,
  report: PermissionReport,
  sources: PermissionSources,
  options: PlanOptions,
): string | undefined {
  const problem = report.problems.find(({ severity }) => severity === 'error')
  if (problem?.code.startsWith('role-')) return `${problem.what}: ${problem.why}; ${problem.fix} first`
  if (decision.verdict === 'denied') return `a Deny stands against it: ${whatWouldMend(decision)}`
  if (decision.verdict === 'unknown' && options.addDocumentedStatement !== true)
    return `it is not known whether it is allowed: ${whatWouldMend(decision)}`
  if (sources.role.presence !== 'found')
    return 'the role cannot be read (iam:GetRole), and its ARN is not taken on trust'
  if (decision.lacks.includes('boundary') || decision.lacks.includes('scp')) return whatWouldMend(decision)
  if (!decision.delegated && keyOf(decision, sources)?.key.account !== sources.role.account)
    return `the policy of the key is changed in its own account, ${keyOf(decision, sources)?.key.account}`
  return undefined
}

async function leftOver(
  decision: CheckedDecision,
  why: string,
  sources: PermissionSources,
): Promise<NotMended> {
  const isElsewhere = keyOf(decision, sources)?.key.account !== sources.role.account
  if (decision.verdict === 'denied' || !isElsewhere || decision.delegated) return { decision, why }
  const { arn } = sources.role
  return { decision, why, statementForKeyPolicy: keyStatement(await ownName(STATEMENT_PREFIX, arn), arn) }
}

function keyOf(
  { keyArn }: CheckedDecision,
  { keys }: PermissionSources,
): PermissionSources['keys'][number] | undefined {
  return keys.find(({ key }) => key.arn === keyArn)
}

const WORTH: Readonly<Record<Verdict, number>> = { allowed: 2, unknown: 1, missing: 0, denied: 0 }

/** The actions on each key that would be worse off: a plan never takes away what is, or may be, allowed. */
function lostBy(
  before: readonly CheckedDecision[],
  after: readonly CheckedDecision[],
): ReadonlyMap<string, readonly string[]> {
  const lost = new Map<string, readonly string[]>()
  for (const decision of before) {
    const { keyArn, action, verdict } = decision
    if (WORTH[after.find((one) => isSame(one, decision))?.verdict ?? 'denied'] < WORTH[verdict])
      lost.set(keyArn, [...(lost.get(keyArn) ?? []), action])
  }
  return lost
}

/** What the simulator or a probe found out stays as it is: planned documents cannot be probed. */
function withSecondOpinions(
  { decisions }: PermissionReport,
  judged: readonly CheckedDecision[],
): readonly CheckedDecision[] {
  return judged.map((after) => {
    const before = decisions.find((one) => isSame(one, after))
    return before !== undefined && before.basis !== 'static' && before.verdict === 'denied' ? before : after
  })
}

function isSame(left: CheckedDecision, right: CheckedDecision): boolean {
  return left.action === right.action && left.keyArn === right.keyArn
}
