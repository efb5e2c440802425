import type { Aws, CallOptions } from '../aws/aws.js'
import { refuseNoConnection } from '../errors/refused-call.js'
import type { Outcome } from '../job/running-job.js'
import { isSignal, refuseOdd } from './check-options.js'
import { describeJob } from './describe-job.js'
import { hasEnded } from './has-ended.js'
import { readJobEvent } from './job-event.js'
import { outcomeOf } from './read-outcome.js'

/** See the function of the same name in on-demand.ts, which users call. */
export async function outcomeOfEvent(
  event: unknown,
  aws: Aws,
  options: CallOptions = {},
): Promise<Outcome | undefined> {
  refuseNoConnection('outcomeOfEvent', aws)
  refuseOdd('outcomeOfEvent', options, { signal: isSignal })
  const told = readJobEvent(event)
  if (told?.kind !== 'job-ended') return undefined
  const { name, region, description } = await describeJob('outcomeOfEvent', told.arn, aws, options)
  if (!hasEnded(description.LabelingJobStatus)) return undefined
  const { LabelingJobArn: arn = told.arn, CreationTime: createdAt = told.at } = description
  return outcomeOf({ name, arn, region, createdAt }, description, aws)
}
