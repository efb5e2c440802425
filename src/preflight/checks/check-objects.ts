import type { AwsCalls } from '../../aws/calls.js'
import { isArchived, type ObjectObstacle, objectObstacle } from '../../aws/object-obstacle.js'
import { withCommas } from '../../errors/printable.js'
import { INPUT_KINDS, type InputKind } from '../../manifests/write/manifest-object.js'
import { bySameWords } from '../../permissions/check/describe-decision.js'
import { fixOf, isNotThere, type Look, look } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'
import { withoutManifest } from './check-manifest.js'

const MEGABYTE = 1_000_000
/** The largest image that AWS's quotas allow. */
const LARGEST_IMAGE = 40 * MEGABYTE

/** What is wrong with an object, in a few words: `are not there`, `are empty`. */
interface ObjectFault {
  readonly status: 'failed' | 'warning' | 'unknown'
  readonly words: string
  readonly fix: string
}

/** Looks at some of the objects that the manifest names: there, readable, of a size and kind that workers can be shown. */
export async function checkObjects(
  subject: Subject,
  seen: Promise<Look<SeenManifest> | undefined>,
): Promise<readonly MadeCheck[]> {
  const look = await seen
  if (look === undefined) return []
  if (look.error !== undefined) return [withoutManifest('objects-readable', 'the objects of the manifest')]
  const { sample, stored } = look.found
  if (stored === 0 || sample.length === 0) return []
  const kind = INPUT_KINDS[subject.task ?? 'custom']
  const looked = await Promise.all(
    sample.map(async ({ line, at }) => ({ line, at, fault: faultOf(await head(subject, at), kind) })),
  )
  const faulty = looked.flatMap(({ line, at, fault }) =>
    fault === undefined ? [] : [{ ...fault, example: `line ${line}: ${at.uri}` }],
  )
  if (faulty.length === 0)
    return [
      passed(
        'objects-readable',
        `${withCommas(sample.length)} of the ${withCommas(stored)} objects in S3 were looked at: there, and readable`,
      ),
      ...(kind.endsWith('-sequence') ? [FRAMES_NOT_SEEN] : []),
    ]
  return [...bySameWords(faulty, ({ words }) => words)].map(([words, [first, ...others]]) => {
    const { status, fix } = first as ObjectFault
    const examples = [first, ...others].slice(0, 3).map((fault) => fault?.example)
    return { failed, warning, unknown }[status]('objects-readable', {
      what: `${withCommas(others.length + 1)} of ${withCommas(sample.length)} objects looked at (the manifest has ${withCommas(stored)} in S3) ${words}`,
      why: examples.join('; '),
      fix,
      owner: 'you',
    })
  })
}

/** Frames have a bucket, a key and a state of their own. */
const FRAMES_NOT_SEEN = warning('objects-readable', {
  what: 'the frames that the sequence files name were not looked at',
  why: 'the objects of this task are files that name frames, and only those files were',
  fix: 'See that the frames are there, in the region of the job, and that the role and the browsers of workers may read them',
  owner: 'you',
})

function head(subject: Subject, { bucket, key, uri }: { bucket: string; key: string; uri: string }) {
  return look(subject, 's3:HeadObject', { Bucket: bucket, Key: key }, `Cannot look at ${uri}`)
}

/** The kinds of contents that workers are shown, and what a content type says that is certainly another. */
const SHOWN_AS: Readonly<Partial<Record<InputKind, RegExp>>> = {
  image: /^(?:text|video|audio)\/|^application\/(?:json|xml|pdf|zip)/i,
  clip: /^(?:text|image|audio)\/|^application\/(?:json|xml|pdf|zip)/i,
}

const CLOSED: Readonly<Record<ObjectObstacle, ObjectFault>> = {
  archived: {
    status: 'failed',
    words: 'are archived (GLACIER or DEEP_ARCHIVE), and cannot be read before they are restored',
    fix: 'Restore them for as long as the job may last, or copy them to another storage class',
  },
  'customer-key': {
    status: 'failed',
    words: 'are encrypted with a key that only their writer has (SSE-C)',
    fix: 'Have their writer put them there under a key of KMS, which the role may use',
  },
}

function faultOf(
  { found, error }: Look<AwsCalls['s3:HeadObject']['output']>,
  kind: InputKind,
): ObjectFault | undefined {
  if (error !== undefined) {
    const obstacle = objectObstacle(error)
    if (obstacle !== undefined) return CLOSED[obstacle]
    return isNotThere(error)
      ? {
          status: 'failed',
          words: 'are not there',
          fix: 'Correct the manifest, or put the objects where it says',
        }
      : { status: 'unknown', words: 'could not be looked at', fix: fixOf(error) }
  }
  if (isArchived(found)) return CLOSED.archived
  const { ContentLength: size, ContentType: type = '' } = found
  if (size === 0) return { status: 'failed', words: 'are empty', fix: 'Put the objects there again' }
  if (kind === 'image' && size !== undefined && size > LARGEST_IMAGE)
    return {
      status: 'failed',
      words: `are larger than ${LARGEST_IMAGE / MEGABYTE} MB, which is the most for an image`,
      fix: 'Make the images smaller',
    }
  if (SHOWN_AS[kind]?.test(type) === true)
    return {
      status: 'warning',
      words: `are stored as ${type}, which a browser does not show as ${kind === 'image' ? 'an image' : 'a video'}`,
      fix: 'Store them with the right Content-Type',
    }
  return undefined
}
