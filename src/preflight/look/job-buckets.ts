import type { CheckSubject } from '../report/check.js'
import type { SeenManifest } from './read-manifest.js'
import { type Subject, showsFrames } from './subject.js'

/** A bucket that a job touches, and what the job does with it. */
export interface JobBucket {
  readonly name: string
  readonly about: CheckSubject
  /** Manifest, objects and output must be in the region of the job; AWS says nothing of its files for workers. */
  readonly isBound: boolean
  readonly isOutput: boolean
}

/** What the pages of workers do with a bucket. */
export interface BrowserNeeds {
  readonly name: string
  readonly about: CheckSubject
  readonly methods: readonly string[]
  /** Whether the page sends headers of its own. */
  readonly sendsHeaders: boolean
}

/** Lists the buckets that a request names, each once. Pure. */
export function bucketsOfRequest({ output, manifest, template, categories }: Subject): readonly JobBucket[] {
  return distinct([
    ...(output === undefined ? [] : [use(output.bucket, 'output', true, true)]),
    ...(manifest === undefined ? [] : [use(manifest.bucket, 'input', true)]),
    ...[template, categories].flatMap((file) =>
      file === undefined ? [] : [use(file.bucket, 'page', false)],
    ),
  ])
}

/** Lists the buckets that the objects of a manifest lie in. Pure. */
export function bucketsOfObjects({ buckets }: SeenManifest): readonly JobBucket[] {
  return buckets.map((name) => use(name, 'input', true))
}

/** Lists what the browsers of workers need of buckets: where pictures are shown, and where frames are written. Pure. */
export function browserNeeds(subject: Subject, { buckets }: SeenManifest): readonly BrowserNeeds[] {
  const ofFrames = { methods: ['GET', 'HEAD', 'PUT'], sendsHeaders: true }
  if (!showsFrames(subject))
    return buckets.map((name) => ({ name, about: 'input', methods: ['GET'], sendsHeaders: false }))
  const output = subject.output?.bucket
  return [...new Set([...buckets, ...(output === undefined ? [] : [output])])].map((name) => ({
    name,
    about: name === output ? 'output' : 'input',
    ...ofFrames,
  }))
}

function use(name: string, about: CheckSubject, isBound: boolean, isOutput = false): JobBucket {
  return { name, about, isBound, isOutput }
}

function distinct(buckets: readonly JobBucket[]): readonly JobBucket[] {
  const byName = new Map<string, JobBucket>()
  for (const bucket of buckets) {
    const known = byName.get(bucket.name)
    byName.set(
      bucket.name,
      known === undefined ? bucket : { ...known, isBound: known.isBound || bucket.isBound },
    )
  }
  return [...byName.values()]
}
