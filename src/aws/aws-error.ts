import type { ErrorCode } from '../errors/error-code.js'
import { isLabelingJobError, LabelingJobError } from '../errors/labeling-job-error.js'

/** What is known of a call that failed. */
export interface AwsErrorData {
  /** The call by its IAM action, for instance `kms:DescribeKey`. */
  readonly call: string
  readonly region?: string
  /** AWS's own name of the error, for instance `NotFoundException`. */
  readonly awsError: string
  readonly requestId?: string
  /** Whether the call may have done its work: after timeouts, lost connections and faults on AWS's side. */
  readonly mayHaveHappened: boolean
}

/** The codes of a call to AWS that failed. */
export type AwsCode =
  | 'access-denied'
  | 'throttled'
  | 'not-found'
  | 'aws-validation'
  | 'aws-call-failed'
  | 'limit-exceeded'
  | 'network'
  | 'credentials'
  | 'aws-unavailable'
  | 'name-taken'

/** A call to AWS that failed; `data.awsError` is AWS's name for it and `cause` the SDK's error. */
export type AwsCallError = LabelingJobError<ErrorCode & AwsCode, AwsErrorData>

const CODES: Readonly<Record<AwsCode, true>> = {
  'access-denied': true,
  throttled: true,
  'not-found': true,
  'aws-validation': true,
  'aws-call-failed': true,
  'limit-exceeded': true,
  network: true,
  credentials: true,
  'aws-unavailable': true,
  'name-taken': true,
}

/** Tells whether an error is a call to AWS that failed, under one of AWS's names when any is given. */
export function isAwsError(value: unknown, ...names: readonly string[]): value is AwsCallError {
  if (!isLabelingJobError(value) || !Object.hasOwn(CODES, value.code)) return false
  return names.length === 0 || names.includes((value as AwsCallError).data.awsError)
}

/** Tells whether AWS said no for lack of permission, in any of the words its services use. */
export function isAccessDenied(value: unknown): value is AwsCallError {
  return isAwsError(value) && value.code === 'access-denied'
}

/** Tells whether a failed call may have done its work. */
export function mayHaveHappened(thrown: unknown): thrown is AwsCallError {
  return isAwsError(thrown) && thrown.data.mayHaveHappened
}

/**
 * Makes the error for a list that AWS gave in part: what is not in it would vanish in silence.
 *
 * @param why What is wrong with the answer, for instance `a job without a name`.
 */
export function listNotWhole(call: string, what: string, why: string): AwsCallError {
  return new LabelingJobError({
    code: 'aws-call-failed',
    what,
    why: `${call} gave an answer that is not whole: ${why}`,
    fix: 'Try again; if it stays so, check what stands between this program and AWS',
    data: { call, awsError: 'not whole', mayHaveHappened: false },
  })
}
