import type { WaitErrorData } from '../aws/abort.js'
import type { AwsCode, AwsErrorData } from '../aws/aws-error.js'
import type { ErrorCode } from '../errors/error-code.js'
import {
  isLabelingJobError as isThrownError,
  LabelingJobError as ThrownError,
} from '../errors/labeling-job-error.js'
import type { ProblemsData } from '../errors/problem.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import type { JobDiffersData } from '../job/job-differs.js'
import type { KeyCode, KeyErrorData } from '../keys/key-error.js'
import type { UnreadableLineData } from '../manifests/read/line-unreadable.js'
import type { InvalidNameData } from '../names/name.js'
import type {
  ChangeCode,
  PermissionsChangeErrorData,
  PermissionsErrorData,
} from '../permissions/apply/permissions-error.js'
import type { PolicyNotUnderstoodData } from '../permissions/policy/edit-policy.js'

/** What `error.data` holds, by `error.code`. */
export interface ErrorData
  extends Record<KeyCode, KeyErrorData>,
    Record<AwsCode, AwsErrorData>,
    Record<ChangeCode, PermissionsChangeErrorData>,
    Record<'permissions-not-met' | 'permissions-plan-refused', PermissionsErrorData>,
    Record<'aborted' | 'wait-timeout', WaitErrorData>,
    Record<'invalid-job' | 'manifest-invalid' | 'label-categories-invalid' | 'config-invalid', ProblemsData>,
    Record<
      | 'refused-call'
      | 'incomplete-job'
      | 'region-unknown'
      | 'region-not-supported'
      | 'client-missing'
      | 'job-not-finished',
      RefusedCallData
    > {
  readonly 'job-differs': JobDiffersData
  readonly 'line-unreadable': UnreadableLineData
  readonly 'invalid-name': InvalidNameData
  readonly 'policy-not-understood': PolicyNotUnderstoodData
}

/**
 * The codes an error of this library can carry; stable across minor versions.
 *
 * @example
 * const again: readonly LabelingJobErrorCode[] = ['throttled', 'network']
 * await job.create(aws).catch((error) => {
 *   if (!isLabelingJobError(error) || !again.includes(error.code)) throw error
 * })
 */
export type LabelingJobErrorCode = ErrorCode

/**
 * Every error this library throws. `code` is stable and tells what `data` holds; `what`, `why` and `fix` are the parts
 * of the message; `retryable` says whether the same call may succeed later although nothing is changed; `cause` is the
 * error of AWS or Node behind it, when there is one.
 *
 * @example
 * try {
 *   await job.create(aws)
 * } catch (error) {
 *   if (!isLabelingJobError(error, 'invalid-job')) throw error
 *   for (const problem of error.data.problems) console.error(problem.path, problem.fix)
 * }
 */
export interface LabelingJobError<Code extends LabelingJobErrorCode = LabelingJobErrorCode>
  extends ThrownError<Code, ErrorData[Code]> {}

/** An error with any of the given codes: comparing `code` narrows `data`. */
type OneOf<Code extends LabelingJobErrorCode> = { readonly [Each in Code]: LabelingJobError<Each> }[Code]

/**
 * The class of every error, for `instanceof`; only the library makes them.
 *
 * @example
 * await job.create(aws).catch((error) => {
 *   if (error instanceof LabelingJobError) console.error(error.code, error.fix)
 *   throw error
 * })
 */
export const LabelingJobError = ThrownError as unknown as {
  readonly prototype: OneOf<LabelingJobErrorCode>
  [Symbol.hasInstance](value: unknown): value is OneOf<LabelingJobErrorCode>
}

/**
 * Tells whether a caught value is an error of this library, with one of the given codes when any is given; also when
 * two copies of the library are loaded.
 *
 * @example
 * try {
 *   await job.create(aws)
 * } catch (error) {
 *   if (!isLabelingJobError(error, 'name-taken', 'job-differs')) throw error
 *   console.error(error.fix)
 * }
 */
export function isLabelingJobError<Code extends LabelingJobErrorCode = LabelingJobErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is OneOf<Code> {
  return isThrownError(error, ...codes)
}
