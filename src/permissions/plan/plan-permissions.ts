import type { Aws } from '../../aws/aws.js'
import { withSignal } from '../../aws/with-signal.js'
import type { WholeJob } from '../../job/job-like.js'
import type { CompleteJob } from '../../job/labeling-job.js'
import type { ResolvedJob } from '../../job/resolved-job.js'
import { type CheckedSources, checkSources } from '../check/check-permissions.js'
import { type CheckedDecision, decideRequirements } from '../check/decide-requirements.js'
import { whatIsNeeded } from '../check/describe-decision.js'
import { isPropagating } from '../check/propagation.js'
import { PLAN_OPTIONS, refuseCall } from '../check/refuse-options.js'
import { keyStatement } from '../requirements/permission-documents.js'
import { decisionOn, withSecondOpinions } from './compare-decisions.js'
import { makePlan } from './make-plan.js'
import { ourName, STATEMENT_PREFIX } from './our-names.js'
import { type PermissionChange, withChange } from './permission-change.js'
import type { NotFixed, PermissionPlan } from './permission-plan.js'
import { callersPrincipal } from './plan-grant.js'
import type { PlanOptions } from './plan-options.js'
import { accountOfKey, type Dropped, type PlanRequest, planRounds } from './plan-rounds.js'

/**
 * Says what would fix missing permissions, without writing anything: changes that make every action they are for
 * `allowed` by the same rules that found them missing, and what is left over and why. Denied actions are never fixed,
 * nor unknown ones unless `addDocumentedStatement` is set. Needs what `checkPermissions` needs.
 *
 * @throws as `checkPermissions` does.
 */
export async function planPermissions<Job>(
  job: CompleteJob | ResolvedJob | WholeJob<Job>,
  aws: Aws,
  options: PlanOptions = {},
): Promise<PermissionPlan> {
  refuseCall('planPermissions', { job, aws, options }, PLAN_OPTIONS)
  return planFrom(await checkSources(job as CompleteJob | ResolvedJob, aws, options), aws, options)
}

/** Plans from what was read; for a grant the caller's own role is read as well. */
export async function planFrom(
  { sources, report }: CheckedSources,
  aws: Aws,
  options: PlanOptions,
): Promise<PermissionPlan> {
  const retiringPrincipal =
    options.prefer === 'grant'
      ? await callersPrincipal(
          sources.caller?.arn,
          withSignal(aws, options.signal, 'Cannot plan the permissions'),
        )
      : null
  const before = decideRequirements(sources)
  const request = { sources, report, options, retiringPrincipal, before }
  const considered = report.decisions
    .filter(({ verdict }) => verdict !== 'allowed')
    .map((decision) => ({ decision, why: whyNotFixed(decision, request) }))
  const targets = considered.flatMap(({ decision, why }) => (why === undefined ? [decision] : []))
  const { changes, after, dropped } = await planRounds(targets, request)
  const decideAfter = (made: readonly PermissionChange[]) =>
    made === changes
      ? after
      : withSecondOpinions(report.decisions, before, decideRequirements(made.reduce(withChange, sources)))
  const notFixed: readonly Dropped[] = [
    ...considered.flatMap(({ decision, why }) => (why === undefined ? [] : [{ target: decision, why }])),
    ...dropped,
    ...keptAndNotAllowed(targets, dropped, after),
  ]
  const left = await Promise.all(notFixed.map(({ target, why }) => leftOver(target, why, request)))
  return makePlan(report, changes, left, decideAfter)
}

/** What a plan helps, and does not make allowed. */
function keptAndNotAllowed(
  targets: readonly CheckedDecision[],
  dropped: readonly Dropped[],
  after: readonly CheckedDecision[],
): readonly Dropped[] {
  return targets
    .filter((target) => !dropped.some((drop) => drop.target === target))
    .map((target) => decisionOn(after, target))
    .filter(({ verdict }) => verdict !== 'allowed')
    .map((target) => ({
      target,
      why: `it stays ${target.verdict}; needed as well: ${whatIsNeeded(target)}`,
    }))
}

function whyNotFixed(
  decision: CheckedDecision,
  { report, sources: { role, caller }, options }: PlanRequest,
): string | undefined {
  const problem = report.problems.find(({ severity }) => severity === 'error')
  if (problem?.code.startsWith('role-')) return `${problem.what}: ${problem.why}. ${problem.fix} first`
  if (decision.verdict === 'denied') return `a Deny stands against it; needed: ${whatIsNeeded(decision)}`
  if (isPropagating(decision)) return 'it is allowed, and does not take effect everywhere yet'
  if (decision.verdict === 'unknown' && options.addDocumentedStatement !== true)
    return `whether that is allowed is not known; needed: ${whatIsNeeded(decision)}`
  if (role.presence !== 'found') {
    return caller !== undefined && caller.account !== role.account
      ? `the role is of account ${role.account} and cannot be read from account ${caller.account}`
      : 'the role cannot be read (iam:GetRole), and its ARN is not taken on trust'
  }
  if (decision.missingIn.includes('boundary') || decision.missingIn.includes('scp'))
    return `needed: ${whatIsNeeded(decision)}`
  const isElsewhere = accountOfKey(decision) !== role.account
  if (isElsewhere && !decision.delegatesToIam && decision.identityVerdict !== 'missing')
    return `the policy of the key is changed in its own account, ${accountOfKey(decision)}`
  return undefined
}

async function leftOver(
  decision: CheckedDecision,
  why: string,
  { sources: { role } }: PlanRequest,
): Promise<NotFixed> {
  if (decision.verdict === 'denied' || accountOfKey(decision) === role.account || decision.delegatesToIam)
    return { decision, why }
  const sid = await ourName(STATEMENT_PREFIX, role.arn, decision.keyArn)
  return { decision, why, statementForKeyPolicy: keyStatement(sid, role.arn) }
}
