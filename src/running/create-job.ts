import type { Aws } from '../aws/aws.js'
import type { ResolvedJob } from '../job/resolved-job.js'
import type { RunningJob } from '../job/running-job.js'
import { runningJob } from './running-job.js'

/** Sends a resolved job to AWS. */
export async function sendJob(resolved: ResolvedJob, aws: Aws): Promise<RunningJob> {
  const name = resolved.request.LabelingJobName
  const { LabelingJobArn: arn = '' } = await aws.call('sagemaker:CreateLabelingJob', resolved.request, {
    asked: `Cannot create the labeling job ${name} in ${resolved.region}`,
  })
  return runningJob({ name, arn, region: resolved.region, createdAt: aws.clock.now() }, aws)
}
