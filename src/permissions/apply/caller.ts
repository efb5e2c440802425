import type { Aws } from '../../aws/aws.js'
import { retryThrottled } from '../../aws/retry-throttled.js'
import { RefusedCallError } from '../../errors/refused-call-error.js'

/**
 * Refuses a connection to another region than what was given belongs to.
 *
 * @throws LabelingJobError `refused-call`
 */
export async function refuseOtherRegion(
  call: string,
  { what, region }: { readonly what: string; readonly region: string },
  aws: Aws,
): Promise<void> {
  const here = await aws.region()
  if (here !== region)
    throw new RefusedCallError(call, `${what} in ${region}, and the connection is to ${here}`, '')
}

/** Gives whose credentials these are. Needs no permission. */
export async function readCaller(aws: Aws): Promise<{ readonly arn: string; readonly account: string }> {
  const { Arn: arn = '', Account: account = '' } = await retryThrottled(aws, () =>
    aws.call('sts:GetCallerIdentity', {}),
  )
  return { arn, account }
}
