import type { Aws } from '../aws/aws.js'
import type { AuditedJob, AuditOptions } from './audit-jobs.js'

/**
 * Takes up a job that exists, by its name: to wait for it after a program or notebook was restarted, or to read its
 * labels. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws AwsCallError `not-found` when the account has no such job in the region.
 */
export const attachJob: typeof import('./attach-job.js').attachJob = async (...given) =>
  (await import('./attach-job.js')).attachJob(...given)

/**
 * Says of a job that exists what is encrypted with which key, and which key is AWS's own: as data, and as a table
 * with `String(inspection.report)`. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws AwsCallError `not-found` when the account has no such job in the region.
 */
export const inspectJob: typeof import('./inspect-job.js').inspectJob = async (...given) =>
  (await import('./inspect-job.js')).inspectJob(...given)

/**
 * Yields every labeling job of the region, oldest first, with the keys its data is under. Lazy: jobs are described
 * four ahead of the reader, each once; throttled calls are repeated after a pause. Needs
 * `sagemaker:ListLabelingJobs` and `sagemaker:DescribeLabelingJob`.
 *
 * @throws AwsCallError when AWS refuses a call for another reason than throttling, or for longer than a minute.
 */
export async function* auditJobs(aws: Aws, options?: AuditOptions): AsyncGenerator<AuditedJob, void> {
  yield* (await import('./audit-jobs.js')).auditJobs(aws, options)
}

/**
 * Looks a key up by ARN, id, alias or alias ARN, and checks that it can encrypt a labeling job in the region of
 * `aws`: customer managed, enabled, symmetric, for encryption, same region and partition. Each distinct key is
 * asked for once a client, and remembered for five minutes. Needs `kms:DescribeKey` on the key.
 *
 * AWS's own aliases (`alias/aws/…`) are refused without a call, since asking for one may create the key.
 *
 * @throws KeyError that says what stands in the way and what to do.
 */
export const resolveKey: typeof import('../keys/resolve-key.js').resolveKey = async (...given) =>
  (await import('../keys/resolve-key.js')).resolveKey(...given)
