import { LabelingJobError, type LabelingJobErrorCode } from '../errors/labeling-job-error.js'
import type { DoneChange } from './apply-plan.js'
import { describeChange, type PermissionPlan } from './permission-plan.js'
import type { PermissionReport } from './permission-report.js'
import type { UndoInfo } from './undo-info.js'

/** What was found, and what would mend it. */
export interface PermissionsErrorData {
  readonly report: PermissionReport
  /** What would mend it; after an `apply`, what was still missing then. */
  readonly plan: PermissionPlan
  /** What was written before the error; empty when nothing was. */
  readonly done: readonly DoneChange[]
  /** For `undo()`, when something was written. */
  readonly undo?: UndoInfo
}

/**
 * Thrown by `ensurePermissions` when not everything needed is allowed. Codes: `permissions-not-met`,
 * `permissions-plan-refused` (the caller's `apply` said no).
 */
export class PermissionsError extends LabelingJobError<PermissionsErrorData> {
  readonly report: PermissionReport
  readonly plan: PermissionPlan

  constructor(code: 'permissions-not-met' | 'permissions-plan-refused', data: PermissionsErrorData) {
    super({ code, asked: asked(data), obstacle: obstacle(data), remedy: remedy(code, data), data })
    this.report = data.report
    this.plan = data.plan
  }
}

/** How far an `applyPlan` or `undo` got. */
export interface PermissionsChangeErrorData {
  /** The document that was to be changed, in words. */
  readonly what: string
  /** The text the plan was made on, what was to be written, what was found; for lost updates and stale plans. */
  readonly base?: string | undefined
  readonly planned?: string | undefined
  readonly found?: string | undefined
  /** What had been written before. */
  readonly done: readonly DoneChange[]
  /** For `undo()`; names also the change that failed when it may have been written. */
  readonly undo: UndoInfo
}

/**
 * Thrown when a change could not be made or did not last. Nothing is written after it. Codes:
 * `permissions-stale-plan`, `permissions-lost-update`, `permissions-apply-failed`.
 */
export class PermissionsChangeError extends LabelingJobError<PermissionsChangeErrorData> {
  constructor(
    code: LabelingJobErrorCode & `permissions-${'stale-plan' | 'lost-update' | 'apply-failed'}`,
    data: PermissionsChangeErrorData,
    words: { readonly obstacle: string; readonly remedy: string; readonly cause?: unknown },
  ) {
    super({ code, asked: `Cannot change ${data.what}`, data, ...words })
  }
}

function asked({ report }: PermissionsErrorData): string {
  return `Cannot vouch that ${report.role} may use the keys of the job in ${report.region}`
}

function obstacle({ report }: PermissionsErrorData): string {
  const open = report.decisions.filter(({ verdict }) => verdict !== 'allowed')
  const byKey = new Map<string, string[]>()
  for (const { keyArn, action, verdict } of open)
    byKey.set(keyArn, [...(byKey.get(keyArn) ?? []), `${action} ${verdict}`])
  const errors = report.problems.filter(({ severity }) => severity === 'error')
  return [
    ...errors.map(({ what, why }) => `${what}, but ${why}`),
    ...[...byKey].map(([keyArn, actions]) => `on ${keyArn}: ${actions.join(', ')}`),
  ].join('; ')
}

function remedy(code: string, { report, plan, done }: PermissionsErrorData): string {
  const fixes = report.problems.filter(({ severity }) => severity === 'error').map(({ fix }) => fix)
  if (done.length > 0)
    return `${done.length === 1 ? 'One change was' : `${done.length} changes were`} written; see error.report for what is left, and undo(error.data.undo, aws) to take back what was written`
  if (code === 'permissions-plan-refused') return 'Nothing was written, as the plan was not agreed to'
  if (plan.changes.length === 0)
    return [...fixes, 'There is no safe change to offer: print error.plan for the reasons'].join('. ')
  const changes = plan.changes.map(describeChange).join('; ')
  return [
    ...fixes,
    `Nothing was written. What would mend ${plan.complete ? 'it' : 'a part'}: ${changes}. Print error.plan, and pass { apply: true } to have it written`,
  ].join('. ')
}
