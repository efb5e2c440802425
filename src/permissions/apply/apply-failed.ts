import { isAwsError, mayHaveHappened } from '../../aws/aws-error.js'
import { PermissionsChangeError, type PermissionsChangeErrorData } from './permissions-error.js'

/** Makes the error for a call that AWS refused; says what its well-known refusals mean. */
export function applyFailed(data: PermissionsChangeErrorData, cause: unknown): PermissionsChangeError {
  const obstacle = isAwsError(cause) ? cause.obstacle : String(cause)
  return new PermissionsChangeError('permissions-apply-failed', data, {
    obstacle,
    remedy: remedyFor(cause, obstacle),
    cause,
  })
}

function remedyFor(cause: unknown, obstacle: string): string {
  if (/will not allow you to update the key policy in the future/i.test(obstacle))
    return "The caller's own right to change this key policy is missing or conditional: let an administrator of the key apply the plan"
  if (isAwsError(cause, 'LimitExceededException', 'LimitExceeded'))
    return 'AWS does not raise this limit: make room, for instance by taking out statements that nobody needs'
  if (/invalid principals/i.test(obstacle))
    return 'Remove the ids of deleted principals from the key policy first, as { removeOrphans: true } does; a role made seconds ago needs a minute'
  if (mayHaveHappened(cause))
    return 'It is not known whether it was written: run the check again before anything else'
  return isAwsError(cause) ? cause.remedy : 'Read the error in `cause`'
}
