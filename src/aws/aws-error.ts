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
