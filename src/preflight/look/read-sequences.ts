import { checkStoredSequence, type StoredSequence } from '../../manifests/write/check-stored-sequence.js'
import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import { type Address, addressOf } from './address.js'
import { type Gathered, gather } from './gather.js'
import { asLook, type Look } from './look.js'
import { readText } from './read-text.js'
import type { Subject } from './subject.js'

/** A sequence file that was read, and the frames that it names. */
export interface SeenSequence extends Gathered {
  readonly line: number
  readonly at: Address
  readonly problems: StoredSequence['problems']
  /** Whether it is so long that it was not read to its end. */
  readonly isTooLong: boolean
  readonly images: Gathered
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
      const { found, error } = await asLook(() =>
        subject.limit(() => readText('the sequence file', at, subject, LONGEST_SEQUENCE)),
      )
      if (error !== undefined) return { error }
      const { text, isTooLong } = found
      const { frames, images, problems } = isTooLong ? NOTHING : checkStoredSequence(text, kind)
      return {
        found: {
          line,
          at,
          problems,
          isTooLong,
          ...gatherUris(frames, most),
          images: gatherUris(images, most),
        },
      }
    }),
  )
  return looks.flatMap(({ found }) => (found === undefined ? [] : [found]))
}

const NOTHING: StoredSequence = { frames: [], images: [], problems: [] }

function gatherUris(uris: readonly string[], most: number): Gathered {
  const all = gather(most)
  for (const uri of uris) all.add(addressOf(uri))
  return all.gathered()
}
