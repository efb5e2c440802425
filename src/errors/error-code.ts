// A list, where a table of all codes would be carried by every program.
const RETRYABLE = ['throttled', 'network', 'aws-unavailable'] as const

/** The codes an error of this library can carry; stable across minor versions. */
export type ErrorCode =
  | (typeof RETRYABLE)[number]
  | 'invalid-name'
  | 'refused-call'
  | 'incomplete-job'
  | 'invalid-job'
  | 'manifest-invalid'
  | 'label-categories-invalid'
  | 'line-unreadable'
  | 'policy-not-understood'
  | 'key-aws-managed'
  | 'key-not-found'
  | 'key-access-denied'
  | 'key-wrong-region'
  | 'key-wrong-partition'
  | 'key-disabled'
  | 'key-pending-deletion'
  | 'key-not-ready'
  | 'key-not-symmetric'
  | 'key-wrong-usage'
  | 'key-invalid'
  | 'permissions-not-met'
  | 'permissions-plan-refused'
  | 'permissions-plan-altered'
  | 'permissions-stale-plan'
  | 'permissions-lost-update'
  | 'permissions-apply-failed'
  | 'access-denied'
  | 'aws-validation'
  | 'aws-call-failed'
  | 'not-found'
  | 'name-taken'
  | 'job-differs'
  | 'config-invalid'
  | 'limit-exceeded'
  | 'credentials'
  | 'client-missing'
  | 'region-unknown'
  | 'region-not-supported'
  | 'job-not-finished'
  | 'wait-timeout'
  | 'aborted'

/** Tells whether what failed with a code may succeed later although nothing is changed. */
export function isRetryable(code: ErrorCode): boolean {
  return (RETRYABLE as readonly ErrorCode[]).includes(code)
}
