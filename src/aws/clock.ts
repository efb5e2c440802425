import type { Aws, Clock } from './aws.js'

/** Sleeps until a moment, in milliseconds since 1970; not at all when it has passed. */
export async function sleepUntil(moment: number, { clock }: Aws): Promise<void> {
  const wait = moment - clock.now().getTime()
  if (wait > 0) await clock.sleep(wait)
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason)
        return
      }
      const onAbort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}
