import type { Aws } from '../../aws/aws.js'
import { sleepUntil } from '../../aws/clock.js'
import { withSignal } from '../../aws/with-signal.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import type { WholeJob } from '../../job/job-like.js'
import type { CompleteJob } from '../../job/labeling-job.js'
import type { ResolvedJob } from '../../job/resolved-job.js'
import { type CheckedSources, checkSources } from '../check/check-permissions.js'
import { makeReport } from '../check/make-report.js'
import type { PermissionReport } from '../check/permission-report.js'
import { asPropagating, effectiveFrom } from '../check/propagation.js'
import { ENSURE_OPTIONS, refuseCall } from '../check/refuse-options.js'
import { decisionOn } from '../plan/compare-decisions.js'
import { replacesChanged } from '../plan/make-plan.js'
import type { PermissionPlan } from '../plan/permission-plan.js'
import type { PlanOptions } from '../plan/plan-options.js'
import { planFrom } from '../plan/plan-permissions.js'
import { withProgress } from './aborted-apply.js'
import type { AppliedPlan, DoneChange, UndoInfo } from './applied-plan.js'
import { applyPlan } from './apply-plan.js'
import { oneAtATime } from './one-at-a-time.js'
import { changeFailed, isChangeError, permissionsNotMet } from './permissions-error.js'

/** How to make sure that everything is allowed. */
export interface EnsureOptions extends PlanOptions {
  /**
   * `true` writes the plan when it makes everything allowed, or, with `addDocumentedStatement`, when all that would be
   * left is unknown now; a statement of this library that somebody else changed is not replaced by it. A function is
   * shown the plan, complete or not, and says whether to write it. `false` or absent: nothing is ever written.
   */
  readonly apply?: boolean | ((plan: PermissionPlan) => boolean | Promise<boolean>)
  /**
   * Is handed what takes every change back before the first is written, and awaited: a program that is stopped while it
   * waits has it then. Called again when somebody else's change made a new plan necessary.
   */
  readonly onUndo?: (undo: UndoInfo) => void | Promise<void>
}

/** That everything needed is allowed, and what was written for it. */
export interface EnsuredPermissions {
  /** As checked at the end. */
  readonly report: PermissionReport
  /** Empty when nothing had to be written. */
  readonly done: readonly DoneChange[]
  /** For `undo()`, when something was written. */
  readonly undo?: UndoInfo
}

const ROUNDS = 3
const FIVE_MINUTES = 300_000

/**
 * Makes sure that the role of a job may use the job's keys. Without `apply` it only reads, and throws unless everything
 * needed is certainly allowed. With `apply` it writes exactly the plan, verifies it, waits until it takes effect everywhere
 * (a minute for a role policy, five for a grant or a new role), and checks again.
 *
 * Needs what `checkPermissions` needs; to write, what `applyPlan` needs.
 *
 * @throws LabelingJobError `permissions-not-met` with report and plan; `permissions-apply-failed` and others when a change fails.
 * @example
 * await ensurePermissions(job, aws, {
 *   apply: (plan) => {
 *     console.log(String(plan))
 *     return plan.complete
 *   },
 * })
 */
export async function ensurePermissions<Job>(
  given: CompleteJob | ResolvedJob | WholeJob<Job>,
  aws: Aws,
  options: EnsureOptions = {},
): Promise<EnsuredPermissions> {
  refuseCall('ensurePermissions', { job: given, aws, options }, ENSURE_OPTIONS)
  const job = given as CompleteJob | ResolvedJob
  for (let round = 1; ; round++) {
    try {
      // Others in this process may be changing the same key: after a clash, one at a time from reading to writing.
      return await (round === 1
        ? ensureOnce(job, aws, options)
        : oneAtATime('ensure', () => ensureOnce(job, aws, options)))
    } catch (thrown) {
      if (round === ROUNDS || !isStale(thrown)) throw thrown
    }
  }
}

async function ensureOnce(
  job: CompleteJob | ResolvedJob,
  aws: Aws,
  options: EnsureOptions,
): Promise<EnsuredPermissions> {
  const examination = await checkSources(job, aws, options)
  const { report, sources } = examination
  if (report.ok) return { report, done: [] }
  const plan = await planFrom(examination, aws, options)
  const consent = await consentTo(plan, options)
  if (consent !== 'yes') {
    const code = consent === 'no' ? 'permissions-plan-refused' : 'permissions-not-met'
    throw permissionsNotMet(code, { report, plan, done: [] }, options.apply === true)
  }
  const { onUndo, signal } = options
  const applied = await applyPlan(plan, aws, { ...(onUndo && { onUndo }), ...(signal && { signal }) })
  await waitUntil(effectiveFrom(sources), applied, aws, options)
  return checkAgain(job, aws, options, plan, applied)
}

/** What was written is not lost sight of when the wait is ended. */
async function waitUntil(
  moment: Date,
  applied: AppliedPlan,
  aws: Aws,
  { signal }: EnsureOptions,
): Promise<void> {
  try {
    await sleepUntil(
      moment.getTime(),
      withSignal(aws, signal, 'Cannot wait until the permissions take effect'),
    )
  } catch (thrown) {
    throw withProgress(thrown, applied)
  }
}

async function consentTo(
  plan: PermissionPlan,
  { apply, addDocumentedStatement }: EnsureOptions,
): Promise<'yes' | 'no' | 'not-asked'> {
  if (apply === undefined || apply === false) return 'not-asked'
  // With nothing to write there is nothing to ask; a new role only has to be waited for.
  if (plan.changes.length === 0) return plan.complete ? 'yes' : 'not-asked'
  if (typeof apply === 'function') return (await apply(plan)) === true ? 'yes' : 'no'
  // Somebody changed our statement, and may have meant to: only who is shown that may take it back.
  if (plan.changes.some(replacesChanged)) return 'not-asked'
  // Half of it is not what was asked for: nothing is written that leaves the job unable to run.
  return plan.complete || (addDocumentedStatement === true && mayBeComplete(plan)) ? 'yes' : 'not-asked'
}

/** Whether all that would not be allowed for certain afterwards is unknown now: the guide's statement may settle it. */
function mayBeComplete({ after, report }: PermissionPlan): boolean {
  return (
    report.problems.every(({ severity }) => severity !== 'error') &&
    after.every(
      (decision) =>
        decision.verdict === 'allowed' || decisionOn(report.decisions, decision).verdict === 'unknown',
    )
  )
}

async function checkAgain(
  job: CompleteJob | ResolvedJob,
  aws: Aws,
  options: EnsureOptions,
  plan: PermissionPlan,
  applied: AppliedPlan,
): Promise<EnsuredPermissions> {
  const { done, undo } = applied
  const isWritten = undo.entries.length > 0
  const probeFor = isWritten ? FIVE_MINUTES : 0
  const examination = await checkSources(job, aws, options, probeFor).catch((cause) => {
    if (!isWritten) throw cause
    if (isLabelingJobError(cause, 'aborted')) throw withProgress(cause, applied)
    throw changeFailed(
      'permissions-apply-failed',
      { what: 'the permissions further', done, undo },
      {
        why: `the plan was written, and could not be checked again: ${cause instanceof Error ? cause.message : String(cause)}`,
        fix: 'Check again with checkPermissions()',
        cause,
      },
    )
  })
  const report = reportAfter(examination, plan, applied)
  const written = { done, ...(isWritten && { undo }) }
  if (report.ok) return { report, ...written }
  const left = await planFrom({ ...examination, report }, aws, options)
  throw permissionsNotMet('permissions-not-met', { report, plan: left, ...written })
}

/** What AWS did not give back as written within five minutes may not take effect, whatever one read says. */
function reportAfter(
  { sources, report }: CheckedSources,
  { report: before }: PermissionPlan,
  { done, undo }: AppliedPlan,
): PermissionReport {
  const slow = done.filter(({ status }) => status === 'propagating').map(({ change }) => change)
  const decisions = report.decisions.map((decision) => {
    const isPropagatingYet = slow.some(
      (change) =>
        change.keyArn === decision.keyArn &&
        // A grant is there once it is listed, and its five minutes were waited for.
        !(change.kind === 'grant' && decision.verdict === 'allowed') &&
        decisionOn(before.decisions, decision).verdict !== 'allowed',
    )
    return isPropagatingYet ? asPropagating(decision, undo.at) : decision
  })
  return slow.length === 0 ? report : makeReport(sources, decisions, report.skipped)
}

function isStale(thrown: unknown): boolean {
  return isChangeError(thrown) && thrown.code === 'permissions-stale-plan' && thrown.data.done.length === 0
}
