import { aborted, throwIfAborted } from './abort.js'
import type { Aws } from './aws.js'

/**
 * Gives the same connection, whose every call and pause ends when a signal is aborted, with the error `aborted`.
 *
 * @param what What cannot be done then, for instance `Cannot check the permissions`.
 */
export function withSignal(aws: Aws, signal: AbortSignal | undefined, what: string): Aws {
  if (signal === undefined) return aws
  const sleep = async (milliseconds: number) => {
    await aws.clock.sleep(milliseconds, signal).catch((thrown: unknown) => {
      throw signal.aborted ? aborted(signal, { what }) : thrown
    })
    throwIfAborted(signal, what)
  }
  return {
    region: () => aws.region(),
    clock: { now: () => aws.clock.now(), sleep },
    identity: (service) => aws.identity(service),
    with: (change) => withSignal(aws.with(change), signal, what),
    call: (name, input, options) => aws.call(name, input, { what, ...options, signal }),
  }
}
