import type { Aws } from '../aws/aws.js'
import type { LabelingJobDescription, LabelingJobStatus } from '../aws/calls.js'
import { type EncryptionReport, reportEncryption } from '../job/encryption-report.js'
import type { CreateLabelingJobRequest } from '../job/request/request.js'

/** What a job that exists says of its encryption. */
export interface JobInspection {
  readonly name: string
  readonly arn: string
  readonly status: LabelingJobStatus
  readonly createdAt: Date | undefined
  readonly report: EncryptionReport
}

/**
 * Says of a job that exists what is encrypted with which key, and which key is AWS's own: as data, and as a table
 * with `String(inspection.report)`. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export async function inspectJob(name: string, aws: Aws): Promise<JobInspection> {
  const region = await aws.region()
  const description = await aws.call(
    'sagemaker:DescribeLabelingJob',
    { LabelingJobName: name },
    { what: `Cannot inspect the labeling job ${name} in ${region}` },
  )
  return inspectionOf(description, region)
}

/** Reads the encryption of a job out of AWS's description of it. */
export function inspectionOf(description: LabelingJobDescription, region: string): JobInspection {
  return Object.freeze({
    name: description.LabelingJobName ?? '',
    arn: description.LabelingJobArn ?? '',
    status: description.LabelingJobStatus ?? 'Initializing',
    createdAt: description.CreationTime,
    // A description has every field of the request that the report reads.
    report: reportEncryption(description as unknown as CreateLabelingJobRequest, region),
  })
}
