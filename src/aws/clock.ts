import { onAbort } from './abort.js'
import type { Aws, Clock } from './aws.js'

/** Sleeps until a moment, in milliseconds since 1970; not at all when it has passed. */
export async function sleepUntil(moment: number, { clock }: Aws, signal?: AbortSignal): Promise<void> {
  const wait = moment - clock.now().getTime()
  if (wait > 0) await clock.sleep(wait, signal)
}

/** A timer for longer ends at once; whoever waits looks again then. */
const LONGEST = 2 ** 31 - 1

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const timer = setTimeout(
        () => {
          unregister?.()
          resolve()
        },
        Math.min(milliseconds, LONGEST),
      )
      const unregister =
        signal &&
        onAbort(signal, () => {
          clearTimeout(timer)
          reject(signal.reason)
        })
    }),
}
