import { readObject } from '../../manifests/read/read-object.js'
import type { Address } from './address.js'
import type { Subject } from './subject.js'

/** The text of a file. */
export interface SeenText {
  /** Empty when it is too long. */
  readonly text: string
  /** Whether it is longer than it may be, and was not read to its end. */
  readonly isTooLong: boolean
}

/**
 * Reads a file that has its place in memory; one that is too long is left, since a video in its place may have
 * gigabytes.
 *
 * @param kind What it is called in errors: `the worker page`.
 * @param longest In characters.
 */
export async function readText(
  kind: string,
  { bucket, key }: Address,
  { aws, signal }: Subject,
  longest: number,
): Promise<SeenText> {
  // A byte order mark stays: whether AWS takes one is told by who asks.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  const options = signal === undefined ? {} : { signal }
  for await (const chunk of readObject({ call: 'preflight', kind }, `s3://${bucket}/${key}`, aws, options)) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > longest) return { text: '', isTooLong: true }
  }
  return { text: text + decoder.decode(), isTooLong: false }
}
