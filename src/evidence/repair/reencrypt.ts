import type { Aws, CallOptions } from '../../aws/aws.js'
import { makeManyProgress } from '../../aws/many.js'
import { workThrough } from '../../aws/work-through.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { refusedCall, refuseNoConnection } from '../../errors/refused-call.js'
import { lookUpKey, resolveKey } from '../../keys/resolve-key.js'
import { parseArn } from '../../names/arn.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import {
  isConcurrency,
  isFunction,
  isSignal,
  type OptionCheck,
  refuseOdd,
} from '../../running/check-options.js'
import { SHARED_CHECKS } from '../declared/option-checks.js'
import { describeFinishedJob, type FinishedJob } from './finished-job.js'
import { keyInFolder, whyUnsafe } from './place-in-folder.js'
import { type FollowedObject, type FollowedPlan, readPlan } from './read-plan.js'
import { type ObjectOutcome, reencryptObject, type Target } from './reencrypt-object.js'
import { makeReencrypted } from './reencrypted.js'
import type {
  Reencrypted,
  ReencryptedAs,
  ReencryptionPlanData,
  ReencryptOptions,
} from './reencryption-plan.js'

const CALL = 'reencrypt'
const KNOWN: Readonly<Record<keyof ReencryptOptions, OptionCheck>> = {
  signal: isSignal,
  concurrency: isConcurrency,
  onProgress: isFunction,
  key: SHARED_CHECKS.key,
}
const BATCH = 100

/**
 * Puts the objects of a plan under its key. The job is described anew, and nothing outside of its folder is touched,
 * whatever the plan says; a plan that may have been edited on its way is held to your key by `{ key }`. Each object is looked at before (one that changed since the plan is left alone) and after. It can
 * be run again: what is under the key counts as `already-done`. At most `concurrency` objects (default: 16) are in work at
 * once, fewer while S3 throttles. What becomes of an object is in the answer and not thrown; after an abort, or when the
 * credentials run out, the rest counts as `not-tried`. A change that is under way when the signal is aborted is seen to its
 * end.
 *
 * Needs `sagemaker:DescribeLabelingJob`, `kms:DescribeKey`, `s3:GetObject` (in a bucket that keeps versions
 * `s3:GetObjectVersion` as well), `s3:UpdateObjectEncryption` and `s3:PutObject` on
 * the folder, and `kms:Decrypt`, `kms:Encrypt`, `kms:GenerateDataKey` and `kms:ReEncrypt*` on both keys
 * (S3 user guide, "Updating server-side encryption for existing objects"). `@aws-sdk/client-s3` has the call since 3.978.0.
 *
 * @throws LabelingJobError `refused-call` for what is no plan, or one for another key than yours, `job-not-finished`, `key-…`, `aborted` before anything was
 * tried, and the codes of AWS when the job or the key cannot be looked up.
 * @example
 * const plan = await planReencryption(await proveJob('street-signs', aws), 'alias/gt-output', aws)
 * const done = await reencrypt(plan, aws, { onProgress: (progress) => console.log(String(progress)) })
 * if (!done.ok) console.error(String(done))
 */
export async function reencrypt(
  plan: ReencryptionPlanData,
  aws: Aws,
  options: ReencryptOptions = {},
): Promise<Reencrypted> {
  refuseNoConnection(CALL, aws)
  refuseOdd(CALL, options, KNOWN)
  const { signal, concurrency = 16, onProgress, key: meant } = options
  const request = signal ? { signal } : {}
  const followed = readPlan(CALL, plan)
  const job = await describeFinishedJob(CALL, followed.arn, aws, request)
  const keyArn = await keyOf(followed, meant, job.arn, aws, request)
  const target: Target = { keyArn, account: parseArn(job.arn)?.account ?? '' }
  const counts: Record<ReencryptedAs, number> = {
    done: 0,
    'already-done': 0,
    'changed-since': 0,
    failed: 0,
    'not-tried': 0,
  }
  const failed: Reencrypted['failed'][number][] = []
  let endedBecause: string | undefined
  await workThrough(inBatches(followed.objects), concurrency, async (planned, slowDown) => {
    const outcome = await tryObject(planned)
    counts[outcome.as]++
    if (outcome.as === 'failed') {
      const { uri, versionId } = planned
      failed.push({ uri, ...(versionId !== undefined && { versionId }), why: outcome.why ?? 'it failed' })
    }
    await onProgress?.(makeManyProgress('objects', counts, followed.objects.length))

    async function tryObject(object: FollowedObject): Promise<ObjectOutcome> {
      if (signal?.aborted) endedBecause ??= 'its signal was aborted'
      if (endedBecause !== undefined || object.how === 'not-possible') return { as: 'not-tried' }
      const placed = place(object, job)
      if (placed.key === undefined) return { as: 'failed', why: placed.why }
      try {
        return await reencryptObject(
          { planned: object, bucket: job.folder.bucket, key: placed.key },
          target,
          aws,
          { ...request, slowDown },
        )
      } catch (thrown) {
        if (!isLabelingJobError(thrown)) throw thrown
        // It says nothing of this object, and the others would fare no better.
        endedBecause ??= thrown.code === 'aborted' ? 'its signal was aborted' : thrown.message
        return { as: 'not-tried' }
      }
    }
  })
  return makeReencrypted(counts, failed, endedBecause)
}

/** The key of the plan, if it is certain to be meant. */
async function keyOf(
  { keyArn: planned }: FollowedPlan,
  meant: ReencryptOptions['key'],
  jobArn: string,
  aws: Aws,
  request: CallOptions,
): Promise<KmsKeyArn> {
  const { arn } = await lookUpKey(planned, aws, { ...request, purpose: 'output', fresh: true })
  if (meant === undefined && parseArn(arn)?.account !== parseArn(jobArn)?.account)
    throw refusedCall(
      CALL,
      `the plan puts everything under ${arn}, a key of another account than the job's: name it in { key } if that is meant`,
    )
  if (meant === undefined) return arn
  const { arn: own } = await resolveKey(meant, aws, { ...request, fresh: true })
  if (own !== arn)
    throw refusedCall(
      CALL,
      `the plan puts everything under ${arn}, and { key } is ${own}: plan anew with that key`,
    )
  return arn
}

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH)
}

async function* inBatches<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  yield* batches(items)
}

/** The key of an object in the job's folder as AWS describes it now, or why it is none of this job. */
function place(
  { uri }: FollowedObject,
  { folder, name }: FinishedJob,
): { readonly key: string } | { readonly key?: undefined; readonly why: string } {
  const key = keyInFolder(uri, folder)
  if (key === undefined)
    return { why: `it is not in the folder of the job ${name}, s3://${folder.bucket}/${folder.prefix}` }
  const why = whyUnsafe(key)
  return why === undefined ? { key } : { why }
}
