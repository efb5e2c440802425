import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import type { Look } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { SeenImages } from '../look/read-sequences.js'
import type { Subject } from '../look/subject.js'
import type { MadeCheck } from '../report/check.js'
import { checkFrames } from './check-frames.js'
import { withoutManifest } from './check-manifest.js'
import { lookAtObjects } from './look-at-objects.js'

/** Looks at some of the objects that the manifest names: there, readable, of a size and kind that workers can be shown. */
export async function checkObjects(
  subject: Subject,
  seen: Promise<Look<SeenManifest> | undefined>,
): Promise<readonly MadeCheck[]> {
  const look = await seen
  if (look === undefined) return []
  if (look.error !== undefined) return [withoutManifest('objects-readable', 'the objects of the manifest')]
  const { sample, stored, sequences, images } = look.found
  if (stored === 0 || sample.length === 0) return []
  const kind = INPUT_KINDS[subject.task ?? 'custom']
  const objects = sample.map(({ line, at }) => ({ at, where: `line ${line}` }))
  const [ofObjects, ofSequences, ofImages] = await Promise.all([
    lookAtObjects(subject, objects, {
      kind,
      total: stored,
      nouns: 'objects in S3',
      whole: `the manifest has ${withCommas(stored)} in S3`,
    }),
    kind.endsWith('-sequence') ? checkFrames(subject, sequences) : [],
    checkCameraImages(subject, images, sequences.length),
  ])
  return [...ofObjects, ...ofSequences, ...ofImages]
}

/** AWS does not say what becomes of a point cloud whose image cannot be shown, so that nothing is said to fail. */
async function checkCameraImages(
  subject: Subject,
  { count, sample }: SeenImages,
  files: number,
): Promise<readonly MadeCheck[]> {
  if (sample.length === 0) return []
  const among = files === 0 ? 'the manifest' : countOf(files, 'sequence file')
  const looked = await lookAtObjects(
    subject,
    sample.map((at) => ({ at, where: 'camera image' })),
    {
      kind: 'frame',
      total: count,
      nouns: `images of cameras in ${among}`,
      whole: `${among} ${files > 1 ? 'name' : 'names'} ${withCommas(count)}`,
    },
  )
  return looked.map((check) =>
    check.status === 'failed'
      ? {
          ...check,
          status: 'unknown',
          why: `${check.why}; AWS does not say what becomes of a point cloud without them`,
        }
      : check,
  )
}
