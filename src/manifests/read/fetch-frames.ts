import type { Aws, CallOptions } from '../../aws/aws.js'
import { isTooDeep, TOO_DEEP } from '../../json/is-too-deep.js'
import type { Frame } from '../frames/frame.js'
import { emptyFrame, parseFrame, type SequenceFacts } from '../frames/parse-frame.js'
import { sequenceUnreadable } from '../frames/sequence-unreadable.js'
import { type FrameText, makeFrameSplitter } from '../frames/split-frames.js'
import { readObject } from './read-object.js'

/** Reads the label file of a sequence from S3, a frame at a time. */
export async function* fetchFrames(
  uri: string,
  facts: SequenceFacts,
  aws: Aws | undefined,
  options: CallOptions,
): AsyncGenerator<Frame, void> {
  const splitter = makeFrameSplitter()
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for await (const chunk of readObject({ call: 'frames', kind: 'the sequence' }, uri, aws, options)) {
    for (const text of splitter.push(decode(decoder, chunk))) yield frameOf(text, facts)
  }
  for (const text of splitter.push(decode(decoder))) yield frameOf(text, facts)
  splitter.end()
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw sequenceUnreadable('it is not UTF-8')
  }
}

function frameOf({ text, path, sensor }: FrameText, facts: SequenceFacts): Frame {
  if (text === undefined) return emptyFrame(sensor, { path, reason: 'it is no list' })
  if (isTooDeep(text)) return emptyFrame(sensor, { path, reason: TOO_DEEP })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw sequenceUnreadable('it is not JSON')
  }
  return parseFrame(value, { path, sensor }, facts)
}
