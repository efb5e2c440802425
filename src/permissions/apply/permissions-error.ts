import type { ErrorCode } from '../../errors/error-code.js'
import { isLabelingJobError, LabelingJobError } from '../../errors/labeling-job-error.js'
import { bySameWords, namedActions } from '../check/describe-decision.js'
import type { PermissionReport } from '../check/permission-report.js'
import { isPropagating } from '../check/propagation.js'
import type { PermissionPlan } from '../plan/permission-plan.js'
import { describeChange } from '../plan/show-plan.js'
import type { DoneChange, UndoInfo } from './applied-plan.js'

/** What was found, and what would fix it. */
export interface PermissionsErrorData {
  readonly report: PermissionReport
  /** What would fix it; after an `apply`, what was still missing then. */
  readonly plan: PermissionPlan
  /** What was written before the error; empty when nothing was. */
  readonly done: readonly DoneChange[]
  /** For `undo()`, when something was written. */
  readonly undo?: UndoInfo
}

/**
 * Makes the error of `ensurePermissions` when not everything needed is allowed (`permissions-not-met`), or the caller's
 * `apply` said no (`permissions-plan-refused`).
 *
 * @param isUnseen Whether `apply` was `true`: nobody was shown the plan, so less of it may be written.
 */
export function permissionsNotMet(
  code: 'permissions-not-met' | 'permissions-plan-refused',
  data: PermissionsErrorData,
  isUnseen = false,
): LabelingJobError<typeof code, PermissionsErrorData> {
  const fix = fixFor(code, data, isUnseen)
  return new LabelingJobError({ code, what: whatOf(data), why: whyOf(data), fix, data })
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

/** The codes of a change that could not be made or did not last. */
export type ChangeCode = ErrorCode &
  `permissions-${'stale-plan' | 'lost-update' | 'apply-failed' | 'plan-altered'}`

/** A change that could not be made or did not last. Nothing is written after it. */
export type PermissionsChangeError = LabelingJobError<ChangeCode, PermissionsChangeErrorData>

/** Makes the error for a change that could not be made or did not last. */
export function changeFailed(
  code: ChangeCode,
  data: PermissionsChangeErrorData,
  words: { readonly why: string; readonly fix: string; readonly cause?: unknown },
): PermissionsChangeError {
  return new LabelingJobError({
    code,
    what: `Cannot change ${data.what}`,
    data,
    ...words,
    fix: withWayBack(words.fix, data),
  })
}

/** Tells whether an error says that a change could not be made or did not last. */
export function isChangeError(thrown: unknown): thrown is PermissionsChangeError {
  return isLabelingJobError(thrown) && /^permissions-(stale|lost|apply|plan-altered)/.test(thrown.code)
}

/** What may have been written is never left unsaid. */
function withWayBack(fix: string, { undo }: PermissionsChangeErrorData): string {
  const { length } = undo.entries
  if (length === 0) return fix
  const written = length === 1 ? 'One change is' : `${length} changes are`
  return `${fix}. ${written} in place, or may be: undo(error.data.undo, aws) takes back what was written`
}

function whatOf({ report }: PermissionsErrorData): string {
  return `Cannot confirm that ${report.role} may use the keys of the job in ${report.region}`
}

function whyOf({ report }: PermissionsErrorData): string {
  const notAllowed = report.decisions.filter(({ verdict }) => verdict !== 'allowed')
  const verdicts = bySameWords(notAllowed, ({ keyArn, verdict }) => `on ${keyArn} ${verdict}`)
  const errors = report.problems.filter(({ severity }) => severity === 'error')
  return [
    ...errors.map(({ what, why }) => `${what}: ${why}`),
    ...[...verdicts].map(([words, of]) => `${words}: ${namedActions(of, report.decisions)}`),
  ].join('; ')
}

function fixFor(code: string, { report, plan, done }: PermissionsErrorData, isUnseen: boolean): string {
  const notAllowed = report.decisions.filter(({ verdict }) => verdict !== 'allowed')
  const isWaiting = notAllowed.length > 0 && notAllowed.every(isPropagating)
  const wait = isWaiting ? ['Wait some minutes, and check again'] : []
  const fixes = report.problems.filter(({ severity }) => severity === 'error').map(({ fix }) => fix)
  if (done.length > 0) {
    const written = done.length === 1 ? 'One change was' : `${done.length} changes were`
    return [
      ...wait,
      `${written} written; see error.data.report for what is left, and undo(error.data.undo, aws) to take back what was written`,
    ].join('. ')
  }
  if (code === 'permissions-plan-refused') return 'Nothing was written, as the plan was not agreed to'
  if (isWaiting) return [...fixes, ...wait].join('. ')
  if (plan.changes.length === 0) {
    const reasons = [...bySameWords(plan.notFixed, ({ why }) => why).keys()]
    const none = reasons.length === 0 ? [] : [`There is no safe change to offer: ${reasons.join('; ')}`]
    return [...fixes, ...none].join('. ')
  }
  const changes = plan.changes.map(describeChange).join('; ')
  const way = isUnseen
    ? plan.complete
      ? '{ apply: true } does not replace a statement of this library that somebody else changed: print error.data.plan, and pass a function as apply to have it replaced'
      : '{ apply: true } writes only what makes everything allowed: print error.data.plan, and pass a function as apply to have the part written'
    : plan.complete
      ? 'Print error.data.plan, and pass { apply: true } to have it written'
      : 'Print error.data.plan, and pass a function as apply to have it written'
  return [
    ...fixes,
    `Nothing was written. What would fix ${plan.complete ? 'it' : 'a part'}: ${changes}. ${way}`,
  ].join('. ')
}
