import { readObject } from '../../manifests/read/read-object.js'
import { checkStoredSequence, type StoredSequence } from '../../manifests/write/check-stored-sequence.js'
import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import { type Address, addressOf } from './address.js'
import { asLook, type Look } from './look.js'
import { spreadSample } from './spread-sample.js'
import type { Subject } from './subject.js'

/** A sequence file that was read, and some of the frames that it names. */
export interface SeenSequence {
  readonly line: number
  readonly at: Address
  readonly problems: StoredSequence['problems']
  /** Whether it is so long that it was not read to its end. */
  readonly isTooLong: boolean
  /** How many frames it names. */
  readonly count: number
  readonly sample: readonly Address[]
  readonly images: SeenImages
}

/** Camera images of point clouds, and some of them. */
export interface SeenImages {
  readonly count: number
  readonly sample: readonly Address[]
}

/** A file has at most 2,000 frames, and each is looked at by itself: a few files tell what they all are like. */
const FILES = 3
/** In characters: many times what 500 point clouds with eight cameras take. */
export const LONGEST_SEQUENCE = 1 << 25

/**
 * Reads the first sequence files of a sample of the manifest; none for a task that has no such files. What cannot be read
 * is told where objects are looked at.
 */
export async function readSequences(
  objects: readonly { readonly line: number; readonly at: Address }[],
  subject: Subject,
): Promise<readonly SeenSequence[]> {
  const kind = INPUT_KINDS[subject.task ?? 'custom']
  if (kind !== 'video-sequence' && kind !== 'point-cloud-sequence') return []
  const files = objects.slice(0, FILES)
  const most = Math.ceil(subject.sample / files.length)
  const looks = await Promise.all(
    files.map(async ({ line, at }): Promise<Look<SeenSequence>> => {
      const { found, error } = await asLook(() => subject.limit(() => textAt(at, subject)))
      if (error !== undefined) return { error }
      const { text, isTooLong } = found
      const { frames, images, problems } = isTooLong ? NOTHING : checkStoredSequence(text, kind)
      return {
        found: {
          line,
          at,
          problems,
          isTooLong,
          count: frames.length,
          sample: sampleOf(frames, most),
          images: { count: images.length, sample: sampleOf(images, most) },
        },
      }
    }),
  )
  return looks.flatMap(({ found }) => (found === undefined ? [] : [found]))
}

const NOTHING: StoredSequence = { frames: [], images: [], problems: [] }

function sampleOf(uris: readonly string[], most: number): readonly Address[] {
  const sample = spreadSample<Address>(most)
  for (const address of uris.map(addressOf)) if (address !== undefined) sample.add(address)
  return sample.things
}

async function textAt(
  { bucket, key }: Address,
  { aws, signal }: Subject,
): Promise<{ readonly text: string; readonly isTooLong: boolean }> {
  const what = { call: 'preflight', kind: 'the sequence file' }
  const decoder = new TextDecoder()
  let text = ''
  const options = signal === undefined ? {} : { signal }
  for await (const chunk of readObject(what, `s3://${bucket}/${key}`, aws, options)) {
    text += decoder.decode(chunk, { stream: true })
    // A video in its place may have gigabytes.
    if (text.length > LONGEST_SEQUENCE) return { text: '', isTooLong: true }
  }
  return { text: text + decoder.decode(), isTooLong: false }
}
