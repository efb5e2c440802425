import type { AwsService } from '../../aws/aws.js'
import { loadSdk } from '../../aws/load-client.js'

/** An error as AWS words it, before it becomes an exception of the SDK package it belongs to. */
export class AwsFault extends Error {
  override readonly name: string
  readonly status: number

  constructor(name: string, message: string, status = 400) {
    super(message)
    this.name = name
    this.status = status
  }
}

/** The start of a refusal for lack of permission, by service; the names differ on the wire. */
export function accessDenied(service: AwsService, message: string): AwsFault {
  if (service === 'sns') return new AwsFault('AuthorizationErrorException', message, 403)
  if (service === 'lambda') return new AwsFault('AccessDeniedException', message, 403)
  const modern = service === 'kms' || service === 'sagemaker'
  return new AwsFault(modern ? 'AccessDeniedException' : 'AccessDenied', message, modern ? 400 : 403)
}

/** What is left of a fault when the answer has no body, as that of HEAD: a status. */
export function bareFault({ status }: AwsFault): AwsFault {
  return new AwsFault(status === 404 ? 'NotFound' : 'Unknown', 'UnknownError', status)
}

/**
 * Gives the exception the SDK would throw: the modeled class where its package has one (`instanceof` holds),
 * else the service's base exception, under AWS's name either way.
 */
export async function sdkException(fault: AwsFault, service: AwsService, requestId: string): Promise<Error> {
  const details = {
    name: fault.name,
    message: fault.message,
    $fault: fault.status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: fault.status, requestId, attempts: 1, totalRetryDelay: 0 },
  }
  const sdk = await loadSdk(service).catch(() => undefined)
  const Exception = (sdk?.[fault.name] ?? sdk?.[BASE_EXCEPTIONS[service]]) as
    | (new (
        details: object,
      ) => Error)
    | undefined
  return Exception === undefined ? Object.assign(fault, details) : new Exception(details)
}

const BASE_EXCEPTIONS: Readonly<Record<AwsService, string>> = {
  sagemaker: 'SageMakerServiceException',
  kms: 'KMSServiceException',
  sts: 'STSServiceException',
  iam: 'IAMServiceException',
  s3: 'S3ServiceException',
  sns: 'SNSServiceException',
  lambda: 'LambdaServiceException',
}
