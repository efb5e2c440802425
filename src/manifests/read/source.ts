import type { Aws, CallOptions } from '../../aws/aws.js'
import { formatValue } from '../../errors/format-value.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { RefusedCallData } from '../../errors/refused-call.js'
import { invalidName } from '../../names/name.js'
import { isS3Uri, parseS3Uri, withoutEndSlashes } from '../../names/s3-uri.js'
import { isMany } from './is-many.js'
import { readObject } from './read-object.js'

/** Where a manifest comes from: the body of an S3 object, a file stream, or strings or bytes in parts. */
export type Source = AsyncIterable<Uint8Array | string> | readonly (Uint8Array | string)[]

/**
 * Opens a source or an S3 address for one reading.
 *
 * @throws LabelingJobError `invalid-name` for a string that is no S3 address.
 * @throws LabelingJobError `refused-call` for what is no source, for a stream that was read before, and for an
 * address without a connection.
 */
export function openSource(
  call: string,
  from: Source | string,
  aws: Aws | undefined,
  options: CallOptions,
): Source {
  if (typeof from === 'string') {
    if (isContents(from)) throw refused('this string', 'it is the text of a manifest', TEXT_FIX)
    if (!isS3Uri(from) || parseS3Uri(from).key.replace(/.*\//, '') === '') throw refusedAddress(from)
    return readObject({ call, kind: 'the manifest' }, from, aws, options)
  }
  if (from instanceof URL && from.protocol === 'file:') throw refusedAddress(from.href)
  if (from instanceof Uint8Array) throw refused('these bytes', 'they are not in parts', BYTES_FIX)
  if (!isMany(from)) throw refused(formatValue(from), 'it is no source of a manifest', SOURCE_FIX)
  if (isReadOnce(from)) {
    if (READ.has(from)) throw refused('this stream again', 'a stream gives its contents once', AGAIN_FIX)
    READ.add(from)
  }
  return from
}

/**
 * Refuses a part of a source that is neither text nor bytes; nothing would be read of it.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOtherPart(part: unknown): void {
  if (typeof part === 'string' || part instanceof Uint8Array) return
  throw refused('this source', `a part of it is ${formatValue(part)}`, SOURCE_FIX)
}

/** What is no address of S3 is most likely a file, or an object as a browser names it. */
function refusedAddress(from: string) {
  const fix = isS3Uri(from)
    ? `Name the manifest in the folder; a job writes ${withoutEndSlashes(from)}/JOB/manifests/output/output.manifest`
    : /^(?:https?|s3):/i.test(from)
      ? 'Give the object as s3://bucket/key'
      : 'Give a local file as a stream, createReadStream(file) of node:fs, or its text in an array, [await readFile(file)]'
  return invalidName(
    {
      kind: 'the address of a manifest',
      received: from,
      expected: 's3://bucket/key, at most 1,024 characters',
    },
    fix,
  )
}

const SOURCE_FIX = 'Give an S3 address, a stream, or strings or bytes in an array'
const TEXT_FIX = 'Give an S3 address, or the text in an array: [text]'
const BYTES_FIX = 'Give them in an array: [bytes]'
const AGAIN_FIX =
  'Give the S3 address, an array, or a new stream for each reading; collect() counts in one pass'

/** The contents of a manifest must not show up in the error that says that they are no address. */
function isContents(text: string): boolean {
  return /^\s*[{[]|\n/.test(text)
}

/** Streams that were read give nothing the second time: an empty manifest where there is a full one. */
const READ = new WeakSet<object>()

/** Tells whether a source is a stream of Node or of the web, or an iterator that is already under way. */
function isReadOnce(source: Source): boolean {
  return 'next' in source || 'getReader' in source || 'pipe' in source
}

function refused(what: string, why: string, fix: string): LabelingJobError<'refused-call', RefusedCallData> {
  const data = { call: 'readLabels' } satisfies RefusedCallData
  return new LabelingJobError({
    code: 'refused-call',
    what: `Cannot read labels from ${what}`,
    why,
    fix,
    data,
  })
}
