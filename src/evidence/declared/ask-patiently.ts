import type { Aws, CallOptions } from '../../aws/aws.js'
import { retryPassing } from '../../aws/retry-passing.js'

/** Pauses of an audit: it asks much, and loses much when it gives up. */
export const PATIENCE = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/** Makes a call, again and again for a minute while it fails for a reason that passes by itself. */
export function askPatiently<Answer>(
  aws: Aws,
  { signal }: CallOptions,
  call: (request: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const request = signal ? { signal } : {}
  return retryPassing(aws, () => call(request), { ...request, pauses: PATIENCE })
}
