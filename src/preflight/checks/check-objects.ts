import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import type { Gathered } from '../look/gather.js'
import type { Look } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { type MadeCheck, unknown } from '../report/check.js'
import { checkFrames } from './check-frames.js'
import { withoutManifest } from './check-manifest.js'
import { lookAtObjects } from './look-at-objects.js'

/** Looks at some of the objects that the manifest names: there, readable, of a size and kind that workers can be shown. */
export async function checkObjects(
  subject: Subject,
  seen: Promise<Look<SeenManifest> | undefined>,
): Promise<readonly MadeCheck[]> {
  const look = await seen
  const kind = INPUT_KINDS[subject.task ?? 'custom']
  const later = subject.isStream && kind !== 'text' ? [LATER] : []
  if (look === undefined) return later
  if (look.error !== undefined) return [withoutManifest('objects-readable', 'the objects of the manifest')]
  const { sample, stored, sequences, images, labelFiles } = look.found
  if (stored === 0 || sample.length === 0) return later
  const objects = sample.map(({ line, at }) => ({ at, where: `line ${line}` }))
  const files = countOf(sequences.length, 'sequence file')
  const [ofObjects, ofSequences, ofImages, ofLabels] = await Promise.all([
    lookAtObjects(subject, objects, {
      kind,
      total: stored,
      nouns: 'objects in S3',
      whole: `the manifest has ${withCommas(stored)} in S3`,
    }),
    kind.endsWith('-sequence') ? checkFrames(subject, sequences) : [],
    checkBeside(subject, 'images', images, sequences.length === 0 ? 'the manifest' : files),
    checkBeside(subject, 'labelFiles', labelFiles, 'the manifest'),
  ])
  return [...ofObjects, ...ofSequences, ...ofImages, ...ofLabels, ...later]
}

const LATER = unknown('objects-readable', {
  what: 'the objects that the stream gets: not known',
  why: 'they come when the job runs, and so do their buckets, with CORS rules and policies of their own',
  fix: 'Look at some of them first, with a preflight of the same job over a manifest',
  owner: 'you',
  isLater: true,
})

/** What lies beside objects, and what is not known where it cannot be shown. */
const BESIDE = {
  images: {
    nouns: 'images of cameras',
    where: 'camera image',
    of: 'a point cloud without them',
    kind: 'frame',
  },
  labelFiles: { nouns: 'labels of earlier jobs', where: 'label', of: 'an object without them', kind: 'any' },
} as const

/** AWS does not say what becomes of an object without what lies beside it, so that nothing is said to fail. */
async function checkBeside(
  subject: Subject,
  what: keyof typeof BESIDE,
  { count, sample }: Gathered,
  among: string,
): Promise<readonly MadeCheck[]> {
  if (sample.length === 0) return []
  const { nouns, where, of, kind } = BESIDE[what]
  const looked = await lookAtObjects(
    subject,
    sample.map((at) => ({ at, where })),
    {
      kind,
      total: count,
      nouns: `${nouns} in ${among}`,
      whole: `there are ${withCommas(count)} in ${among}`,
    },
  )
  return looked.map((check) =>
    check.status === 'failed'
      ? { ...check, status: 'unknown', why: `${check.why}; AWS does not say what becomes of ${of}` }
      : check,
  )
}
