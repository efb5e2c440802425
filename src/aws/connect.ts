import { formatValue, kindOf } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { printable } from '../errors/printable.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { isClient, type RefusedCallData, refusedCall } from '../errors/refused-call.js'
import { withoutSecrets } from '../errors/without-secrets.js'
import { printAs } from '../show/shown.js'
import { aborted, throwIfAborted, untilAborted } from './abort.js'
import type { Aws, AwsClient, AwsService, CallReport, Clock, RequestOptions } from './aws.js'
import type { AwsCallName, AwsCalls } from './calls.js'
import { systemClock } from './clock.js'
import { moveClients } from './move-clients.js'

/** Makes the client of a service for a region and, for a role session, its credentials. */
export type MakeClient = (
  service: AwsService,
  at: { readonly region: string; readonly credentials?: object },
) => AwsClient

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
  /**
   * Configuration of every client that is made: `retryMode`, `requestHandler`, `logger` and the like. The user agent names
   * `labeling-job/<version>` beside what `customUserAgent` adds.
   */
  readonly config?: object
  /**
   * Clients of your own: one a service, one object that serves them all, or a function that makes them. Default: made
   * when first used, with a limit of 10 seconds for a connection and 60 for an answer.
   */
  readonly clients?: AwsClient | Readonly<Partial<Record<AwsService, AwsClient>>> | MakeClient
  /**
   * The account that owns the buckets: each call to S3 names it, and S3 refuses a bucket of another account (403), such as
   * one that somebody made under a name that was given up. A function says it of each bucket; `undefined` leaves it open.
   * Default: S3 is not told.
   */
  readonly bucketOwner?: string | ((bucket: string) => string | undefined)
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock
  /** Hears of every request once it has ended; never of bodies and answers. It is awaited; what it throws is ignored. */
  readonly onCall?: (call: CallReport) => unknown
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
    checkOptions(options)
    this.#options = Object.freeze({ ...options })
    this.clock = options.clock ?? systemClock
    printAs(this, () => this.toString())
  }

  /** Where it goes to, and nothing of how it signs. */
  toJSON(): object {
    const { region, profile, endpoint } = this.#options
    return { region, profile, endpoint: endpoint && withoutSecrets(endpoint) }
  }

  toString(): string {
    const places = Object.entries(this.toJSON()).map(([name, place]) => place && `, ${name} ${place}`)
    return printable(`connection to AWS${places.filter(Boolean).join('')}`)
  }

  region(): Promise<string> {
    this.#region ??= this.#findRegion().catch((thrown) => {
      this.#region = undefined
      throw thrown
    })
    return this.#region
  }

  async call<Name extends AwsCallName>(
    name: Name,
    input: AwsCalls[Name]['input'],
    { signal, what }: RequestOptions = {},
  ): Promise<AwsCalls[Name]['output']> {
    throwIfAborted(signal, what ?? `Cannot call ${name}`)
    const [service, operation] = name.split(':') as [AwsService, string]
    const { loadCommand } = await loading()
    const [client, Command] = await Promise.all([this.#client(service), loadCommand(service, operation)])
    const { bucketOwner } = this.#options
    const owned = bucketOwner && name.startsWith('s3:') ? await ownedBy(bucketOwner, input) : undefined
    const startedAt = this.clock.now().getTime()
    // A signal of its own: the SDK listens on it, and Node warns of many listeners on one.
    const sendOptions = signal && { abortSignal: AbortSignal.any([signal]) }
    try {
      const answer = await untilAborted(client.send(new Command(owned?.input ?? input), sendOptions), signal)
      // As a mock gives that was not told what to answer.
      if (answer === undefined) throw answer
      await this.#report(name, startedAt, answer)
      return answer
    } catch (thrown) {
      await this.#report(name, startedAt, thrown, true)
      if (signal?.aborted) throw aborted(signal, { what: what ?? `Cannot call ${name}` })
      // The SDK says so of a client that finds none; region() says what to do about it.
      if ((thrown as Error | undefined)?.message === 'Region is missing') await this.region()
      const { translateAwsError } = await import('./translate-aws-error.js')
      const region = await this.region().catch(() => undefined)
      throw translateAwsError(
        thrown,
        name,
        region,
        owned?.what(what ?? `Cannot call ${name}`, thrown) ?? what,
      )
    }
  }

  async #report(call: AwsCallName, startedAt: number, answer: unknown, hasFailed = false): Promise<void> {
    const { onCall } = this.#options
    if (onCall === undefined) return
    const milliseconds = this.clock.now().getTime() - startedAt
    // Hearing of a call must not change what comes of it: the call may have written something.
    try {
      const { makeCallReport } = await import('./call-report.js')
      const region = await this.region().catch(() => 'unknown')
      await onCall(makeCallReport({ call, region, milliseconds }, answer, hasFailed))
    } catch {}
  }

  identity(service: AwsService): object {
    return this.#given(service) ?? this
  }

  with(change: { readonly region?: string; readonly credentials?: object }): Aws {
    const { clients, ...rest } = this.#options
    const moved: ConnectOptions =
      clients === undefined || typeof clients === 'function'
        ? { ...this.#options, ...change }
        : { ...rest, ...change, clients: moveClients(clients, change) }
    return new Connection(moved)
  }

  #given(service: AwsService): AwsClient | undefined {
    const { clients } = this.#options
    if (clients === undefined || typeof clients === 'function') return undefined
    return isClient(clients) ? clients : clients[service]
  }

  #client(service: AwsService): Promise<AwsClient> {
    const given = this.#given(service)
    if (given !== undefined) return Promise.resolve(given)
    let made = this.#made.get(service)
    if (made === undefined) {
      made = this.#make(service)
      this.#made.set(service, made)
      made.catch(() => this.#made.delete(service))
    }
    return made
  }

  async #make(service: AwsService): Promise<AwsClient> {
    const { clients, credentials } = this.#options
    if (typeof clients !== 'function') {
      const { makeClient } = await loading()
      return makeClient(service, this.#options)
    }
    const made: unknown = clients(service, {
      region: await this.region(),
      ...(credentials && { credentials }),
    })
    if (isClient<AwsClient>(made)) return made
    throw refusedCall('connect', `its clients gave ${kindOf(made)} for ${service}: give an SDK client`)
  }

  async #findRegion(): Promise<string> {
    if (this.#options.region !== undefined) return this.#options.region
    const isMadeByCaller = typeof this.#options.clients === 'function'
    const client =
      this.#given('sagemaker') ??
      this.#given('kms') ??
      (isMadeByCaller ? undefined : await this.#client('kms'))
    return (await loading()).regionOf(client)
  }
}

async function ownedBy(owner: NonNullable<ConnectOptions['bucketOwner']>, input: object) {
  const { ownedInput } = await import('./owned-input.js')
  return ownedInput(owner, input)
}

let loaded: Promise<typeof import('./load-client.js')> | undefined

/** Asked for again with every call, of which there may be a million. What could not be loaded is loaded anew. */
function loading(): Promise<typeof import('./load-client.js')> {
  loaded ??= import('./load-client.js').catch((thrown) => {
    loaded = undefined
    throw thrown
  })
  return loaded
}

const OPTIONS: Readonly<
  Record<keyof ConnectOptions, 'string' | 'object' | 'function' | 'clients' | 'owner'>
> = {
  region: 'string',
  profile: 'string',
  credentials: 'object',
  endpoint: 'string',
  config: 'object',
  clients: 'clients',
  bucketOwner: 'owner',
  clock: 'object',
  onCall: 'function',
}

/** Refuses options that could not work before anything is sent, for callers without a type checker. */
function checkOptions(options: ConnectOptions): void {
  const what = 'Cannot connect to AWS'
  if (isClient(options))
    throw refusedCall('connect', 'this is a client and no options: give connect({ clients: client })')
  refuseUnknownOptions({ call: 'connect', what }, options, Object.keys(OPTIONS))
  const refuse = (option: string, expected: string) => {
    const value = options[option as keyof ConnectOptions]
    // Credentials come as text where an object belongs.
    const received = OPTIONS[option as keyof ConnectOptions] === 'string' ? formatValue(value) : kindOf(value)
    const data: RefusedCallData = { call: 'connect', received, expected }
    throw new LabelingJobError({
      code: 'refused-call',
      what,
      why: `its option ${option} is ${received}`,
      fix: `Give ${expected}`,
      data,
    })
  }
  for (const [option, kind] of Object.entries(OPTIONS)) {
    const value = options[option as keyof ConnectOptions]
    if (value === undefined) continue
    const isFunction = typeof value === 'function'
    const isObject = typeof value === 'object' && value !== null
    if (kind === 'string' && (typeof value !== 'string' || value === ''))
      refuse(option, 'a string that is not empty')
    if (kind === 'function' && !isFunction) refuse(option, 'a function')
    if (kind === 'owner' && !isFunction && !(typeof value === 'string' && /^\d{12}$/.test(value)))
      refuse(option, 'the 12 digits of an account, or a function that gives them')
    if (kind === 'clients' && !isFunction && !isObject)
      refuse(option, 'a client, clients by service, or a function')
    // A provider of credentials is a function.
    if (kind === 'object' && !isObject && !(option === 'credentials' && isFunction))
      refuse(option, 'an object')
  }
  if (options.endpoint !== undefined && !/^https?:\/\/[^/\s]/.test(options.endpoint))
    refuse('endpoint', 'an address with its scheme, for instance http://localhost:4566')
  if (options.region !== undefined && !/^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(options.region))
    refuse('region', 'the code of a region, for instance us-east-1')
}
