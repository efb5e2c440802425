import type { AwsCallName, AwsCalls } from './calls.js'

/** Where time comes from; replaced in tests so that nothing ever sleeps. */
export interface Clock {
  now(): Date
  /** Resolves after the given milliseconds; rejects with the signal's reason once it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** The services this library talks to, by their IAM prefix. */
export type AwsService = 'sagemaker' | 'kms' | 'sts' | 'iam' | 's3' | 'sns' | 'lambda'

/** Any AWS SDK v3 client, or a stand-in: all that is asked of it is `send`. */
export interface AwsClient {
  // A client's own `send` is overloaded over all its commands; only `any` lets every client and mock fit.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  send(command: any, options?: any): Promise<any>
}

/**
 * A connection to AWS (or to `fakeAws()`): one region, one set of credentials. Made by `connect()`.
 */
export interface Aws {
  /**
   * The region every call goes to.
   *
   * @throws LabelingJobError `region-unknown` when none was given, and the AWS configuration names none.
   */
  region(): Promise<string>
  /** @internal */
  readonly clock: Clock
  /**
   * Sends one call, named by its IAM action, and gives its answer or an error of this library.
   *
   * @internal
   */
  call<Name extends AwsCallName>(
    name: Name,
    input: AwsCalls[Name]['input'],
    options?: RequestOptions,
  ): Promise<AwsCalls[Name]['output']>
  /**
   * The object that stands for the client of a service: two connections over one client share its caches.
   *
   * @internal
   */
  identity(service: AwsService): object
  /** The same connection for another region, for a role session (`credentials`), or both. */
  with(change: { readonly region?: string; readonly credentials?: object }): Aws
}

/** Options that every call to AWS has. */
export interface CallOptions {
  /** Ends the call with an error `aborted`, whose `cause` is the signal's reason. */
  readonly signal?: AbortSignal
}

/** Options of one request. */
export interface RequestOptions extends CallOptions {
  /** What cannot be done when it fails; becomes the first words of the error. */
  readonly what?: string
}

/** One request that was sent, without its body and its answer. */
export interface CallReport {
  /** The call by its IAM action, for instance `kms:DescribeKey`. */
  readonly call: string
  readonly region: string
  readonly milliseconds: number
  /** How often the SDK sent it; 1 when the client does not say. */
  readonly attempts: number
  readonly requestId?: string
  /** AWS's name of the error, when it failed. */
  readonly error?: string
}
