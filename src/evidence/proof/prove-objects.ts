import { throwIfAborted } from '../../aws/abort.js'
import type { Aws } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { makeManyProgress } from '../../aws/many.js'
import { workThrough } from '../../aws/work-through.js'
import { refuseDeadCredentials } from './dead-credentials.js'
import { type Folder, type ListedObject, listObjects } from './list-objects.js'
import { lookAtObject } from './look-at-object.js'
import { ObjectTally } from './object-tally.js'
import type { ProofOptions, Unreadable } from './proof.js'
import type { KnownKeys } from './read-encryption.js'

/** What is known of the objects in a folder. */
export interface ProvenObjects {
  readonly tally: ObjectTally
  /** Why the list is not whole. */
  readonly notListed?: Unreadable
  /** Which of the names that were asked for are there: folders end with a slash. */
  readonly seen: ReadonlySet<string>
  /** Addresses of the models below `training/`, as far as there are some hundred. */
  readonly models: ReadonlySet<string>
}

/** Names to look out for while objects are listed, relative to the folder. */
export type LookOut = readonly string[]

/**
 * Lists the objects in a folder and looks at each once. What it keeps does not grow with their number.
 *
 * @throws LabelingJobError what `lookAtObject` throws.
 */
export async function proveObjects(
  folder: Folder,
  keys: KnownKeys,
  lookOut: LookOut,
  aws: Aws,
  options: ProofOptions,
): Promise<ProvenObjects> {
  const { concurrency = 16, exceptions = 100, versions = false, onObject, onProgress, signal } = options
  const request = signal ? { signal } : {}
  const tally = new ObjectTally(exceptions)
  const seen = new Set<string>()
  const models = new Set<string>()
  let listed = 0
  let isListed = false
  const progress = () =>
    onProgress?.(makeManyProgress('objects', tally.byStanding, isListed ? listed : undefined))
  async function* pages(): AsyncGenerator<readonly ListedObject[], void> {
    for await (const page of listObjects(folder, aws, { ...request, versions })) {
      note(page, folder.prefix, lookOut, seen)
      noteModels(page, folder, models)
      listed += page.length
      yield page
      await progress()
    }
    isListed = true
  }
  let notListed: Unreadable | undefined
  try {
    await workThrough(pages(), concurrency, async (thing, slowDown) => {
      const found = await lookAtObject(folder.bucket, thing, aws, keys, { ...request, slowDown })
      tally.add(found)
      if (onObject !== undefined) await onObject(Object.freeze(found.object))
    })
  } catch (thrown) {
    if (!isAboutTheList(thrown)) throw thrown
    notListed = { what: `the objects under s3://${folder.bucket}/${folder.prefix}`, why: thrown.why }
  }
  throwIfAborted(signal, `Cannot prove the objects under s3://${folder.bucket}/${folder.prefix}`)
  if (tally.refused) await refuseDeadCredentials(folder, aws, request)
  await progress()
  return { tally, seen, models, ...(notListed && { notListed }) }
}

function note(page: readonly ListedObject[], prefix: string, lookOut: LookOut, seen: Set<string>): void {
  for (const name of lookOut) {
    if (seen.has(name)) continue
    const wanted = prefix + name
    const isThere = name.endsWith('/')
      ? page.some(({ key, isNoncurrent }) => !isNoncurrent && key.startsWith(wanted))
      : page.some(({ key, isNoncurrent }) => !isNoncurrent && key === wanted)
    if (isThere) seen.add(name)
  }
}

/** A training job leaves its model in a file of this name (SageMaker, "ModelArtifacts"). */
function noteModels(page: readonly ListedObject[], { bucket, prefix }: Folder, models: Set<string>): void {
  for (const { key, isNoncurrent } of page) {
    if (isNoncurrent || models.size >= MOST_MODELS) continue
    if (key.startsWith(`${prefix}training/`) && key.endsWith('/model.tar.gz'))
      models.add(`s3://${bucket}/${key}`)
  }
}

const MOST_MODELS = 500

function isAboutTheList(thrown: unknown): thrown is Error & { readonly why: string } {
  return (
    isAwsError(thrown) &&
    thrown.data.call.startsWith('s3:List') &&
    thrown.code !== 'network' &&
    thrown.code !== 'credentials'
  )
}
