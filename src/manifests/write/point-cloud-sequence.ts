import type { Problem } from '../../errors/problem.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { asRecord, asText } from '../../json/loose-values.js'
import { checkPointCloudMetadata } from './check-point-cloud.js'
import { checkSequence, framesOf, repeatedNames } from './check-sequence.js'
import { broken } from './manifest-rules.js'
import { type PointCloudFrameOptions, toPointCloudMetadata } from './point-cloud-frame.js'
import type { PointCloudMetadata } from './point-cloud-metadata.js'
import { manifestInvalid } from './rules-broken.js'

/** A frame of a sequence of point clouds. */
export interface PointCloudSequenceFrame extends PointCloudFrameOptions {
  /** The path of the point cloud below the sequence's prefix. */
  readonly frame: string
  readonly number?: number
}

/** A sequence of point clouds; positions are in a world coordinate system. */
export interface PointCloudSequenceOptions {
  /** The number of the sequence. */
  readonly number: number
  /** Where the frames lie: an `s3://` address that ends in `/`. */
  readonly prefix: string
  /** 1 to 500, each later than the one before; workers see them in this order. */
  readonly frames: readonly PointCloudSequenceFrame[]
}

/** The contents of a sequence file, in AWS's words. */
export interface PointCloudSequence {
  readonly 'seq-no': number
  readonly prefix: string
  readonly 'number-of-frames': number
  readonly frames: readonly (PointCloudMetadata & { readonly frame: string; readonly 'frame-no'?: number })[]
}

/**
 * Makes the sequence file that a line of a 3D object tracking manifest points at.
 *
 * @throws LabelingJobError `manifest-invalid` with every broken rule at once.
 *
 * @example
 * const frames = [
 *   { frame: '0001.bin', timestamp: 1772600000.25 },
 *   { frame: '0002.bin', timestamp: 1772600000.35 },
 * ]
 * const sequence = pointCloudSequence({ number: 1, prefix: 's3://acme-gt/in/drive1/', frames })
 */
export function pointCloudSequence(options: PointCloudSequenceOptions): PointCloudSequence {
  refuseUnknownOptions(CALL, options, ['number', 'prefix', 'frames'])
  const { number, prefix } = options
  const frames = framesOf(CALL.call, options.frames)
  const sequence: PointCloudSequence = {
    'seq-no': number,
    prefix,
    'number-of-frames': frames.length,
    frames: frames.map((given) => {
      const {
        frame,
        number: frameNumber,
        ...frameOptions
      } = (asRecord(given) ?? {}) as unknown as PointCloudSequenceFrame
      return {
        frame,
        ...(frameNumber === undefined ? {} : { 'frame-no': frameNumber }),
        ...toPointCloudMetadata(CALL, frameOptions),
      }
    }),
  }
  const problems = checkPointCloudSequence(sequence)
  if (problems.length > 0) throw manifestInvalid(CALL.what, problems)
  return Object.freeze(sequence)
}

/** Gives the rules that a sequence of point clouds breaks. */
export function checkPointCloudSequence(sequence: PointCloudSequence): readonly Problem[] {
  const { 'seq-no': number, prefix, frames } = sequence
  return [
    ...checkSequence(number, prefix, frames, 500),
    ...repeatedNames(frames),
    ...frames.flatMap((frame, index) =>
      checkPointCloudMetadata({ ...frame }, asText(frame.frame) ?? '', `frames[${index}].`),
    ),
    ...timeOrderProblems(frames),
  ]
}

const CALL = { call: 'pointCloudSequence', what: 'Cannot make the point cloud sequence' } as const

function timeOrderProblems(frames: PointCloudSequence['frames']): readonly Problem[] {
  return frames.flatMap((frame, index) => {
    const [time, before] = [frame['unix-timestamp'], frames[index - 1]?.['unix-timestamp']]
    // A time that is no number is told by itself.
    return typeof time === 'number' && typeof before === 'number' && time <= before
      ? [
          broken(
            'frame-time-order',
            `frames[${index}].unix-timestamp`,
            `it is ${time}, and the frame before has ${before}`,
          ),
        ]
      : []
  })
}
