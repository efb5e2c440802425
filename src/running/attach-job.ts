import type { Aws, CallOptions } from '../aws/aws.js'
import type { RunningJob } from '../job/running-job.js'
import { refuseOdd } from './check-options.js'
import { describeJob } from './describe-job.js'
import { makeRunningJob } from './make-running-job.js'
import { CALL_CHECKS } from './wait-options.js'

/** See the function of the same name in on-demand.ts, which users call. */
export async function attachJob(nameOrArn: string, aws: Aws, options: CallOptions = {}): Promise<RunningJob> {
  refuseOdd('attachJob', options, CALL_CHECKS)
  const { name, region, description } = await describeJob('attachJob', nameOrArn, aws, options)
  const { LabelingJobArn: arn = '', CreationTime: createdAt = aws.clock.now() } = description
  return makeRunningJob({ name, arn, region, createdAt }, aws)
}
