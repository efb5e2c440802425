import type { Aws, CallOptions } from '../../aws/aws.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { readObject } from './read-object.js'

/** Where a manifest comes from: the body of an S3 object, a file stream, or strings or bytes in parts. */
export type Source = AsyncIterable<Uint8Array | string> | readonly (Uint8Array | string)[]

/**
 * Opens a source or an S3 address for one reading.
 *
 * @throws LabelingJobError `invalid-name` for a string that is no S3 address.
 * @throws LabelingJobError `refused-call` for a stream that was read before, and for an address without a connection.
 */
export function openSource(from: Source | string, aws: Aws | undefined, options: CallOptions): Source {
  if (typeof from === 'string') {
    refuseContents(from)
    return readObject('the manifest', from, aws, options)
  }
  refuseSecondReading(from)
  return from
}

/** A string is an address here; the contents of a manifest must not show up in the error that says so. */
function refuseContents(text: string): void {
  if (!/^\s*[{[]|\n/.test(text)) return
  throw new LabelingJobError({
    code: 'refused-call',
    what: 'Cannot read labels from this string',
    why: 'it is the text of a manifest, and a string names an S3 address',
    fix: 'Give the text in an array: [text]',
    data: { call: 'readLabels' },
  })
}

const READ = new WeakSet<object>()

/** A stream that was read gives nothing the second time: an empty manifest where there is a full one. */
function refuseSecondReading(source: Source): void {
  if (!isReadOnce(source)) return
  if (READ.has(source)) {
    throw new LabelingJobError({
      code: 'refused-call',
      what: 'Cannot read labels from this stream again',
      why: 'a stream gives its contents once, and this one was read before',
      fix: 'Give the S3 address, an array, or a new stream for each reading; collect() counts in one pass',
      data: { call: 'readLabels' },
    })
  }
  READ.add(source)
}

/** Tells whether a source is a stream of Node or of the web, or an iterator that is already under way. */
function isReadOnce(source: Source): boolean {
  return 'next' in source || 'getReader' in source || 'pipe' in source
}
