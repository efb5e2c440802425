import type { Problem } from '../../errors/problem.js'
import type { JsonRecord } from '../../json/loose-values.js'
import { readObject } from '../../manifests/read/read-object.js'
import { splitLines } from '../../manifests/read/split-lines.js'
import { checkStoredLine } from '../../manifests/write/check-stored-line.js'
import { type Address, addressOf } from './address.js'
import { asLook, type Look } from './look.js'
import { readSequences, type SeenSequence } from './read-sequences.js'
import { spreadSample } from './spread-sample.js'
import type { Subject } from './subject.js'

/** What one pass over a manifest shows. */
export interface SeenManifest {
  readonly objects: number
  /** The first of the lines that break a rule. */
  readonly problems: readonly Problem[]
  readonly counts: Readonly<Record<'error' | 'warning', number>>
  /** The first object. */
  readonly first: JsonRecord | undefined
  /** Some of the objects that lie in S3. */
  readonly sample: readonly { readonly line: number; readonly at: Address }[]
  /** The first sequence files, for a task that has them. */
  readonly sequences: readonly SeenSequence[]
  /** The buckets in which objects lie, the first few of them. */
  readonly buckets: readonly string[]
  /** How many objects lie in S3. */
  readonly stored: number
}

const LISTED = 100
const BUCKETS = 20

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
  const buckets = new Set<string>()
  let [lineNumber, objects, stored] = [0, 0, 0]
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
      const at = addressOf(object?.['source-ref'])
      if (at === undefined) continue
      stored += 1
      sample.add({ line: lineNumber, at })
      if (buckets.size < BUCKETS) buckets.add(at.bucket)
    }
  }
  const sequences = await readSequences(sample.things, subject)
  for (const frame of sequences.flatMap((sequence) => sequence.sample)) buckets.add(frame.bucket)
  return { objects, problems, counts, first, sample: sample.things, sequences, buckets: [...buckets], stored }
}
