import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { AwsCallName } from './calls.js'

/** What AWS answered to a call that failed. */
export interface AwsErrorData {
  /** The call by its IAM action, for instance `kms:DescribeKey`. */
  readonly call: AwsCallName
  readonly region: string | undefined
  /** AWS's own name of the error, for instance `NotFoundException`. */
  readonly awsError: string
  readonly requestId: string | undefined
}

/** Thrown when AWS refuses a call; `data.awsError` is AWS's name for it and `cause` the SDK's error. */
export class AwsCallError extends LabelingJobError<AwsErrorData> {}

/** Tells whether an error is AWS refusing a call under the given name, for instance `NotFoundException`. */
export function isAwsError(value: unknown, ...names: readonly string[]): value is AwsCallError {
  return value instanceof AwsCallError && (names.length === 0 || names.includes(value.data.awsError))
}

/** Tells whether AWS said no for lack of permission, in any of the words its services use. */
export function isAccessDenied(value: unknown): value is AwsCallError {
  return value instanceof AwsCallError && value.code === 'access-denied'
}

const UNSURE =
  /Timeout|TimedOut|Internal|Unavailable|ServiceFailure|UnknownError|Networking|ECONN|EPIPE|AbortError|ConcurrentModification/i

/** Tells whether a failed call may have done its work: timeouts, lost connections and faults on AWS's side. */
export function mayHaveHappened(thrown: unknown): thrown is AwsCallError {
  if (!isAwsError(thrown)) return false
  const { cause } = thrown
  const metadata =
    typeof cause === 'object' && cause !== null && '$metadata' in cause
      ? (cause.$metadata as { readonly httpStatusCode?: number } | undefined)
      : undefined
  return UNSURE.test(thrown.data.awsError) || (metadata?.httpStatusCode ?? 0) >= 500
}
