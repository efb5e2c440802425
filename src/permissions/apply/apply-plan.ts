import type { Aws, CallOptions } from '../../aws/aws.js'
import { sleepUntil } from '../../aws/clock.js'
import { withSignal } from '../../aws/with-signal.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refusedCall, refuseNoConnection, refusePromise } from '../../errors/refused-call.js'
import { copyOf } from '../../json/json.js'
import { parseArn } from '../../names/arn.js'
import type { PermissionChange } from '../plan/permission-change.js'
import type { PermissionPlan, PermissionPlanData } from '../plan/permission-plan.js'
import { withProgress } from './aborted-apply.js'
import type { AppliedPlan, DoneChange, UndoEntry, UndoInfo } from './applied-plan.js'
import { applyChange, type LookedAtChange, lookAtChange } from './apply-change.js'
import { readCaller, refuseOtherRegion } from './caller.js'
import { ChangeFailed } from './change-failed.js'
import { describeFailure, documentOf } from './describe-failure.js'
import { changeFailed } from './permissions-error.js'
import { remakeChanges } from './verify-plan.js'

/** How to apply a plan. */
export interface ApplyOptions extends CallOptions {
  /**
   * Is handed what takes every change back before the first is written, and awaited: a program that is stopped while it
   * waits has it then. When nothing has to be written it is not called.
   */
  readonly onUndo?: (undo: UndoInfo) => void | Promise<void>
}

/**
 * Writes exactly a plan, one change after another, and verifies each. The plan may have travelled as JSON: every change
 * is made anew from role, key and actions, and nothing is written of a plan that is not equal to it. A document that
 * changed since the plan was made stops it before anything is written; a second `applyPlan` of the same plan writes
 * nothing.
 *
 * What AWS gives back does not take effect everywhere at once. After the last change a minute is waited for a role
 * policy (IAM states no limit, and seconds are usual), and five for a grant, as KMS says.
 *
 * AWS has no version check on policies. Two reads that agree come right before each write; what somebody else writes in
 * the round trip after them is overwritten without a trace here: look in CloudTrail for PutKeyPolicy by others around
 * the time in `undo.at`. What they write after ours is noticed.
 *
 * Needs what the changes name: `kms:GetKeyPolicy` and `kms:PutKeyPolicy`, `iam:GetRolePolicy` and
 * `iam:PutRolePolicy`, or `kms:ListGrants` and `kms:CreateGrant`; `iam:GetRole` on the caller's role for a grant, and on
 * the role of the job where ids of deleted principals are taken out.
 *
 * @throws LabelingJobError `permissions-plan-altered`, `permissions-stale-plan`, `permissions-lost-update` or
 * `permissions-apply-failed`, with what was done before it and `data.undo`; `refused-call` for what is no plan, and in
 * another region; the call's own error when the caller cannot be told.
 *
 * @example
 * const plan = await planPermissions(job, aws)
 * const { undo: info } = await applyPlan(plan, aws)
 * console.log(JSON.stringify(info)) // keep it: undo(info, aws) takes everything back
 */
export async function applyPlan(
  plan: PermissionPlan | PermissionPlanData,
  aws: Aws,
  options: ApplyOptions = {},
): Promise<AppliedPlan> {
  refuseNoConnection('applyPlan', aws)
  refuseUnknownOptions({ call: 'applyPlan', what: 'Cannot call applyPlan()' }, options, ['onUndo', 'signal'])
  const bound = withSignal(aws, options.signal, 'Cannot apply the plan')
  const data = planDataOf(plan)
  const { region } = data.report
  await refuseOtherRegion('applyPlan', { what: 'the plan was made', region }, bound)
  const caller = await readCaller('applyPlan', bound)
  const start = { region, at: aws.clock.now().toISOString(), caller: caller.arn }
  const nothing: AppliedPlan = { done: [], undo: { ...start, entries: [] } }
  refuseOtherAccount(data.changes, caller, nothing)
  const remade = await remakeChanges(data, caller, bound)
  if ('why' in remade) throw altered(remade, nothing)
  const looked = await Promise.all(remade.changes.map((change) => lookAt(change, nothing, bound)))
  const entries = looked.filter(({ isThere }) => !isThere).map(({ undo }) => undo)
  if (entries.length > 0) await options.onUndo?.({ ...start, entries })
  return applyAll(looked, start, bound)
}

async function applyAll(
  looked: readonly LookedAtChange[],
  start: Omit<UndoInfo, 'entries'>,
  aws: Aws,
): Promise<AppliedPlan> {
  const done: DoneChange[] = []
  const entries: UndoEntry[] = []
  let effectiveFrom = new Date(0)
  const applied = (): AppliedPlan => ({ done: [...done], undo: { ...start, entries: [...entries] } })
  for (const step of looked) {
    try {
      const outcome = step.isThere
        ? { status: 'already-there' as const, effectiveFrom: step.effectiveFrom }
        : await applyChange(step, aws)
      done.push({ change: step.change, status: outcome.status })
      if ('undo' in outcome && outcome.undo !== undefined) entries.push(outcome.undo)
      if (outcome.effectiveFrom !== undefined && outcome.effectiveFrom > effectiveFrom)
        effectiveFrom = outcome.effectiveFrom
    } catch (thrown) {
      const abortion = abortionOf(thrown)
      if (abortion !== undefined) {
        if (!step.isThere) entries.push(step.undo)
        throw withProgress(abortion, applied())
      }
      if (!(thrown instanceof ChangeFailed)) throw thrown
      if (thrown.undo !== undefined) entries.push(thrown.undo)
      throw describeFailure(step.change, thrown.failure, applied())
    }
  }
  await sleepUntil(effectiveFrom.getTime(), aws).catch((thrown) => {
    throw withProgress(thrown, applied())
  })
  return applied()
}

/** The error of the signal that ended a change, wherever it was noticed. */
function abortionOf(thrown: unknown): unknown {
  const cause =
    thrown instanceof ChangeFailed && thrown.failure.kind === 'aws' ? thrown.failure.cause : thrown
  return isLabelingJobError(cause, 'aborted') ? cause : undefined
}

async function lookAt(change: PermissionChange, nothing: AppliedPlan, aws: Aws): Promise<LookedAtChange> {
  try {
    return await lookAtChange(change, aws)
  } catch (thrown) {
    if (abortionOf(thrown) !== undefined) throw withProgress(abortionOf(thrown), nothing)
    throw thrown instanceof ChangeFailed ? describeFailure(change, thrown.failure, nothing) : thrown
  }
}

/** Gives a plan as plain data, which nobody changes any more, and refuses what is none. */
function planDataOf(plan: PermissionPlan | PermissionPlanData): PermissionPlanData {
  try {
    const data = copyOf({ ...fieldsOf(plan), report: fieldsOf(plan.report) }) as unknown as PermissionPlanData
    const { changes, after, report } = data
    const lists = [changes, after, report.keys, report.decisions]
    const isObjects = (list: unknown) =>
      Array.isArray(list) && list.every((item) => typeof item === 'object' && item !== null)
    if (lists.every(isObjects) && typeof report.region === 'string') return data
  } catch {
    // Said below.
  }
  refusePromise('applyPlan', 'the plan', plan)
  throw refusedCall('applyPlan', 'this is no plan: give what planPermissions() gives')
}

/** What stands in an object, whatever its methods would say. */
function fieldsOf(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field !== 'function'))
}

function altered(
  { change, why }: { readonly change: unknown; readonly why: string },
  nothing: AppliedPlan,
): Error {
  const what = change === undefined ? 'the permissions' : documentOf(change as PermissionChange).what
  return changeFailed(
    'permissions-plan-altered',
    { what, ...nothing },
    {
      why: `the plan was altered since it was made: ${why}`,
      fix: 'Plan again with the credentials that apply it; nothing was written',
    },
  )
}

/** A role is found by its name in the account of the credentials, and may be another one there. */
function refuseOtherAccount(
  changes: readonly PermissionChange[],
  caller: { readonly account: string },
  applied: AppliedPlan,
): void {
  for (const change of changes) {
    const named =
      change.kind === 'grant' ? change.issuer : change.kind === 'role-policy' ? change.roleArn : change.keyArn
    const account = parseArn(String(named))?.account ?? String(named)
    if (account === caller.account) continue
    const what = change.kind === 'role-policy' ? `the role ${change.roleArn}` : `the key ${change.keyArn}`
    throw changeFailed(
      'permissions-apply-failed',
      { what, ...applied },
      {
        why: `the plan was made for account ${account}, and the credentials are of account ${caller.account}`,
        fix: 'Use the credentials that the plan was made with; nothing was written',
      },
    )
  }
}
