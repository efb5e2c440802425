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

/** Makes a call again while it fails for a reason that passes by itself; by default after pauses of 1, 2 and 4 seconds. */
export async function retryPassing<Answer>(
  aws: Aws,
  ask: () => Promise<Answer>,
  { signal, pauses = PAUSES }: CallOptions & { readonly pauses?: readonly number[] } = {},
): Promise<Answer> {
  for (const pause of pauses) {
    try {
      return await ask()
    } catch (thrown) {
      if (!passesByItself(thrown)) throw thrown
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
