import type { Aws } from '../../aws/aws.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { Label, Line } from './label.js'
import { type ReadLabelsOptions, readLabels } from './read-labels.js'

/**
 * Reads an output manifest from S3 as a stream, one label at a time; see `readLabels`. Needs `s3:GetObject` on the
 * manifest, and `kms:Decrypt` on the key it is encrypted with.
 *
 * @throws ManifestUnreadableError (`manifest-invalid`) as `readLabels` does.
 * @throws LabelingJobError `manifest-invalid` when S3 gives less than the whole object, `not-found`,
 * `access-denied`.
 */
export function readLabelsFromS3<Name extends TaskName>(
  uri: string,
  options: ReadLabelsOptions<Name> & { readonly onBadLine?: 'throw' },
  aws: Aws,
): AsyncIterableIterator<Label<Name>, void>
/** Reads an output manifest from S3 as a stream; lines that cannot be read come with the status `unreadable`. */
export function readLabelsFromS3<Name extends TaskName>(
  uri: string,
  options: ReadLabelsOptions<Name>,
  aws: Aws,
): AsyncIterableIterator<Line<Name>, void>
export function readLabelsFromS3<Name extends TaskName>(
  uri: string,
  options: ReadLabelsOptions<Name>,
  aws: Aws,
): AsyncIterableIterator<Line<Name>, void> {
  return readLabels(options, objectBytes(uri, aws))
}

async function* objectBytes(uri: string, aws: Aws): AsyncGenerator<Uint8Array, void> {
  const { bucket, key } = parseS3Uri(uri)
  const what = `Cannot read the manifest ${uri}`
  const { Body: body, ContentLength: length } = await aws.call(
    's3:GetObject',
    { Bucket: bucket, Key: key },
    { what },
  )
  let received = 0
  for await (const chunk of body ?? []) {
    received += chunk.length
    yield chunk
  }
  // A connection that breaks may look like the end of the object; half a manifest must not pass for a whole one.
  if (body === undefined || received < (length ?? 0)) throw cutShort(what, received, length)
}

function cutShort(what: string, received: number, length: number | undefined): LabelingJobError {
  return new LabelingJobError({
    code: 'manifest-invalid',
    what,
    why: `S3 gave ${received} of ${length ?? 'an unknown number of'} bytes`,
    fix: 'Read it again; the labels read so far are good',
    data: { received, length },
  })
}
