import { isAwsError, mayHaveHappened } from '../../aws/aws-error.js'
import type { PermissionChange } from '../plan/permission-change.js'
import type { AppliedPlan } from './applied-plan.js'
import type { ChangeFailure } from './change-failed.js'
import { changeFailed, type PermissionsChangeError } from './permissions-error.js'
import { keyPolicyName, rolePolicyName } from './stored-documents.js'

/** Makes the error for a change that was not made or did not last; says what the well-known refusals of AWS mean. */
export function describeFailure(
  change: PermissionChange,
  failure: ChangeFailure,
  applied: AppliedPlan,
): PermissionsChangeError {
  const data = { ...documentOf(change), ...applied }
  if (failure.kind === 'stale') {
    return changeFailed(
      'permissions-stale-plan',
      { ...data, found: failure.found ?? undefined },
      {
        why: 'it was changed by somebody else since the plan was made',
        fix: 'Plan again; nothing was written to it',
      },
    )
  }
  if (failure.kind === 'lost') {
    return changeFailed(
      'permissions-lost-update',
      { ...data, found: failure.found ?? undefined },
      {
        why: 'it reads differently after it was written: somebody else wrote it at the same time',
        fix: 'Compare error.data.planned with error.data.found, agree who writes, and plan again',
      },
    )
  }
  const { cause } = failure
  const why = isAwsError(cause) ? cause.why : cause instanceof Error ? cause.message : String(cause)
  return changeFailed('permissions-apply-failed', data, { why, fix: fixFor(cause, why), cause })
}

/** Names the document of a change, with the text it was planned on and the one that was planned. */
export function documentOf(change: PermissionChange): {
  readonly what: string
  readonly base?: string | undefined
  readonly planned?: string
} {
  if (change.kind === 'grant') return { what: `the grants on ${change.keyArn}` }
  const what =
    change.kind === 'key-policy'
      ? keyPolicyName(change.keyArn)
      : rolePolicyName(change.roleName, change.policyName)
  return { what, base: change.before ?? undefined, planned: change.after }
}

function fixFor(cause: unknown, why: string): string {
  if (/will not allow you to update the key policy in the future/i.test(why))
    return "The caller's own right to change this key policy is missing or conditional: let an administrator of the key apply the plan"
  if (isAwsError(cause, 'LimitExceededException', 'LimitExceeded'))
    return 'AWS does not raise this limit: make room, for instance by taking out statements that nobody needs'
  if (/invalid principals/i.test(why))
    return 'Remove the ids of deleted principals from the key policy first, as { removeDeletedPrincipals: true } does; a role made seconds ago needs a minute'
  if (mayHaveHappened(cause))
    return 'It is not known whether it was written: run the check again before anything else'
  return isAwsError(cause) ? cause.fix : 'Read the error in `cause`'
}
