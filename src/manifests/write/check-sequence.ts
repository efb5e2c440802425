import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { refusedCall } from '../../errors/refused-call.js'
import { isPrefix } from './check-point-cloud.js'
import { broken, brokenBy } from './manifest-rules.js'

/** What both kinds of sequence have in each frame. */
export interface NamedFrame {
  readonly frame: string
  readonly 'frame-no'?: number
}

/**
 * Gives the frames of a sequence.
 *
 * @throws LabelingJobError `refused-call` for frames that are not an array, of a program without a type checker.
 */
export function framesOf<Frame>(call: string, frames: readonly Frame[]): readonly Frame[] {
  if (!Array.isArray(frames))
    throw refusedCall(call, `its frames are ${formatValue(frames)}, which is no array`)
  return frames
}

/** Gives the rules that a sequence file breaks, video or point clouds. */
export function checkSequence(
  number: number,
  prefix: string,
  frames: readonly NamedFrame[],
  longest: number,
): readonly Problem[] {
  const count = frames.length
  return [
    ...(Number.isInteger(number) && number >= 0 ? [] : [brokenBy('sequence-number', 'seq-no', number)]),
    ...(isPrefix(prefix) ? [] : [brokenBy('sequence-prefix', 'prefix', prefix)]),
    ...(count === 0 ? [broken('sequence-empty', 'frames', 'there are none')] : []),
    ...(count > longest
      ? [broken('sequence-too-long', 'frames', `it has ${count} items, more than ${longest}`)]
      : []),
    ...frames.flatMap(frameProblems),
  ]
}

/** Gives a problem for each frame whose file was named before. */
export function repeatedNames(frames: readonly NamedFrame[]): readonly Problem[] {
  const seen = new Set<string>()
  return frames.flatMap(({ frame }, index) => {
    const isRepeated = seen.has(frame)
    seen.add(frame)
    return isRepeated
      ? [
          broken(
            'frame-twice',
            `frames[${index}].frame`,
            `${formatValue(frame)} is the file of an earlier frame`,
          ),
        ]
      : []
  })
}

function frameProblems(frame: NamedFrame, index: number): readonly Problem[] {
  const { frame: name, 'frame-no': number } = frame
  const path = `frames[${index}]`
  return [
    ...(typeof name === 'string' && name !== '' && !name.endsWith('/')
      ? []
      : [brokenBy('frame-name', `${path}.frame`, name)]),
    ...(number === undefined || Number.isInteger(number)
      ? []
      : [brokenBy('frame-number', `${path}.frame-no`, number)]),
  ]
}
