import type { Aws, CallOptions } from '../aws/aws.js'
import { type AwsCallError, mayHaveHappened } from '../aws/aws-error.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { ResolvedJob } from '../job/resolved-job.js'
import type { RunningJob } from '../job/running-job.js'
import { makeRunningJob } from './make-running-job.js'

/** Sends a resolved job to AWS. */
export async function sendJob(
  resolved: Pick<ResolvedJob, 'request' | 'region'>,
  aws: Aws,
  options: CallOptions = {},
): Promise<RunningJob> {
  const name = resolved.request.LabelingJobName
  const what = `Cannot create the labeling job ${name} in ${resolved.region}`
  const { LabelingJobArn: arn = '' } = await aws
    .call('sagemaker:CreateLabelingJob', resolved.request, { ...options, what })
    .catch((thrown) => {
      throw mayHaveHappened(thrown) ? withDoubt(thrown, name) : thrown
    })
  return makeRunningJob({ name, arn, region: resolved.region, createdAt: aws.clock.now() }, aws)
}

/** A second try under the same name would be refused if the first one came through. */
function withDoubt(error: AwsCallError, name: string): AwsCallError {
  const { code, what, why, data, cause } = error
  const fix = `It is not known whether the job was created: attachJob('${name}', aws) finds it if it was`
  return new LabelingJobError({ code, what, why, fix, data, cause })
}
