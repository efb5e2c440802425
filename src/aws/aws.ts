import type { AwsCallName, AwsCalls } from './calls.js'

/** Reads the time and waits; replaced in tests so that nothing ever sleeps. */
export interface Clock {
  now(): Date
  /** Resolves after the given milliseconds; rejects with the signal's reason once it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** The services this library talks to, by their IAM prefix. */
export type AwsService = 'sagemaker' | 'kms' | 'sts' | 'iam' | 's3'

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
  /** The region every call goes to. */
  region(): Promise<string>
  readonly clock: Clock
  /** Sends one call, named by its IAM action, and gives its answer or an error of this library. */
  call<Name extends AwsCallName>(
    name: Name,
    input: AwsCalls[Name]['input'],
    options?: CallOptions,
  ): Promise<AwsCalls[Name]['output']>
  /** The object that stands for the client of a service: two connections over one client share its caches. */
  identity(service: AwsService): object
  /** The same connection for another region, for a role session (`credentials`), or both. */
  with(change: { readonly region?: string; readonly credentials?: RoleCredentials }): Aws
}

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** What the caller was trying to do; becomes the first words of an error. */
  readonly what?: string
}

/** Temporary credentials of a role session, as `sts:AssumeRole` gives them. */
export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}
