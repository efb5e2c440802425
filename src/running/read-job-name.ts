import type { Aws } from '../aws/aws.js'
import { formatValue } from '../errors/format-value.js'
import { refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import { parseArn } from '../names/arn.js'
import { isJobName } from '../names/job-name.js'

/**
 * Gives the name of a labeling job that is named by its name or its ARN.
 *
 * @throws LabelingJobError `refused-call` for what is neither, and for the ARN of a job in another region.
 */
export async function readJobName(call: string, nameOrArn: unknown, aws: Aws): Promise<string> {
  if (isConnection(nameOrArn))
    throw refusedCall(
      call,
      'its arguments are swapped: the name or ARN of the job comes before the connection',
    )
  refuseNoConnection(call, aws)
  if (isJobName(nameOrArn)) return nameOrArn
  if (typeof nameOrArn !== 'string' || !nameOrArn.startsWith('arn:'))
    throw refusedCall(
      call,
      `${formatValue(nameOrArn)} is neither the name nor the ARN of a labeling job: a name has 1 to 63 letters, digits and hyphens`,
    )
  const arn = parseArn(nameOrArn)
  const name = /^labeling-job\/([^/]+)$/.exec(arn?.resource ?? '')?.[1]
  if (arn?.service !== 'sagemaker' || name === undefined)
    throw refusedCall(call, `${formatValue(nameOrArn)} is not the ARN of a labeling job`)
  const region = await aws.region()
  if (arn.region !== region)
    throw refusedCall(
      call,
      `the job ${name} is in ${arn.region}, and the connection is to ${region}: give aws.with({ region: '${arn.region}' })`,
    )
  return name
}

function isConnection(value: unknown): boolean {
  const { region, call } = (value ?? {}) as { readonly region?: unknown; readonly call?: unknown }
  return typeof region === 'function' && typeof call === 'function'
}
