import type { Aws } from '../../aws/aws.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { refusedCall } from '../../errors/refused-call.js'
import type { Caller } from '../read/read-permissions.js'

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
  if (here !== region) throw refusedCall(call, `${what} in ${region}, and the connection is to ${here}`)
}

/**
 * Gives whose credentials these are. Needs no permission.
 *
 * @throws LabelingJobError `refused-call` when AWS does not say.
 */
export async function readCaller(call: string, aws: Aws): Promise<Caller> {
  const { Arn: arn, Account: account } = await retryPassing(aws, () => aws.call('sts:GetCallerIdentity', {}))
  if (arn !== undefined && account !== undefined) return { arn, account }
  throw refusedCall(call, 'sts:GetCallerIdentity does not say whose credentials these are')
}
