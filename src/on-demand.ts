import type { Aws } from './aws/aws.js'
import type { AuditedJob } from './running/audit-jobs.js'
import type { AuditOptions } from './running/audit-options.js'

/**
 * Takes up a job that exists, by its name or ARN: to wait for it after a program or notebook was restarted, or to read its
 * labels. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export const attachJob: typeof import('./running/attach-job.js').attachJob = async (...given) =>
  (await import('./running/attach-job.js')).attachJob(...given)

/**
 * Says of a job that exists, by its name or ARN, which key it declares for what, and which key is AWS's own: as data,
 * and as a table with `String(inspection.report)`. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export const inspectJob: typeof import('./running/inspect-job.js').inspectJob = async (...given) =>
  (await import('./running/inspect-job.js')).inspectJob(...given)

/**
 * Yields every labeling job of the region, oldest first, with the keys it declares, how each of them stands today
 * (looked up once each), and what is wrong with that. A job that cannot be read is yielded as `unreadable`, and the
 * audit goes on. Declared is not proven: what the objects are under is not looked at. Lazy: jobs are described four
 * ahead of the reader, each once; what passes by itself is tried again for a minute. Needs
 * `sagemaker:ListLabelingJobs`, `sagemaker:DescribeLabelingJob`, and `kms:DescribeKey` on the keys.
 *
 * @throws LabelingJobError `refused-call` for odd options, `key-…` for keys to `expect` that cannot be used, `aborted`,
 * and the codes of AWS when the jobs cannot be listed.
 */
export async function* auditJobs(aws: Aws, options?: AuditOptions): AsyncGenerator<AuditedJob, void> {
  yield* (await import('./running/audit-jobs.js')).auditJobs(aws, options)
}

/**
 * Looks a key up by ARN, id, alias or alias ARN, and checks that it can encrypt a labeling job in the region of
 * `aws`: customer managed, enabled, symmetric, for encryption, same region and partition. Each distinct key is
 * asked for once a client, and remembered for five minutes. Needs `kms:DescribeKey` on the key.
 *
 * AWS's own aliases (`alias/aws/…`) are refused without a call, since asking for one may create the key.
 *
 * @throws LabelingJobError `key-…` that says what stands in the way and what to do.
 */
export const resolveKey: typeof import('./keys/resolve-key.js').resolveKey = async (...given) =>
  (await import('./keys/resolve-key.js')).resolveKey(...given)
