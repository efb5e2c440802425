import { hideSecrets } from '../errors/hide-secrets.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { withoutSecrets } from '../errors/without-secrets.js'
import { iamActionOf } from '../names/iam-action.js'
import type { AwsCallError, AwsCode } from './aws-error.js'
import type { AwsCallName } from './calls.js'

interface Failure {
  readonly call: AwsCallName
  readonly region: string | undefined
  /** AWS's name for it, or Node's. */
  readonly name: string
  readonly message: string
  readonly httpStatus: number | undefined
}

interface Meaning {
  readonly code: AwsCode
  /** What stands in the way; by default what AWS answered. */
  readonly why?: string
  readonly fix: string
}

/** Makes an error of this library of whatever a client threw; the original stays in `cause`. */
export function translateAwsError(
  thrown: unknown,
  call: AwsCallName,
  region: string | undefined,
  what: string | undefined,
): AwsCallError {
  hideSecrets(thrown)
  const { requestId, httpStatusCode: httpStatus } = metadataOf(thrown)
  const failure: Failure = {
    call,
    region,
    ...namesOf(thrown, call, httpStatus),
    httpStatus,
  }
  const {
    code,
    why = `${call} answered ${failure.name}${after(': ', failure.message)}`,
    fix,
  } = thrown === undefined || thrown === null ? thrownNothing(call, thrown) : meaning(failure)
  return new LabelingJobError({
    code,
    what: what ?? `Cannot call ${call}${after(' in ', region ?? '')}`,
    why,
    fix,
    data: {
      call,
      ...(region !== undefined && { region }),
      awsError: failure.name,
      ...(requestId !== undefined && { requestId }),
      mayHaveHappened: mayHaveBeenDone(failure),
    },
    cause: thrown,
  })
}

function thrownNothing(call: AwsCallName, thrown: undefined | null): Meaning {
  return {
    code: 'aws-call-failed',
    why: `${call} ended with ${thrown}, which is neither an answer nor an error`,
    fix: 'Look at the client that connect() was given, and at its middleware: they have to give answers and throw errors',
  }
}

/** The answer to a HEAD has no body: what went wrong is told by the status alone. */
function namesOf(
  thrown: unknown,
  call: AwsCallName,
  httpStatus: number | undefined,
): Pick<Failure, 'name' | 'message'> {
  const name = awsErrorName(thrown)
  if (!call.startsWith('s3:Head') || name !== 'UnknownError' || httpStatus === undefined)
    return { name, message: messageOf(thrown) }
  return { name: String(httpStatus), message: '' }
}

const ACCESS_DENIED =
  /^(403|AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|UnauthorizedOperation|NotAuthorized|Forbidden|KMSAccessDeniedException)$/
const DENIED_ACTION = /not authorized to perform:?\s+([a-z0-9-]+:[A-Za-z0-9]+)/
const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequests|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottled|RequestThrottledException|BandwidthLimitExceeded|PriorRequestNotComplete|ProvisionedThroughputExceededException)$/
const NOT_FOUND =
  /^(NotFoundException|ResourceNotFound|ResourceNotFoundException|NoSuchEntity|NoSuchEntityException|NoSuchKey|NoSuchBucket|NotFound)$/
const ELSEWHERE =
  /^(301|PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/
const LIMIT = /^(ResourceLimitExceeded|LimitExceeded|LimitExceededException)$/
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken|ExpiredTokenException|TokenRefreshRequired|InvalidClientTokenId|UnrecognizedClientException|UnrecognizedClient|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|MissingAuthenticationToken|MissingAuthenticationTokenException|RequestExpired|RequestTimeTooSkewed|AuthFailure|OptInRequired|CredentialsError)$/
const NO_ADDRESS = /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/
const NO_CONNECTION = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|ENONET)$/
const CERTIFICATE =
  /^(CERT_\w+|UNABLE_TO_\w+|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_\w+)$/
const LOST_CONNECTION =
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|EPROTO|TimeoutError|RequestTimeout|RequestTimeoutException|NetworkingError|UND_ERR_\w+|ERR_HTTP2_\w+|ERR_STREAM_PREMATURE_CLOSE)$/
const AWS_SIDE =
  /^(InternalFailure|InternalError|InternalServerError|InternalServerException|InternalServiceError|ServiceFailure|ServiceFailureException|ServiceUnavailable|ServiceUnavailableException|DependencyTimeout|DependencyTimeoutException|KMSInternalException|KeyUnavailableException|BadGateway|GatewayTimeout|ConcurrentModification|ConcurrentModificationException|503|502|504|500)$/

function meaning(failure: Failure): Meaning {
  const { call, region, name, message, httpStatus = 0 } = failure
  if (ACCESS_DENIED.test(name)) {
    // S3 asks KMS in the caller's name: a refused GetObject may be a kms:Decrypt that is missing.
    const action = DENIED_ACTION.exec(message)?.[1] ?? iamActionOf(call)
    return {
      code: 'access-denied',
      fix: /explicit deny/i.test(message)
        ? `Have the Deny that the message names spare ${action}: no Allow outweighs it`
        : `Allow ${action} for the identity that makes the call, and look for a Deny`,
    }
  }
  if (name.startsWith('KMS.')) {
    return {
      code: 'aws-call-failed',
      fix: 'Look at the state of the key that the object is encrypted with: only an enabled key encrypts and decrypts',
    }
  }
  if (THROTTLED.test(name) || httpStatus === 429) {
    return { code: 'throttled', fix: 'Call less often, or try again in a minute; nothing was changed' }
  }
  if (name === 'ResourceInUse') {
    return {
      code: 'name-taken',
      fix: "Choose another name: labeling jobs keep theirs for ever, and upper and lower case count as the same. If it is this very job, take it up: create(aws, { ifExists: 'attach' }), or attachJob(name, aws)",
    }
  }
  if (LIMIT.test(name)) {
    return { code: 'limit-exceeded', fix: 'Wait for running jobs to end, or ask for a higher quota' }
  }
  if (name === 'NoSuchKey') {
    return {
      code: 'not-found',
      fix: 'Look for the object: keys are exact, upper and lower case as well; the labels of a job lie in its folder, as manifests/output/output.manifest',
    }
  }
  if (ELSEWHERE.test(name)) {
    return {
      code: 'aws-call-failed',
      fix: 'Use a connection to the region of the bucket: aws.with({ region }); what a job reads and writes lies in the region of the job',
    }
  }
  if (NOT_FOUND.test(name) || isMissingJob(failure)) {
    return { code: 'not-found', fix: 'Look for the name in this account and region' }
  }
  if (/^Validation(Exception|Error)$/.test(name))
    return { code: 'aws-validation', fix: validationFix(message) }
  if (CREDENTIALS.test(name)) return { code: 'credentials', fix: credentialsFix(name) }
  if (CERTIFICATE.test(name)) {
    return {
      code: 'network',
      why: `${call} does not trust the certificate of ${serviceIn(call, region)} (${name}${after(': ', message)})`,
      fix: 'Check the proxy or `endpoint` that answers in place of AWS, and NODE_EXTRA_CA_CERTS',
    }
  }
  if (NO_ADDRESS.test(name) || NO_CONNECTION.test(name)) {
    return {
      code: 'network',
      why: `${call} could not reach ${serviceIn(call, region)} (${name}${after(': ', message)})`,
      fix: 'Check the region, the network, the proxy, and the VPC endpoint or `endpoint` if there is one',
    }
  }
  if (LOST_CONNECTION.test(name)) {
    return {
      code: 'network',
      why: `${call} lost the connection to ${serviceIn(call, region)} (${name}${after(': ', message)})`,
      fix: 'Try again; when it goes on, check the network and the proxy',
    }
  }
  if (AWS_SIDE.test(name) || httpStatus >= 500) {
    return { code: 'aws-unavailable', fix: 'Try again in a minute: the fault is on the side of AWS' }
  }
  return { code: 'aws-call-failed', fix: 'Read the error of AWS in `cause`' }
}

const serviceIn = (call: string, region: string | undefined) =>
  `${call.split(':')[0]}${after(' in ', region ?? '')}`
const after = (before: string, text: string) => (text === '' ? '' : before + text)

// SageMaker names a job that does not exist by a ValidationException as well.
function isMissingJob({ call, name, message }: Failure): boolean {
  return (
    /^sagemaker:(Describe|Stop)(?:(?:Labeling|Training|Transform)Job|Model)$/.test(call) &&
    name === 'ValidationException' &&
    /not found|does ?n[o']t exist|could not find|no such/i.test(message)
  )
}

function mayHaveBeenDone({ name, httpStatus = 0 }: Failure): boolean {
  if (THROTTLED.test(name)) return false
  return (
    LOST_CONNECTION.test(name) ||
    AWS_SIDE.test(name) ||
    httpStatus >= 500 ||
    name === 'UnknownError' ||
    name === 'AbortError'
  )
}

function validationFix(message: string): string {
  if (/assume|trust relationship|AssumeRole/i.test(message)) {
    return 'Check that the role exists and its trust policy lets sagemaker.amazonaws.com assume it; a role made seconds ago needs a minute'
  }
  if (/-ref/.test(message)) return 'Set .labelAttribute() as the message says'
  return 'Change what the message of AWS names, or run .problems() to see the known rules'
}

function credentialsFix(name: string): string {
  if (/Skewed|RequestExpired/.test(name)) return 'Set the clock of this machine'
  return 'Sign in again (for instance aws sso login), or check the profile or environment that the credentials come from'
}

/** Gives AWS's name for an error a client threw, or Node's code for it; `UnknownError` when it carries none. */
export function awsErrorName(thrown: unknown): string {
  for (const error of withCauses(thrown)) {
    const { name, code, Code } = error as {
      readonly name?: unknown
      readonly code?: unknown
      readonly Code?: unknown
    }
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,}$/.test(code)) return code
    const isTelling = typeof name === 'string' && !GENERIC.test(name)
    if (isTelling) return name
    if (typeof Code === 'string' && Code !== '') return Code
  }
  return 'UnknownError'
}

const GENERIC = /^(|Error|TypeError|AggregateError|UnknownError|Unknown)$/

/** An error, what it collects and what caused it, outermost first: the telling one is often inside. */
function* withCauses(thrown: unknown, depth = 0): Generator<object, void> {
  if (typeof thrown !== 'object' || thrown === null || depth > 4) return
  yield thrown
  const { errors, cause } = thrown as { readonly errors?: unknown; readonly cause?: unknown }
  if (Array.isArray(errors)) for (const error of errors.slice(0, 4)) yield* withCauses(error, depth + 1)
  yield* withCauses(cause, depth + 1)
}

function messageOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return withoutSecrets(String(thrown))
  for (const error of withCauses(thrown)) {
    const { message, Message } = error as { readonly message?: unknown; readonly Message?: unknown }
    const text = [message, Message].find((said) => typeof said === 'string' && said !== '')
    // A full stop of AWS's would stand beside ours.
    if (typeof text === 'string') return withoutFullStop(withoutSecrets(text))
  }
  return ''
}

function withoutFullStop(text: string): string {
  let end = text.length
  while (text[end - 1] === '.') end--
  return text.slice(0, end)
}

/** What the SDK adds to an answer or an error. */
interface Metadata {
  readonly requestId?: string
  readonly httpStatusCode?: number
  readonly attempts?: number
}

/** Reads what the SDK adds to an answer or an error; empty when a stand-in adds nothing. */
export function metadataOf(answer: unknown): Metadata {
  const metadata = (answer as { readonly $metadata?: unknown } | null | undefined)?.$metadata
  if (typeof metadata !== 'object' || metadata === null) return {}
  const { requestId, httpStatusCode, attempts } = metadata as Readonly<Record<keyof Metadata, unknown>>
  return {
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof httpStatusCode === 'number' && { httpStatusCode }),
    ...(typeof attempts === 'number' && { attempts }),
  }
}
