import type { Aws, CallOptions } from '../../aws/aws.js'
import type { LabelingJobDescription, LabelingJobStatus } from '../../aws/sagemaker-calls.js'
import { type EncryptionReport, reportEncryption } from '../../job/encryption-report.js'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { describeJob } from '../../running/describe-job.js'
import { makeShown, type Shown } from '../../show/shown.js'

/** What a job that exists declares of its encryption. */
export interface JobInspection extends Shown<object> {
  readonly name: string
  readonly arn: string
  readonly status: LabelingJobStatus
  readonly createdAt?: Date
  readonly report: EncryptionReport
}

/** See the function of the same name in on-demand.ts, which users call. */
export async function inspectJob(
  nameOrArn: string,
  aws: Aws,
  options: CallOptions = {},
): Promise<JobInspection> {
  const { region, description } = await describeJob('inspectJob', nameOrArn, aws, options)
  const inspection = inspectionOf(description, region)
  return makeShown(inspection, {
    text: () => `${inspection.name}: ${inspection.status}\n${inspection.report}`,
  })
}

/** Reads what a job declares of its encryption out of AWS's description of it. */
export function inspectionOf(
  description: LabelingJobDescription,
  region: string,
): Omit<JobInspection, keyof Shown<object>> {
  return {
    name: description.LabelingJobName ?? '',
    arn: description.LabelingJobArn ?? '',
    status: description.LabelingJobStatus ?? 'Initializing',
    ...(description.CreationTime && { createdAt: description.CreationTime }),
    // A description has every field of the request that the report reads.
    report: reportEncryption(description as unknown as CreateLabelingJobRequest, region),
  }
}
