import type { Aws } from '../../aws/aws.js'
import { sleepUntil } from '../../aws/clock.js'
import { refusedCall, refuseNoConnection } from '../../errors/refused-call.js'
import { parseArn } from '../../names/arn.js'
import type { PermissionChange } from '../plan/permission-change.js'
import type { PermissionPlan, PermissionPlanData } from '../plan/permission-plan.js'
import type { AppliedPlan, DoneChange, UndoEntry } from './applied-plan.js'
import { applyChange } from './apply-change.js'
import { readCaller, refuseOtherRegion } from './caller.js'
import { ChangeFailed } from './change-failed.js'
import { describeFailure } from './describe-failure.js'
import { changeFailed } from './permissions-error.js'

/**
 * Writes exactly a plan, one change after another, and verifies each. A document that changed since the plan was made
 * stops it before anything is written to that document; a second `applyPlan` of the same plan writes nothing.
 *
 * What AWS gives back does not take effect everywhere at once. After the last change a minute is waited for a role
 * policy (IAM states no limit, and seconds are usual), and five for a grant, as KMS says.
 *
 * AWS has no version check on policies: another writer within one round trip cannot be kept out, only noticed after.
 *
 * Needs what the changes name: `kms:GetKeyPolicy` and `kms:PutKeyPolicy`, `iam:GetRolePolicy` and
 * `iam:PutRolePolicy`, or `kms:ListGrants` and `kms:CreateGrant`.
 *
 * @throws PermissionsChangeError with what was done before it, and `data.undo`; LabelingJobError `refused-call` for what
 * is no plan, and in another region; AwsCallError when the caller cannot be told.
 */
export async function applyPlan(plan: PermissionPlan | PermissionPlanData, aws: Aws): Promise<AppliedPlan> {
  refuseNoConnection('applyPlan', aws)
  const changes = changesOf(plan)
  const { region } = plan.report
  await refuseOtherRegion('applyPlan', { what: 'the plan was made', region }, aws)
  const caller = await readCaller('applyPlan', aws)
  const start = { region, at: aws.clock.now().toISOString(), caller: caller.arn }
  const done: DoneChange[] = []
  const entries: UndoEntry[] = []
  let effectiveFrom = new Date(0)
  const applied = (): AppliedPlan => ({ done: [...done], undo: { ...start, entries: [...entries] } })
  refuseOtherAccount(changes, caller, applied())
  for (const change of changes) {
    try {
      const outcome = await applyChange(change, aws)
      done.push({ change, status: outcome.status })
      if (outcome.undo !== undefined) entries.push(outcome.undo)
      if (outcome.effectiveFrom !== undefined && outcome.effectiveFrom > effectiveFrom)
        effectiveFrom = outcome.effectiveFrom
    } catch (thrown) {
      if (!(thrown instanceof ChangeFailed)) throw thrown
      if (thrown.undo !== undefined) entries.push(thrown.undo)
      throw describeFailure(change, thrown.failure, applied())
    }
  }
  await sleepUntil(effectiveFrom.getTime(), aws)
  return applied()
}

/** Refuses what is no plan, for callers without a type checker. */
function changesOf(plan: PermissionPlanData): readonly PermissionChange[] {
  const { changes, report } = Object(plan) as Partial<PermissionPlanData>
  if (Array.isArray(changes) && report !== undefined) return changes as readonly PermissionChange[]
  throw refusedCall('applyPlan', 'this is no plan: give what planPermissions() gives')
}

/** A role is found by its name in the account of the credentials, and may be another one there. */
function refuseOtherAccount(
  changes: readonly PermissionChange[],
  caller: { readonly account: string },
  applied: AppliedPlan,
): void {
  for (const change of changes) {
    const account =
      change.kind === 'grant'
        ? (parseArn(change.issuer)?.account ?? change.issuer)
        : parseArn(change.kind === 'role-policy' ? change.roleArn : change.keyArn)?.account
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
