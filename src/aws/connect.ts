import { LabelingJobError } from '../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import type { Aws, AwsClient, AwsService, CallOptions, Clock, RoleCredentials } from './aws.js'
import type { AwsCallName, AwsCalls } from './calls.js'
import { systemClock } from './clock.js'
import { loadSdk, makeClient } from './load-client.js'

/** How to reach AWS. All of it is optional: the SDK's own chain finds region and credentials. */
export interface ConnectOptions {
  /** The region of the labeling jobs, for instance `us-east-1`. Default: what the SDK finds. */
  readonly region?: string
  /** A profile of the shared AWS configuration files. */
  readonly profile?: string
  /** Credentials, or a provider of them, as every SDK client takes them. */
  readonly credentials?: object
  /** Another address for every service, for a local stand-in of AWS. */
  readonly endpoint?: string
  /** Clients of your own, one a service, or one object that serves them all. Default: made when first used. */
  readonly clients?: AwsClient | Readonly<Partial<Record<AwsService, AwsClient>>>
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock
}

/**
 * Connects to AWS. Nothing is loaded or sent before the first call: the SDK client of a service is made when it
 * is first needed, from `region`, `profile`, `credentials` and `endpoint`, or taken from `clients`.
 *
 * @example
 * const aws = connect({ region: 'us-east-1' })
 */
export function connect(options: ConnectOptions = {}): Aws {
  return new Connection(options)
}

class Connection implements Aws {
  readonly clock: Clock
  readonly #options: ConnectOptions
  readonly #made = new Map<AwsService, Promise<AwsClient>>()
  #region: Promise<string> | undefined

  constructor(options: ConnectOptions) {
    refuseUnknownOptions({ call: 'connect', what: 'Cannot connect to AWS' }, options, [
      'region',
      'profile',
      'credentials',
      'endpoint',
      'clients',
      'clock',
    ])
    this.#options = Object.freeze({ ...options })
    this.clock = options.clock ?? systemClock
  }

  region(): Promise<string> {
    this.#region ??= this.#findRegion()
    return this.#region
  }

  async call<Name extends AwsCallName>(
    name: Name,
    input: AwsCalls[Name]['input'],
    options: CallOptions = {},
  ): Promise<AwsCalls[Name]['output']> {
    const [service, operation] = name.split(':') as [AwsService, string]
    const [client, sdk] = await Promise.all([this.#client(service), loadSdk(service)])
    const Command = sdk[`${operation}Command`]
    if (Command === undefined) throw tooOld(service, operation)
    const sendOptions = options.signal === undefined ? undefined : { abortSignal: options.signal }
    try {
      return await client.send(new Command(input), sendOptions)
    } catch (thrown) {
      if (options.signal?.aborted) throw options.signal.reason
      const { translateAwsError } = await import('./translate-aws-error.js')
      throw translateAwsError(thrown, name, await this.region().catch(() => undefined), options.what)
    }
  }

  identity(service: AwsService): object {
    return this.#given(service) ?? this
  }

  with(change: { readonly region?: string; readonly credentials?: RoleCredentials }): Aws {
    const { clients, ...rest } = this.#options
    const moved: ConnectOptions =
      clients === undefined
        ? { ...rest, ...change }
        : { ...rest, ...change, clients: moveClients(clients, change) }
    return new Connection(moved)
  }

  #given(service: AwsService): AwsClient | undefined {
    const { clients } = this.#options
    if (clients === undefined) return undefined
    return isSender(clients) ? clients : clients[service]
  }

  #client(service: AwsService): Promise<AwsClient> {
    const given = this.#given(service)
    if (given !== undefined) return Promise.resolve(given)
    let made = this.#made.get(service)
    if (made === undefined) {
      made = makeClient(service, this.#configuration())
      this.#made.set(service, made)
      made.catch(() => this.#made.delete(service))
    }
    return made
  }

  #configuration(): object {
    const { region, profile, credentials, endpoint } = this.#options
    return {
      ...(region !== undefined && { region }),
      ...(profile !== undefined && { profile }),
      ...(credentials !== undefined && { credentials }),
      // Buckets as host names do not resolve on a stand-in's single address.
      ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    }
  }

  async #findRegion(): Promise<string> {
    if (this.#options.region !== undefined) return this.#options.region
    const client = this.#given('sagemaker') ?? this.#given('kms') ?? (await this.#client('kms'))
    const found = await regionOf(client)
    if (found !== undefined) return found
    throw new LabelingJobError({
      code: 'region-unknown',
      what: 'Cannot tell which region to work in',
      why: 'no region was given, and the AWS configuration names none',
      fix: "Give it: connect({ region: 'us-east-1' }), or set AWS_REGION",
      data: {},
    })
  }
}

function isSender(value: object): value is AwsClient {
  return 'send' in value && typeof value.send === 'function'
}

async function regionOf(client: AwsClient): Promise<string | undefined> {
  const { config } = client as { config?: { region?: string | (() => Promise<string>) } }
  const region = config?.region
  if (typeof region !== 'function') return region
  return region().catch(() => undefined)
}

/** Clients of the caller's own are bound to a region and an identity: only those that know how are moved. */
function moveClients(
  clients: AwsClient | Readonly<Partial<Record<AwsService, AwsClient>>>,
  change: { readonly region?: string; readonly credentials?: RoleCredentials },
): AwsClient | Readonly<Partial<Record<AwsService, AwsClient>>> {
  if (isSender(clients)) return moveClient(clients, change)
  return Object.fromEntries(
    Object.entries(clients).map(([service, client]) => [service, moveClient(client, change)]),
  )
}

function moveClient(
  client: AwsClient,
  change: { readonly region?: string; readonly credentials?: RoleCredentials },
): AwsClient {
  const { with: move, constructor: clientClass } = client as AwsClient & {
    with?: (change: object) => AwsClient
    config?: object
  }
  if (typeof move === 'function') return move.call(client, change)
  if (!('config' in client) || typeof clientClass !== 'function') {
    throw new LabelingJobError({
      code: 'region-unknown',
      what: 'Cannot use a client of yours for another region or role',
      why: 'it is not an SDK client, and has no `with` of its own',
      fix: 'Let connect() make the clients, or give your stand-in a `with({ region, credentials })`',
      data: {},
    })
  }
  // Only what identifies the client: a resolved configuration also carries a signer bound to the old credentials.
  const { config } = client as {
    config: { region?: unknown; credentials?: unknown; endpoint?: unknown; isCustomEndpoint?: boolean }
  }
  const { region, credentials, endpoint, isCustomEndpoint } = config
  const Client = clientClass as new (configuration: object) => AwsClient
  return new Client({ region, credentials, ...(isCustomEndpoint && { endpoint }), ...change })
}

function tooOld(service: AwsService, operation: string): LabelingJobError {
  return new LabelingJobError({
    code: 'client-missing',
    what: `Cannot call ${service}:${operation}`,
    why: `the installed @aws-sdk/client-${service} has no ${operation}Command`,
    fix: `Update @aws-sdk/client-${service}`,
    data: { missing: [`${operation}Command`] } satisfies RefusedCallData,
  })
}
