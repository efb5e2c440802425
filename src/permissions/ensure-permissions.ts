import type { Aws } from '../aws/aws.js'
import { isLabelingJobError } from '../errors/labeling-job-error.js'
import { type AppliedPlan, applyPlan, type DoneChange } from './apply-plan.js'
import { type Examination, examinePermissions } from './check-permissions.js'
import { asPropagating } from './in-force.js'
import { inTurn } from './in-turn.js'
import type { PermissionPlan } from './permission-plan.js'
import { makeReport, type PermissionReport } from './permission-report.js'
import { PermissionsChangeError, PermissionsError } from './permissions-error.js'
import { type PlanOptions, planFrom } from './plan-permissions.js'
import type { CheckableJob } from './read-permissions.js'
import type { UndoInfo } from './undo-info.js'

/** How to make sure. */
export interface EnsureOptions extends PlanOptions {
  /**
   * `true` writes the plan when it makes everything allowed; a function is shown the plan, complete or not, and says
   * whether to write it. Absent: nothing is ever written.
   */
  readonly apply?: true | ((plan: PermissionPlan) => boolean | Promise<boolean>)
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
/** How long KMS may go on refusing what was just written, in milliseconds. */
const PROBE_FOR = 5 * 60_000

/**
 * Makes sure that the role of a job may use the job's keys. Without `apply` it only reads, and throws unless everything
 * needed is certainly allowed. With `apply` it writes exactly the plan, verifies it, and checks again.
 *
 * Needs what `checkPermissions` needs; to write, what `applyPlan` needs.
 *
 * @throws PermissionsError with report and plan; PermissionsChangeError when a change fails.
 * @example
 * await ensurePermissions(job, aws, { apply: (plan) => confirm(String(plan)) })
 */
export async function ensurePermissions(
  job: CheckableJob,
  aws: Aws,
  options: EnsureOptions = {},
): Promise<EnsuredPermissions> {
  for (let round = 1; ; round++) {
    try {
      // Others in this process may be mending the same key: after a clash, one at a time from reading to writing.
      return await (round === 1 ? mend(job, aws, options) : inTurn('mend', () => mend(job, aws, options)))
    } catch (thrown) {
      if (round === ROUNDS || !isStale(thrown)) throw thrown
    }
  }
}

async function mend(job: CheckableJob, aws: Aws, options: EnsureOptions): Promise<EnsuredPermissions> {
  const examination = await examinePermissions(job, aws, options)
  const { report } = examination
  if (report.ok) return { report, done: [] }
  const plan = await planFrom(examination, aws, options)
  const consent = await consentTo(plan, options)
  if (consent !== 'yes') {
    throw new PermissionsError(consent === 'no' ? 'permissions-plan-refused' : 'permissions-not-met', {
      report,
      plan,
      done: [],
    })
  }
  return checkAgain(job, aws, options, await applyPlan(plan, aws))
}

async function consentTo(
  plan: PermissionPlan,
  { apply, addDocumentedStatement }: EnsureOptions,
): Promise<'yes' | 'no' | 'not-asked'> {
  if (apply === undefined || plan.changes.length === 0) return 'not-asked'
  if (typeof apply === 'function') return (await apply(plan)) === true ? 'yes' : 'no'
  // Half a mend is not what was asked for: nothing is written that leaves the job unable to run.
  return apply === true && (plan.complete || addDocumentedStatement === true) ? 'yes' : 'not-asked'
}

async function checkAgain(
  job: CheckableJob,
  aws: Aws,
  options: EnsureOptions,
  { done, undo }: AppliedPlan,
): Promise<EnsuredPermissions> {
  const isWritten = undo.entries.length > 0
  const examination = await examinePermissions(job, aws, options, isWritten ? PROBE_FOR : 0).catch(
    (cause) => {
      if (!isWritten) throw cause
      throw new PermissionsChangeError(
        'permissions-apply-failed',
        { what: 'the permissions further', done, undo },
        {
          obstacle: `the plan was written, and could not be checked again: ${cause instanceof Error ? cause.message : String(cause)}`,
          remedy: 'Check again with checkPermissions(), or take it back with undo(error.data.undo, aws)',
          cause,
        },
      )
    },
  )
  const report = reportAfter(examination, done)
  const written = { done, ...(isWritten && { undo }) }
  if (report.ok) return { report, ...written }
  const plan = await planFrom({ ...examination, report }, aws, options)
  throw new PermissionsError('permissions-not-met', { report, plan, ...written })
}

/** What AWS did not give back as written within five minutes may not be in force, whatever one read says. */
function reportAfter({ sources, report }: Examination, done: readonly DoneChange[]): PermissionReport {
  const slow = new Set(done.flatMap(({ state, change }) => (state === 'propagating' ? [change.keyArn] : [])))
  if (slow.size === 0) return report
  const since = sources.readAt.toISOString()
  const decisions = report.decisions.map((one) => (slow.has(one.keyArn) ? asPropagating(one, since) : one))
  return makeReport(sources, decisions)
}

function isStale(thrown: unknown): boolean {
  return (
    isLabelingJobError(thrown) &&
    thrown.code === 'permissions-stale-plan' &&
    (thrown.data as { readonly done: readonly unknown[] }).done.length === 0
  )
}
