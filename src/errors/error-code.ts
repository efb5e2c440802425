/** Every code, and whether a call that failed so may succeed later although nothing is changed. */
export const RETRYABLE_BY_CODE = {
  'invalid-name': false,
  'refused-call': false,
  'incomplete-job': false,
  'invalid-job': false,
  'manifest-invalid': false,
  'label-categories-invalid': false,
  'line-unreadable': false,
  'policy-not-understood': false,
  'key-aws-managed': false,
  'key-not-found': false,
  'key-access-denied': false,
  'key-wrong-region': false,
  'key-wrong-partition': false,
  'key-disabled': false,
  'key-pending-deletion': false,
  'key-not-ready': false,
  'key-not-symmetric': false,
  'key-wrong-usage': false,
  'key-invalid': false,
  'permissions-not-met': false,
  'permissions-plan-refused': false,
  'permissions-plan-altered': false,
  'permissions-stale-plan': false,
  'permissions-lost-update': false,
  'permissions-apply-failed': false,
  'access-denied': false,
  'aws-validation': false,
  'aws-call-failed': false,
  'not-found': false,
  'name-taken': false,
  'job-differs': false,
  'config-invalid': false,
  'limit-exceeded': false,
  credentials: false,
  throttled: true,
  network: true,
  'aws-unavailable': true,
  'client-missing': false,
  'region-unknown': false,
  'region-not-supported': false,
  'job-not-finished': false,
  'wait-timeout': false,
  aborted: false,
} as const

/** The codes an error of this library can carry; stable across minor versions. */
export type ErrorCode = keyof typeof RETRYABLE_BY_CODE

/** Tells whether what failed with a code may succeed later although nothing is changed. */
export function isRetryable(code: ErrorCode): boolean {
  return RETRYABLE_BY_CODE[code]
}
