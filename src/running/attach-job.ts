import type { Aws } from '../aws/aws.js'
import { refuseNoConnection } from '../errors/refused-call.js'
import type { RunningJob } from '../job/running-job.js'

/**
 * Takes up a job that exists, by its name: to wait for it after a program or notebook was restarted, or to read its
 * labels. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export async function attachJob(name: string, aws: Aws): Promise<RunningJob> {
  refuseNoConnection('attachJob', aws)
  const { makeRunningJob: runningJob } = await import('./make-running-job.js')
  const region = await aws.region()
  const description = await aws.call(
    'sagemaker:DescribeLabelingJob',
    { LabelingJobName: name },
    { what: `Cannot take up the labeling job ${name} in ${region}` },
  )
  const createdAt = description.CreationTime ?? aws.clock.now()
  return runningJob({ name, arn: description.LabelingJobArn ?? '', region, createdAt }, aws)
}
