import type { Aws } from './aws.js'

/** Sleeps until a moment, in milliseconds since 1970; not at all when it has passed. */
export async function sleepUntil(moment: number, { clock }: Aws): Promise<void> {
  const wait = moment - clock.now().getTime()
  if (wait > 0) await clock.sleep(wait)
}
