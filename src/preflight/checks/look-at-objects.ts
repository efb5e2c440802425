import type { AwsCalls } from '../../aws/calls.js'
import { isArchived, type ObjectObstacle, objectObstacle } from '../../aws/object-obstacle.js'
import { withCommas } from '../../errors/printable.js'
import type { InputKind } from '../../manifests/write/manifest-object.js'
import { bySameWords } from '../../permissions/check/describe-decision.js'
import type { Address } from '../look/address.js'
import { fixOf, isNotThere, type Look, look } from '../look/look.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

/** The largest image of AWS's quotas, 40 MB: in bytes as the unit is defined, and as many mean it. */
const LARGEST_IMAGE = { perhaps: 40_000_000, surely: 40 * 1_024 * 1_024 } as const

/** What is looked at, and how it is called. */
interface Looked {
  readonly kind: InputKind | 'frame'
  readonly total: number
  /** What they are called: `objects in S3`. */
  readonly nouns: string
  /** Says how many there are: `the manifest has 3 in S3`. */
  readonly whole: string
}

/** Looks at each of some objects: there, readable, of a size and kind that workers can be shown. */
export async function lookAtObjects(
  subject: Subject,
  objects: readonly { readonly at: Address; readonly where: string }[],
  { kind, total, nouns, whole }: Looked,
): Promise<readonly MadeCheck[]> {
  const looked = await Promise.all(
    objects.map(async ({ at, where }) => ({ at, where, fault: faultOf(await head(subject, at), kind) })),
  )
  const faulty = looked.flatMap(({ at, where, fault }) =>
    fault === undefined ? [] : [{ ...fault, example: `${where}: ${at.uri}` }],
  )
  if (faulty.length === 0)
    return [
      passed(
        'objects-readable',
        `${withCommas(objects.length)} of the ${withCommas(total)} ${nouns} were looked at: there, and readable`,
      ),
    ]
  return [...bySameWords(faulty, ({ words }) => words)].map(([words, [first, ...others]]) => {
    const { status, fix } = first as ObjectFault
    const examples = [first, ...others].slice(0, 3).map((fault) => fault?.example)
    return { failed, warning, unknown }[status]('objects-readable', {
      what: `${withCommas(others.length + 1)} of ${withCommas(objects.length)} ${nouns.split(' ')[0]} looked at (${whole}) ${words}`,
      why: examples.join('; '),
      fix,
      owner: 'you',
    })
  })
}

function head(subject: Subject, { bucket, key, uri }: { bucket: string; key: string; uri: string }) {
  return look(subject, 's3:HeadObject', { Bucket: bucket, Key: key }, `Cannot look at ${uri}`)
}

/** What is wrong with an object, in a few words: `are not there`, `are empty`. */
interface ObjectFault {
  readonly status: 'failed' | 'warning' | 'unknown'
  readonly words: string
  readonly fix: string
}

/** The kinds of contents that workers are shown, and what a content type says that is certainly another. */
const SHOWN_AS: Readonly<Partial<Record<InputKind | 'frame', RegExp>>> = {
  frame: /^(?:text|video|audio)\/|^application\/(?:json|xml|pdf|zip)/i,
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
  kind: InputKind | 'frame',
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
  if (kind === 'image' && size !== undefined && size > LARGEST_IMAGE.surely)
    return {
      status: 'failed',
      words: 'are larger than 40 MiB (41,943,040 bytes), and AWS takes images of 40 MB at most',
      fix: 'Make the images smaller',
    }
  if (kind === 'image' && size !== undefined && size > LARGEST_IMAGE.perhaps)
    return {
      status: 'unknown',
      words:
        'are larger than 40 MB (40,000,000 bytes), which may be the most for an image: AWS does not say whether it means 40 MiB',
      fix: 'Make the images smaller to be safe',
    }
  if (SHOWN_AS[kind]?.test(type) === true)
    return {
      status: 'warning',
      words: `are stored as ${type}, which a browser does not show as ${kind === 'clip' ? 'a video' : 'an image'}`,
      fix: 'Store them with the right Content-Type',
    }
  return undefined
}
