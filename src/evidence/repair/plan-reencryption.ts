import type { Aws } from '../../aws/aws.js'
import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import { refusedCall, refuseNoConnection, refusePromise } from '../../errors/refused-call.js'
import { resolveKey } from '../../keys/resolve-key.js'
import { parseArn } from '../../names/arn.js'
import { isKmsKey, type KmsKeyText, type OutputKmsKey } from '../../names/kms-key.js'
import { type OptionCheck, refuseOdd } from '../../running/check-options.js'
import { SHARED_CHECKS } from '../declared/option-checks.js'
import type { ProofData } from '../proof/proof.js'
import { hasVersions } from './decide-how.js'
import { findObjects } from './find-objects.js'
import { findReaders } from './find-readers.js'
import { describeFinishedJob } from './finished-job.js'
import { makePlan } from './make-plan.js'
import { uriOf } from './place-in-folder.js'
import type { PlannedObject, ReencryptionOptions, ReencryptionPlan } from './reencryption-plan.js'
import { requestsAndCost } from './requests-and-cost.js'

const CALL = 'planReencryption'
const KNOWN: Readonly<Record<keyof ReencryptionOptions, OptionCheck>> = {
  signal: SHARED_CHECKS.signal,
  versions: SHARED_CHECKS.versions,
  copyInPlace: SHARED_CHECKS.versions,
}

/**
 * Plans how the output of a job that has ended gets under a key: what S3 can change in place, what only a copy can, what is
 * not possible and why, who reads it and whether they may decrypt with the key, and what it costs. Reads only. Of the proof
 * it takes the ARN of the job, and asks AWS for everything else anew: the folder is listed, and each object looked at once.
 *
 * Needs `sagemaker:DescribeLabelingJob`, `sagemaker:DescribeModel`, `s3:ListBucket` and `s3:GetObject` on the folder (with
 * `versions` `s3:ListBucketVersions` and `s3:GetObjectVersion`), `kms:DescribeKey`, and what `checkPermissions()` reads.
 *
 * @throws LabelingJobError `refused-call`, `job-not-finished` for a job that may write on, `key-…` when the key cannot be
 * used, `aborted`, and the codes of AWS when the folder cannot be listed.
 * @example
 * const proof = await proveJob('street-signs', aws)
 * const plan = await planReencryption(proof, 'alias/gt-output', aws)
 * console.log(String(plan), plan.toTicket('key'))
 */
export async function planReencryption(
  proof: Pick<ProofData, 'arn'>,
  key: OutputKmsKey | KmsKeyText,
  aws: Aws,
  options: ReencryptionOptions = {},
): Promise<ReencryptionPlan> {
  refuseNoConnection(CALL, aws)
  refuseOdd(CALL, options, KNOWN)
  if (isKmsKey(key) && key.purpose !== 'output')
    throw refusedCall(CALL, `${key} is a key for volumes: name the key of the output with outputKey()`)
  const { signal, versions = false } = options
  const request = signal ? { signal } : {}
  refusePromise(CALL, 'the proof', proof)
  // All that is taken from a proof: it may be JSON that somebody edited, and it names a part of the objects only.
  const arn: unknown = (proof as Partial<ProofData> | null | undefined)?.arn
  if (typeof arn !== 'string' || !arn.startsWith('arn:'))
    throw refusedCall(CALL, `the proof names no job: its arn is ${formatValue(arn)}${cureFor(proof)}`)
  const job = await describeFinishedJob(CALL, arn, aws, request)
  const { arn: keyArn } = await resolveKey(key, aws, { ...request, fresh: true })
  const [{ objects, alreadyUnderKey }, { readers, warnings }] = await Promise.all([
    findObjects(job, keyArn, aws, options),
    findReaders(job, keyArn, aws, request),
  ])
  return makePlan({
    job: job.name,
    arn: job.arn,
    folder: uriOf(job.folder.bucket, job.folder.prefix),
    keyArn,
    versions,
    complete: objects.every((object) => isMended(object, versions)),
    alreadyUnderKey,
    objects: Object.freeze(objects),
    ...requestsAndCost(objects),
    readers: Object.freeze(readers),
    warnings: Object.freeze([
      ...strayWarning(objects, uriOf(job.folder.bucket, job.folder.prefix)),
      ...warningsOf(objects, versions, job.arn),
      ...warnings,
    ]),
  })
}

/** A copy leaves the version that it is made of as it is. */
function isMended({ how, versionId }: PlannedObject, versions: boolean): boolean {
  return how === 'update-encryption' || (how === 'copy-in-place' && !(versions && hasVersions(versionId)))
}

/** Where Ground Truth writes in the folder of a job (developer guide, "Labeling job output data"). */
const LAYOUT = /^(?:manifests|annotations|annotation-tool|activelearning|inference|training)\//

function strayWarning(objects: readonly PlannedObject[], folder: string): readonly string[] {
  const strays = objects.filter(({ uri }) => !LAYOUT.test(uri.slice(folder.length)))
  const [first] = strays
  if (first === undefined) return []
  return [
    `${countOf(strays.length, 'object')} ${strays.length === 1 ? 'lies' : 'lie'} where no labeling job writes, for instance ${first.uri}: somebody else may have put ${strays.length === 1 ? 'it' : 'them'} there, perhaps a job that writes on. Take out of the plan what is not meant.`,
  ]
}

function warningsOf(objects: readonly PlannedObject[], versions: boolean, jobArn: string): readonly string[] {
  const accountOf = (arn: string | undefined) => parseArn(arn ?? '')?.account
  const foreign = objects.filter(
    ({ how, fromKeyArn }) =>
      how !== 'not-possible' && fromKeyArn !== undefined && accountOf(fromKeyArn) !== accountOf(jobArn),
  )
  const keepsVersions = objects.some(({ versionId }) => hasVersions(versionId))
  const copies = objects.some(({ how, versionId }) => how === 'copy-in-place' && hasVersions(versionId))
  return [
    ...(keepsVersions && !versions
      ? [
          'The bucket keeps versions: noncurrent ones stay under what they are under, unless you plan with { versions: true }.',
        ]
      : []),
    ...(copies && versions
      ? ['A version that is copied stays as it is: delete it once nobody needs it, and plan again.']
      : []),
    ...(foreign.length > 0
      ? [
          `${countOf(foreign.length, 'object')} under keys of another account (${[...new Set(foreign.map(({ fromKeyArn }) => fromKeyArn))].join(', ')}): the change takes kms:Decrypt and kms:ReEncrypt* on them, which only their owner can give.`,
        ]
      : []),
    'The job goes on declaring the key that it was created with: AWS has no call that changes it.',
    `An object that is under Object Lock is seen as such only with s3:GetObjectRetention and s3:GetObjectLegalHold; otherwise S3 refuses to change it in place when that is tried${copies ? ', and lets a copy be made, which has no lock of its own' : ''}.`,
  ]
}

/** Evidence has a proof for each job, and is none. */
function cureFor(given: unknown): string {
  const { jobs, proof } = (given ?? {}) as { readonly jobs?: unknown; readonly proof?: unknown }
  if (Array.isArray(jobs))
    return '. This is evidence of many jobs: give the proof of one, evidence.jobs[0].proof'
  return proof === undefined ? '' : '. It has a proof: give that, evidence.jobs[0].proof'
}
