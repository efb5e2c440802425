import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import type { AwsClient, AwsService } from './aws.js'
import { VERSION } from './version.js'

/** An SDK package as far as it is used: its client class and its command classes, by name. */
export type SdkModule = Readonly<Record<string, new (input: object) => object>>

const CLIENT_NAMES: Readonly<Record<AwsService, string>> = {
  sagemaker: 'SageMakerClient',
  kms: 'KMSClient',
  sts: 'STSClient',
  iam: 'IAMClient',
  s3: 'S3Client',
  sns: 'SNSClient',
  lambda: 'LambdaClient',
}

/**
 * Loads the SDK package of a service when it is first needed.
 *
 * @throws LabelingJobError `client-missing` when the package is not installed.
 */
export async function loadSdk(service: AwsService): Promise<SdkModule> {
  const loaded = (await importSdk(service)) as SdkModule & { default?: SdkModule }
  // A CommonJS copy reached through `import()` may hide its names under `default`.
  return CLIENT_NAMES[service] in loaded ? loaded : (loaded.default ?? loaded)
}

/**
 * Gives the class of a command.
 *
 * @throws LabelingJobError `client-missing` when the package is not installed, or is older than the command.
 */
export async function loadCommand(
  service: AwsService,
  operation: string,
): Promise<new (input: object) => object> {
  const sdk = await loadSdk(service)
  const Command = sdk[`${operation}Command`]
  if (Command === undefined) throw tooOld(service, operation)
  return Command
}

/** Written out one by one so that bundlers see which packages may be loaded, and load none before its first use. */
async function importSdk(service: AwsService): Promise<unknown> {
  // Bundlers forgive a missing package, and some of these are optional, when it stands in a `try`.
  try {
    switch (service) {
      case 'sagemaker':
        return await import('@aws-sdk/client-sagemaker')
      case 'kms':
        return await import('@aws-sdk/client-kms')
      case 'sts':
        return await import('@aws-sdk/client-sts')
      case 'iam':
        return await import('@aws-sdk/client-iam')
      case 's3':
        return await import('@aws-sdk/client-s3')
      case 'sns':
        return await import('@aws-sdk/client-sns')
      case 'lambda':
        return await import('@aws-sdk/client-lambda')
    }
  } catch (thrown) {
    throw new LabelingJobError({
      code: 'client-missing',
      what: `Cannot talk to ${service}`,
      why: `the package @aws-sdk/client-${service} could not be loaded`,
      fix: `Install it beside labeling-job: npm install @aws-sdk/client-${service}`,
      data: { missing: [`@aws-sdk/client-${service}`] } satisfies RefusedCallData,
      cause: thrown,
    })
  }
}

/** What a connection says of the clients that are made for it. */
interface ClientOptions {
  readonly region?: string
  readonly profile?: string
  readonly credentials?: object
  readonly endpoint?: string
  readonly config?: object
}

/** Makes the SDK's own client of a service, as a connection wants it. */
export async function makeClient(service: AwsService, options: ClientOptions): Promise<AwsClient> {
  const sdk = await loadSdk(service)
  const Client = sdk[CLIENT_NAMES[service]] as new (input: object) => AwsClient
  return new Client(configurationOf(options))
}

function configurationOf({ region, profile, credentials, endpoint, config }: ClientOptions): object {
  return {
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
    ...config,
    customUserAgent: [['labeling-job', VERSION], ...userAgentOf(config)],
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(credentials !== undefined && { credentials }),
    // Buckets as host names do not resolve on a stand-in's single address.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
  }
}

/** What the configuration adds to the user agent, in the form of the SDK. */
function userAgentOf(config: { readonly customUserAgent?: unknown } = {}): readonly unknown[] {
  const { customUserAgent: own } = config
  if (own === undefined) return []
  return Array.isArray(own) ? own : [[own]]
}

/**
 * Gives the region that a client found.
 *
 * @throws LabelingJobError `region-unknown` when there is no client, or it found none.
 */
export async function regionOf(client: AwsClient | undefined): Promise<string> {
  const { config } = (client ?? {}) as { config?: { region?: string | (() => Promise<string>) } }
  const region = config?.region
  const found = typeof region === 'function' ? await region().catch(() => undefined) : region
  if (found !== undefined) return found
  throw new LabelingJobError({
    code: 'region-unknown',
    what: 'Cannot tell which region to work in',
    why: 'no region was given, and the AWS configuration names none',
    fix: "Give it: connect({ region: 'us-east-1' }), or set AWS_REGION",
    data: {},
  })
}

/** The first versions that have a call, where they are newer than the oldest that this library takes. */
const FIRST_WITH: Readonly<Record<string, string>> = {
  UpdateObjectEncryption: ' to 3.978.0 or newer',
}

function tooOld(service: AwsService, operation: string): LabelingJobError {
  return new LabelingJobError({
    code: 'client-missing',
    what: `Cannot call ${service}:${operation}`,
    why: `the installed @aws-sdk/client-${service} has no ${operation}Command`,
    fix: `Update @aws-sdk/client-${service}${FIRST_WITH[operation] ?? ''}`,
    data: { missing: [`${operation}Command`] } satisfies RefusedCallData,
  })
}
