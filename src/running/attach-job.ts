import type { Aws, CallOptions } from '../aws/aws.js'
import { retryPassing } from '../aws/retry-passing.js'
import type { RunningJob } from '../job/running-job.js'
import { makeRunningJob } from './make-running-job.js'
import { readJobName } from './read-job-name.js'

/** See the function of the same name in on-demand.ts, which users call. */
export async function attachJob(
  nameOrArn: string,
  aws: Aws,
  { signal }: CallOptions = {},
): Promise<RunningJob> {
  const asked = await readJobName('attachJob', nameOrArn, aws)
  const region = await aws.region()
  const what = `Cannot take up the labeling job ${asked} in ${region}`
  const description = await retryPassing(
    aws,
    () =>
      aws.call(
        'sagemaker:DescribeLabelingJob',
        { LabelingJobName: asked },
        { what, ...(signal && { signal }) },
      ),
    { ...(signal && { signal }) },
  )
  const { LabelingJobName: name = asked, LabelingJobArn: arn = '', CreationTime } = description
  return makeRunningJob({ name, arn, region, createdAt: CreationTime ?? aws.clock.now() }, aws)
}
