import type { Aws } from '../aws/aws.js'
import type { AuditOptions } from './audit/audit-options.js'
import type { AuditedJob } from './audit/audited-job.js'

// Both entries give these very functions, so that a spy on one is a spy on the other.

/**
 * Says of a job that exists, by its name or ARN, which key it declares for what, and which key is AWS's own: as data,
 * and as a table with `String(inspection.report)`. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 *
 * @example
 * const inspection = await inspectJob('street-signs', aws)
 * console.log(String(inspection.report))
 */
export const inspectJob: typeof import('./declared/inspect-job.js').inspectJob = async (...given) =>
  (await import('./declared/inspect-job.js')).inspectJob(...given)

/**
 * Yields every labeling job of the region, oldest first, with the keys it declares, how each of them stands today
 * (looked up once each), and what is wrong with that. A job that cannot be read is yielded as `unreadable`, and the
 * audit goes on. Declared is not proven: with `objects: 'all'` each job is proven as `proveJob()` does, with
 * `objects: 'manifest'` its output manifest is looked at, and what they find is among the findings. Lazy: four jobs ahead
 * of the reader are looked at, each once; what passes by itself is tried again for a minute. Needs
 * `sagemaker:ListLabelingJobs`, `sagemaker:DescribeLabelingJob`, and `kms:DescribeKey` on the keys; to look at objects
 * what `proveJob()` needs.
 *
 * @throws LabelingJobError `refused-call` for odd options, `key-…` for keys to `expect` that cannot be used, `aborted`,
 * and the codes of AWS when the jobs cannot be listed.
 *
 * @example
 * for await (const job of auditJobs(aws, { expect: { outputKey: outputKey('alias/gt-output') } })) {
 *   if (job.kind === 'unreadable' || job.findings.length > 0) console.log(String(job))
 * }
 */
export async function* auditJobs(aws: Aws, options?: AuditOptions): AsyncGenerator<AuditedJob, void> {
  yield* (await import('./audit/audit-jobs.js')).auditJobs(aws, options)
}
