import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { asRecord } from '../../json/loose-values.js'
import { checkSequence, framesOf, repeatedNames } from './check-sequence.js'
import { broken, brokenBy } from './manifest-rules.js'
import { manifestInvalid, refuseErrors } from './rules-broken.js'

/** A frame of a video. */
export interface VideoFrame {
  /** The name of the image below the prefix. */
  readonly frame: string
  /** Default: its place in the sequence, from 1. */
  readonly number?: number
  /** When it was taken, in whole seconds since 1970. */
  readonly timestamp?: number
}

/** A sequence of video frames. */
export interface VideoFrameSequenceOptions {
  /** The number of the sequence. */
  readonly number: number
  /** Where the frames lie: an `s3://` address that ends in `/`. */
  readonly prefix: string
  /** 1 to 2,000 images, or just their names; workers see them in the order of their names. */
  readonly frames: readonly (string | VideoFrame)[]
  /** Gets each warning, once no rule is broken. Default: warnings are dropped. */
  readonly onWarning?: (warning: Problem) => void
}

/** The contents of a sequence file, in AWS's words. */
export interface VideoFrameSequence {
  readonly 'seq-no': number
  readonly prefix: string
  readonly 'number-of-frames': number
  readonly frames: readonly {
    readonly 'frame-no': number
    readonly frame: string
    readonly 'unix-timestamp'?: number
  }[]
}

/**
 * Makes the sequence file that a line of a video frame manifest points at.
 *
 * @throws LabelingJobError `manifest-invalid` with every broken rule at once.
 * @example
 * const sequence = videoFrameSequence({ number: 1, prefix: 's3://acme-gt/in/video1/', frames: ['0001.jpg', '0002.jpg'] })
 */
export function videoFrameSequence(options: VideoFrameSequenceOptions): VideoFrameSequence {
  refuseUnknownOptions(CALL, options, ['number', 'prefix', 'frames', 'onWarning'])
  const { number, prefix, onWarning } = options
  const frames = framesOf(CALL.call, options.frames)
  const sequence: VideoFrameSequence = {
    'seq-no': number,
    prefix,
    'number-of-frames': frames.length,
    frames: frames.map((given, index) => {
      const { frame, number: frameNumber = index + 1, timestamp } = asFrame(given)
      return {
        'frame-no': frameNumber,
        frame,
        ...(timestamp === undefined ? {} : { 'unix-timestamp': timestamp }),
      }
    }),
  }
  refuseErrors(checkVideoFrameSequence(sequence), onWarning, (errors) => manifestInvalid(CALL.what, errors))
  return Object.freeze(sequence)
}

/** Gives the rules that a sequence of video frames breaks. */
export function checkVideoFrameSequence(sequence: VideoFrameSequence): readonly Problem[] {
  const { 'seq-no': number, prefix, frames } = sequence
  return [
    ...checkSequence(number, prefix, frames, 2000),
    ...repeatedNames(frames),
    ...frames.flatMap(frameProblems),
  ]
}

const CALL = { call: 'videoFrameSequence', what: 'Cannot make the video frame sequence' } as const

/** A frame that is not an object, of a program without a type checker, is reported as one without a name. */
function asFrame(given: string | VideoFrame): VideoFrame {
  return typeof given === 'string' ? { frame: given } : ((asRecord(given) ?? {}) as unknown as VideoFrame)
}

type SequenceFrame = VideoFrameSequence['frames'][number]

function frameProblems(
  { frame, 'unix-timestamp': time }: SequenceFrame,
  index: number,
  frames: readonly SequenceFrame[],
): readonly Problem[] {
  const path = `frames[${index}]`
  const before = frames[index - 1]?.frame
  return [
    ...(typeof frame === 'string' && /\.(?:jpe?g|png)$/i.test(frame)
      ? []
      : [brokenBy('frame-ending', `${path}.frame`, frame)]),
    ...(typeof frame === 'string' && typeof before === 'string' && inByteOrder(frame) < inByteOrder(before)
      ? [
          broken(
            'frame-order',
            `${path}.frame`,
            `${formatValue(frame)} sorts before ${formatValue(before)}, the frame before it`,
          ),
        ]
      : []),
    ...(time === undefined || Number.isInteger(time)
      ? []
      : [brokenBy('frame-time-whole', `${path}.unix-timestamp`, time)]),
  ]
}

/**
 * Gives a text whose order in JavaScript is that of the name's bytes in UTF-8, which the name's own is not: the halves of
 * a surrogate pair sort before the characters from U+E000 on. They change places.
 */
function inByteOrder(name: string): string {
  return name.replaceAll(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0)
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800)
  })
}
