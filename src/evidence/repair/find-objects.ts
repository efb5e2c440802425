import type { Aws } from '../../aws/aws.js'
import { workThrough } from '../../aws/work-through.js'
import { parseArn } from '../../names/arn.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import { refuseDeadCredentials } from '../proof/dead-credentials.js'
import { type ListedObject, listObjects } from '../proof/list-objects.js'
import { decideHow, type How } from './decide-how.js'
import type { FinishedJob } from './finished-job.js'
import { isRefused, type Look, lookAtHead } from './look-at-head.js'
import { uriOf, whyUnsafe } from './place-in-folder.js'
import type { PlannedObject, ReencryptionOptions } from './reencryption-plan.js'

/** What is not under the key, and how much is. */
export interface FoundObjects {
  readonly objects: readonly PlannedObject[]
  readonly alreadyUnderKey: number
}

const TOGETHER = 16

/**
 * Lists the folder of a job, looks at each object once, and decides how those that are not under the key get there. In
 * the order of the list.
 *
 * @throws LabelingJobError what the list throws; `network`, `credentials`, `aborted`.
 */
export async function findObjects(
  { folder, arn }: FinishedJob,
  keyArn: KmsKeyArn,
  aws: Aws,
  { versions = false, copyInPlace = false, signal }: ReencryptionOptions,
): Promise<FoundObjects> {
  const request = signal ? { signal } : {}
  const wanted = { keyArn, account: parseArn(arn)?.account ?? '', copyInPlace, now: aws.clock.now() }
  const found: { readonly place: number; readonly object: PlannedObject }[] = []
  let [alreadyUnderKey, place] = [0, 0]
  let wasRefused = false
  async function* listed() {
    for await (const page of listObjects(folder, aws, { ...request, versions })) {
      yield page.map((object) => ({ ...object, place: place++ }))
    }
  }
  await workThrough(listed(), TOGETHER, async ({ place, ...object }, slowDown) => {
    const isNoncurrent = object.isNoncurrent === true
    const look = await lookAt(folder.bucket, object, aws, { ...request, slowDown })
    wasRefused ||= isRefused(look)
    // What was deleted since it was listed needs no key.
    if (look.found === 'gone') return
    const how: How =
      look.found === 'unreadable'
        ? { how: 'not-possible', why: look.why }
        : decideHow(look.head, { ...wanted, isNoncurrent })
    if (how.how === 'right') alreadyUnderKey++
    else found.push({ place, object: planned(folder.bucket, object, look, how) })
  })
  if (wasRefused) await refuseDeadCredentials(folder, aws, request)
  const objects = found.sort((one, other) => one.place - other.place).map(({ object }) => object)
  return { objects, alreadyUnderKey }
}

async function lookAt(
  bucket: string,
  { key, versionId }: ListedObject,
  aws: Aws,
  options: Parameters<typeof lookAtHead>[2],
): Promise<Look> {
  const why = whyUnsafe(key)
  return why === undefined
    ? lookAtHead({ bucket, key, versionId }, aws, options)
    : { found: 'unreadable', why }
}

function planned(
  bucket: string,
  { key, versionId: listedVersion, isNoncurrent }: ListedObject,
  look: Look,
  { how, ...rest }: Exclude<How, { readonly how: 'right' }>,
): PlannedObject {
  const { ETag = '', VersionId, BucketKeyEnabled } = look.found === 'object' ? look.head : {}
  const versionId = listedVersion ?? VersionId
  return Object.freeze({
    uri: uriOf(bucket, key),
    ...(versionId !== undefined && { versionId }),
    ...(isNoncurrent && { noncurrent: true as const }),
    etag: ETag,
    how,
    ...rest,
    ...(BucketKeyEnabled && { bucketKey: true as const }),
  })
}
