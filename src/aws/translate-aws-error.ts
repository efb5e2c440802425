import type { LabelingJobErrorCode } from '../errors/labeling-job-error.js'
import { AwsCallError } from './aws-error.js'
import type { AwsCallName } from './calls.js'

/** Makes an error of this library of whatever a client threw; the original stays in `cause`. */
export function translateAwsError(
  thrown: unknown,
  call: AwsCallName,
  region: string | undefined,
  what: string | undefined,
): AwsCallError {
  const awsError = awsErrorName(thrown)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const { code, fix } = meaning(awsError, message, call)
  return new AwsCallError({
    code,
    what: what ?? `Cannot call ${call}${region === undefined ? '' : ` in ${region}`}`,
    why: `${call} answered ${awsError}${message === '' ? '' : `: ${message}`}`,
    fix,
    data: { call, region, awsError, requestId: requestIdOf(thrown) },
    cause: thrown,
  })
}

/** Gives AWS's name for an error a client threw; `UnknownError` when it carries none. */
export function awsErrorName(thrown: unknown): string {
  if (thrown instanceof Error && thrown.name !== '' && thrown.name !== 'Error') return thrown.name
  if (typeof thrown === 'object' && thrown !== null && 'Code' in thrown) return String(thrown.Code)
  return 'UnknownError'
}

const ACCESS_DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)$/
const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottledException)$/
const NOT_FOUND =
  /^(NotFoundException|ResourceNotFound|NoSuchEntity|NoSuchEntityException|NoSuchKey|NoSuchBucket|NotFound)$/
const LIMIT = /^(ResourceLimitExceeded|LimitExceeded|LimitExceededException)$/
const CREDENTIALS =
  /^(CredentialsProviderError|ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch)$/

function meaning(
  awsError: string,
  message: string,
  call: AwsCallName,
): { code: LabelingJobErrorCode; fix: string } {
  if (ACCESS_DENIED.test(awsError)) {
    return {
      code: 'access-denied',
      fix: /explicit deny/i.test(message)
        ? `Have the Deny that the message names spare ${call}: no Allow outweighs it`
        : `Allow ${call} for the identity that makes the call, and look for a Deny`,
    }
  }
  if (THROTTLED.test(awsError)) {
    return { code: 'throttled', fix: 'Call less often, or try again in a minute; nothing was changed' }
  }
  if (awsError === 'ResourceInUse') {
    return {
      code: 'name-taken',
      fix: 'Choose another name: labeling jobs keep theirs for ever, and upper and lower case count as the same',
    }
  }
  if (LIMIT.test(awsError)) {
    return { code: 'limit-exceeded', fix: 'Wait for running jobs to end, or ask for a higher quota' }
  }
  if (NOT_FOUND.test(awsError)) {
    return { code: 'not-found', fix: 'Look for the name in this account and region' }
  }
  if (/^Validation(Exception|Error)$/.test(awsError))
    return { code: 'aws-validation', fix: validationRemedy(message) }
  if (CREDENTIALS.test(awsError)) {
    return {
      code: 'aws-call-failed',
      fix: 'Sign in again, or check the profile the credentials come from',
    }
  }
  return { code: 'aws-call-failed', fix: 'Read the error of AWS in `cause`' }
}

function validationRemedy(message: string): string {
  if (/assume|trust relationship|AssumeRole/i.test(message)) {
    return 'Check that the role exists and its trust policy lets sagemaker.amazonaws.com assume it; a role made seconds ago needs a minute'
  }
  if (/-ref/.test(message)) return 'Set .labelAttribute() as the message says'
  return 'Change what the message of AWS names, or run .problems() to see the known rules'
}

function requestIdOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('$metadata' in thrown)) return undefined
  const metadata = thrown.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('requestId' in metadata)) return undefined
  return typeof metadata.requestId === 'string' ? metadata.requestId : undefined
}
