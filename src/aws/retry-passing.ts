import { aborted } from './abort.js'
import type { Aws, CallOptions } from './aws.js'
import { isAwsError } from './aws-error.js'

const PAUSES = [1_000, 2_000, 4_000]

/**
 * Tells whether a failure passes by itself, so that the same call may be made again: throttling always; a lost
 * connection or a fault on AWS's side when the call only reads, since a write may have happened.
 */
export function passesByItself(thrown: unknown): boolean {
  if (!isAwsError(thrown) || !thrown.retryable) return false
  return thrown.code === 'throttled' || isRead(thrown.data.call) || !thrown.data.mayHaveHappened
}

/** How a call is made again. */
export interface RetryOptions extends CallOptions {
  /** Milliseconds before each further try. Default: 1, 2 and 4 seconds. */
  readonly pauses?: readonly number[]
  /** Whether doing it twice does no harm, so that it is made again also when it may have happened. Default: no. */
  readonly mayRepeat?: boolean
}

/** Makes a call again while it fails for a reason that passes by itself. */
export async function retryPassing<Answer>(
  aws: Aws,
  ask: () => Promise<Answer>,
  { signal, pauses = PAUSES, mayRepeat = false }: RetryOptions = {},
): Promise<Answer> {
  for (const pause of pauses) {
    try {
      return await ask()
    } catch (thrown) {
      const isPassing = passesByItself(thrown) || (mayRepeat && isAwsError(thrown) && thrown.retryable)
      if (!isPassing) throw thrown
      await aws.clock.sleep(pause, signal).catch((reason) => {
        throw signal?.aborted
          ? aborted(signal, { what: (thrown as Error & { readonly what: string }).what })
          : reason
      })
    }
  }
  return ask()
}

function isRead(call: string): boolean {
  return /:(?:Describe|Get|List|Head|Simulate)/.test(call)
}
