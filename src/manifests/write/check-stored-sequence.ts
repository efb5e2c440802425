import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { asList, asRecord, asText, type JsonRecord } from '../../json/loose-values.js'
import { cameraImagesOf } from './camera-images.js'
import { broken } from './manifest-rules.js'
import { checkPointCloudSequence, type PointCloudSequence } from './point-cloud-sequence.js'
import { checkVideoFrameSequence, type VideoFrameSequence } from './video-frame-sequence.js'

/** A sequence file that is there already: the addresses of its frames, and the rules it breaks. */
export interface StoredSequence {
  /** Of frames that have a name, below a prefix that is one. */
  readonly frames: readonly string[]
  /** Of the camera images of point clouds. */
  readonly images: readonly string[]
  readonly problems: readonly Problem[]
}

/** Checks a sequence file as it stands in S3, for tasks over video frames or point clouds. */
export function checkStoredSequence(
  text: string,
  kind: 'video-sequence' | 'point-cloud-sequence',
): StoredSequence {
  const file = parse(text)
  if (file === undefined)
    return { frames: [], images: [], problems: [broken('sequence-not-json', '', 'it is no JSON object')] }
  const frames = (asList(file['frames']) ?? []).map((frame) => asRecord(frame) ?? {})
  const prefix = asText(file['prefix'])
  return {
    frames: prefix?.endsWith('/')
      ? frames.flatMap(({ frame }) => (typeof frame === 'string' ? [`${prefix}${frame}`] : []))
      : [],
    images:
      kind === 'point-cloud-sequence' ? frames.flatMap((frame) => cameraImagesOf(frame, file['prefix'])) : [],
    problems: [
      ...countProblems(file['number-of-frames'], frames.length),
      ...check({ ...file, frames }, kind),
    ],
  }
}

function check(sequence: object, kind: 'video-sequence' | 'point-cloud-sequence'): readonly Problem[] {
  return kind === 'video-sequence'
    ? checkVideoFrameSequence(sequence as VideoFrameSequence)
    : checkPointCloudSequence(sequence as PointCloudSequence)
}

function countProblems(said: unknown, count: number): readonly Problem[] {
  if (said === count) return []
  const what = said === undefined ? 'it is missing' : `it is ${formatValue(said)}`
  return [broken('sequence-count', 'number-of-frames', `${what}, and there are ${count} frames`)]
}

function parse(text: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text))
  } catch {
    return undefined
  }
}
