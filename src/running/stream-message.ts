import type { LabelingJobError } from '../errors/labeling-job-error.js'
import { checkManifestLine } from '../manifests/write/check-manifest-line.js'
import { manifestInvalid } from '../manifests/write/rules-broken.js'

/** An object as a topic is sent it. */
export interface StreamMessage {
  readonly text: string
  /** Its length in bytes. */
  readonly size: number
  /** What Ground Truth, and a FIFO topic, tells the object by when it comes again. */
  readonly id: string
}

const ID_NAME = 'dataset-objectid-attribute-name'
const LONGEST_ID = 1_024

/**
 * Makes the message of an object: the line of a manifest, with an id by which Ground Truth knows it when it is sent again.
 * The id is the one that the object names, else its address in S3, else a digest of its text.
 *
 * Source: developer guide, sms-streaming-labeling-job (deduplication).
 */
export async function makeStreamMessage(object: unknown): Promise<StreamMessage | LabelingJobError> {
  const { text, problems } = checkManifestLine(object, 'custom', undefined)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return manifestInvalid('Cannot send the object', errors)
  const record = JSON.parse(text) as Record<string, unknown>
  const given = record[String(record[ID_NAME])]
  const address = record['source-ref']
  if (typeof given === 'string') return withSize(text, given)
  if (typeof address === 'string' && address.length <= LONGEST_ID)
    return withSize(JSON.stringify({ ...record, [ID_NAME]: 'source-ref' }), address)
  const id = await digestOf(String(address ?? record['source']))
  return withSize(JSON.stringify({ ...record, 'object-id': id, [ID_NAME]: 'object-id' }), id)
}

/** Gives the SHA-256 digest of a text, in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function withSize(text: string, id: string): StreamMessage {
  return { text, size: new TextEncoder().encode(text).length, id }
}
