import type { Aws, CallOptions } from '../aws/aws.js'
import { retryPassing } from '../aws/retry-passing.js'
import type { LabelingJobDescription } from '../aws/sagemaker-calls.js'
import { refusedCall } from '../errors/refused-call.js'
import { readJobName } from './read-job-name.js'

/**
 * Gives AWS's description of a job that is named by its name or its ARN, for a call of the library.
 *
 * @throws LabelingJobError `refused-call` when the ARN is of another account or region than the connection.
 */
export async function describeJob(
  call: string,
  nameOrArn: string,
  aws: Aws,
  { signal }: CallOptions = {},
): Promise<{ readonly name: string; readonly region: string; readonly description: LabelingJobDescription }> {
  const name = await readJobName(call, nameOrArn, aws)
  const region = await aws.region()
  const options = signal ? { signal } : {}
  const what = `Cannot ${VERBS[call] ?? 'inspect'} the labeling job ${name} in ${region}`
  const description = await retryPassing(
    aws,
    () => aws.call('sagemaker:DescribeLabelingJob', { LabelingJobName: name }, { what, ...options }),
    options,
  )
  // AWS is asked by name, in the account of the credentials: another account may have a job of the same name.
  const { LabelingJobArn: found } = description
  if (
    nameOrArn.startsWith('arn:') &&
    found !== undefined &&
    found.toLowerCase() !== nameOrArn.toLowerCase()
  ) {
    throw refusedCall(
      call,
      `the job ${name} that these credentials reach is ${found}, not ${nameOrArn}: use credentials of the account in the ARN`,
    )
  }
  return { name: description.LabelingJobName ?? name, region, description }
}

const VERBS: Readonly<Record<string, string>> = { attachJob: 'take up', proveJob: 'prove' }
