import type { Aws, CallOptions } from '../../aws/aws.js'
import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { type RefusedCallData, refusedCall } from '../../errors/refused-call.js'
import { describeJob } from '../../running/describe-job.js'
import type { Folder } from '../proof/list-objects.js'
import { outputFolder } from '../proof/output-folder.js'
import { hasEnded } from '../proof/proof.js'

/** A job that writes no more, as AWS describes it now. */
export interface FinishedJob {
  readonly name: string
  readonly arn: string
  readonly folder: Folder
  readonly description: LabelingJobDescription
}

/**
 * Asks AWS for a job anew, by its ARN, and for nothing else of what a proof or a plan says: both may have been edited.
 *
 * @throws LabelingJobError `job-not-finished` for a job that may write on, `refused-call` for one of another account or
 * region, or without a folder in S3.
 */
export async function describeFinishedJob(
  call: string,
  arn: string,
  aws: Aws,
  options: CallOptions,
): Promise<FinishedJob> {
  const { name, description } = await describeJob(call, arn, aws, options)
  const { LabelingJobStatus: status, LabelingJobArn = arn } = description
  if (!hasEnded(status)) {
    throw new LabelingJobError({
      code: 'job-not-finished',
      what: `Cannot put the output of ${name} under another key`,
      why: `the job is ${status}: it writes on, and rewrites its manifest under its own setting`,
      fix: 'Wait until it has ended, or stop it, and plan again',
      data: { received: status ?? 'unknown' } satisfies RefusedCallData,
    })
  }
  const folder = outputFolder(description)
  if (folder === undefined) throw refusedCall(call, `AWS names no folder in S3 for the output of ${name}`)
  return { name, arn: LabelingJobArn, folder, description }
}
