import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import type { AwsClient, AwsService } from './aws.js'

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

/** Makes the SDK's own client of a service, with the given configuration. */
export async function makeClient(service: AwsService, configuration: object): Promise<AwsClient> {
  const sdk = await loadSdk(service)
  const Client = sdk[CLIENT_NAMES[service]] as new (input: object) => AwsClient
  return new Client(configuration)
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
