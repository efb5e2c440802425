import { isAwsError, mayHaveHappened } from '../../aws/aws-error.js'
import { PermissionsChangeError, type PermissionsChangeErrorData } from './permissions-error.js'

/** Makes the error for a call that AWS refused; says what its well-known refusals mean. */
export function applyFailed(data: PermissionsChangeErrorData, cause: unknown): PermissionsChangeError {
  const why = isAwsError(cause) ? cause.why : String(cause)
  return new PermissionsChangeError('permissions-apply-failed', data, {
    why,
    fix: remedyFor(cause, why),
    cause,
  })
}

function remedyFor(cause: unknown, why: string): string {
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
