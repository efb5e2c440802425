import type { Problem } from '../../errors/problem.js'
import { asRecord, type JsonRecord } from '../../json/loose-values.js'
import { readObject } from '../../manifests/read/read-object.js'
import { splitLines } from '../../manifests/read/split-lines.js'
import { cameraImagesOf } from '../../manifests/write/camera-images.js'
import { checkStoredLine } from '../../manifests/write/check-stored-line.js'
import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import { type Address, addressOf } from './address.js'
import { type Gathered, gather, gatheredOf } from './gather.js'
import { asLook, type Look } from './look.js'
import { readSequences, type SeenSequence } from './read-sequences.js'
import { spreadSample } from './spread-sample.js'
import type { Subject } from './subject.js'

/** What one pass over a manifest shows. */
export interface SeenManifest {
  readonly objects: number
  /** How many of them have a label under the job's attribute already. */
  readonly labeled: number
  /** The first of the lines that break a rule. */
  readonly problems: readonly Problem[]
  readonly counts: Readonly<Record<'error' | 'warning', number>>
  /** The first object. */
  readonly first: JsonRecord | undefined
  /** Some of the objects that lie in S3. */
  readonly sample: readonly { readonly line: number; readonly at: Address }[]
  /** The first sequence files, for a task that has them. */
  readonly sequences: readonly SeenSequence[]
  /** Camera images of point clouds, of the lines or of the sequence files that were read. */
  readonly images: Gathered
  /** Files of the labels that are to be adjusted or verified. */
  readonly labelFiles: Gathered
  /** The buckets in which objects lie, the first few of them. */
  readonly buckets: readonly string[]
  /** Whether objects lie in others as well. */
  readonly hasMoreBuckets: boolean
  /** How many objects lie in S3. */
  readonly stored: number
}

const LISTED = 100
/** Each is looked at by itself. */
export const MOST_BUCKETS = 100

/** Reads a manifest once, line by line; `undefined` for a job that names none. */
export async function readManifest(subject: Subject): Promise<Look<SeenManifest> | undefined> {
  const { manifest } = subject
  return manifest === undefined ? undefined : asLook(() => passOver(manifest, subject))
}

async function passOver(manifest: Address, subject: Subject): Promise<SeenManifest> {
  const { task = 'custom', aws, sample: most, signal } = subject
  const attribute = subject.text('LabelAttributeName')
  const problems: Problem[] = []
  const counts = { error: 0, warning: 0 }
  const sample = spreadSample<{ readonly line: number; readonly at: Address }>(most)
  const images = gather(most)
  const labelFiles = gather(most)
  const hasImages = INPUT_KINDS[task] === 'point-cloud'
  const hasLabels = /-(?:adjustment|verification)$/.test(task)
  const buckets = new Set<string>()
  let [lineNumber, objects, labeled, stored] = [0, 0, 0, 0]
  let hasMoreBuckets = false
  let first: JsonRecord | undefined
  const { bucket, key } = manifest
  const what = { call: 'preflight', kind: 'the manifest' }
  const bytes = readObject(what, `s3://${bucket}/${key}`, aws, signal === undefined ? {} : { signal })
  for await (const batch of splitLines(bytes)) {
    for (const line of batch) {
      lineNumber += 1
      if (line?.trim() === '') continue
      objects += 1
      const { object, problems: broken } = checkStoredLine(line, task, attribute)
      for (const problem of broken) {
        counts[problem.severity] += 1
        if (problems.length < LISTED) problems.push({ ...problem, line: lineNumber })
      }
      first ??= object
      if (attribute !== undefined && object !== undefined && Object.hasOwn(object, attribute)) labeled += 1
      for (const image of hasImages ? imagesOf(object) : []) images.add(addressOf(image))
      for (const file of hasLabels ? labelFilesOf(object, attribute) : []) labelFiles.add(addressOf(file))
      const at = addressOf(object?.['source-ref'])
      if (at === undefined) continue
      stored += 1
      sample.add({ line: lineNumber, at })
      if (buckets.size < MOST_BUCKETS) buckets.add(at.bucket)
      else hasMoreBuckets ||= !buckets.has(at.bucket)
    }
  }
  const sequences = await readSequences(sample.things, subject)
  const allImages = gatheredOf([images.gathered(), ...sequences.map((sequence) => sequence.images)])
  for (const { bucket } of [...sequences.flatMap((sequence) => sequence.sample), ...allImages.sample])
    buckets.add(bucket)
  return {
    objects,
    labeled,
    problems,
    counts,
    first,
    sample: sample.things,
    sequences,
    images: allImages,
    labelFiles: labelFiles.gathered(),
    buckets: [...buckets],
    hasMoreBuckets,
    stored,
  }
}

function imagesOf(object: JsonRecord | undefined): readonly string[] {
  return cameraImagesOf(asRecord(object?.['source-ref-metadata']) ?? {})
}

/** Labels that are files stand under attributes that end in `-ref` (developer guide, sms-data-output). */
function labelFilesOf(object: JsonRecord | undefined, own: string | undefined): readonly unknown[] {
  return Object.entries(object ?? {}).flatMap(([name, value]) =>
    name.endsWith('-ref') && name !== 'source-ref' && name !== own ? [value] : [],
  )
}
