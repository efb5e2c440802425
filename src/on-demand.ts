/**
 * Takes up a job that exists, by its name or ARN: to wait for it after a program or notebook was restarted, or to read its
 * labels. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export const attachJob: typeof import('./running/attach-job.js').attachJob = async (...given) =>
  (await import('./running/attach-job.js')).attachJob(...given)

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
