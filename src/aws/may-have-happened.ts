import { type AwsCallError, isAwsError } from './aws-error.js'

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
