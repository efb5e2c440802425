import type { Aws } from './aws.js'
import { isAwsError } from './aws-error.js'

const PAUSES = [1_000, 2_000, 4_000]

/** Does a call again, with pauses, while AWS answers that calls come too fast. */
export async function retryThrottled<Answer>(aws: Aws, ask: () => Promise<Answer>): Promise<Answer> {
  for (const pause of PAUSES) {
    try {
      return await ask()
    } catch (thrown) {
      if (!isAwsError(thrown) || thrown.code !== 'throttled') throw thrown
      await aws.clock.sleep(pause)
    }
  }
  return ask()
}
