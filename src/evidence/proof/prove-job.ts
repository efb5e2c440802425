import type { Aws } from '../../aws/aws.js'
import { parseArn } from '../../names/arn.js'
import { isFunction, type OptionCheck, refuseOdd } from '../../running/check-options.js'
import { describeJob } from '../../running/describe-job.js'
import { readDeclaredKeys } from '../declared/declared-keys.js'
import { resolveExpected } from '../declared/expected-keys.js'
import { lookUpKeysAnew } from '../declared/look-up-keys-anew.js'
import { SHARED_CHECKS } from '../declared/option-checks.js'
import { findAwsKey } from './aws-key.js'
import type { Proof, ProofOptions } from './proof.js'
import { proveDescription } from './prove-description.js'

/**
 * Proves what the objects and the storage volumes of a job are under, rather than what the job declares. Every object in
 * the job's output folder is listed and looked at by one HEAD each, and for automated labeling the training and transform
 * jobs that name the job are read. It counts: what it keeps in memory does not grow with the number of objects. What
 * cannot be read is said in the proof, and is never taken for fine.
 *
 * `ok` means: the job has ended, everything was read, there is something to read, and every object and volume is under
 * the key of `expect`, or under the one that the job declares when none is given.
 *
 * Needs `sagemaker:DescribeLabelingJob`, `s3:ListBucket` on the bucket and `s3:GetObject` on the objects (with `versions`
 * `s3:ListBucketVersions` and `s3:GetObjectVersion`), `kms:ListAliases`, and `kms:DescribeKey` on the keys that the job
 * declares and that are expected; for automated labeling `sagemaker:ListTrainingJobs`, `DescribeTrainingJob`,
 * `ListTransformJobs` and `DescribeTransformJob`. No right to use a key is needed: it asks S3 for no checksum. Needs
 * `@aws-sdk/client-s3`.
 *
 * @throws LabelingJobError `refused-call` for odd options, `not-found` when there is no such job, `key-…` for keys to
 * `expect` that cannot be used, `client-missing`, `aborted`, `credentials` and `network`.
 * @example
 * const proof = await proveJob('street-signs', aws)
 * console.log(String(proof))
 */
export async function proveJob(nameOrArn: string, aws: Aws, options: ProofOptions = {}): Promise<Proof> {
  refuseOdd('proveJob', options, KNOWN)
  const { signal, expect = {} } = options
  const request = signal ? { signal } : {}
  const { description } = await describeJob('proveJob', nameOrArn, aws, request)
  const anew = lookUpKeysAnew(aws)
  const account = parseArn(description.LabelingJobArn ?? '')?.account ?? ''
  const [expected, declared, awsKey] = await Promise.all([
    resolveExpected(expect, anew, request),
    readDeclaredKeys(description, anew, request),
    findAwsKey(account, aws, request),
  ])
  return proveDescription({ description, declared, expected, awsKey }, anew, options)
}

const KNOWN: Readonly<Record<keyof ProofOptions, OptionCheck>> = {
  ...SHARED_CHECKS,
  exceptions: (value) =>
    Number.isInteger(value) && (value as number) >= 0 ? undefined : 'a whole number, 0 or more',
  onObject: isFunction,
}
