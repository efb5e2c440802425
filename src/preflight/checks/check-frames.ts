import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import { describeProblem } from '../../errors/problem.js'
import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import { LONGEST_SEQUENCE, type SeenSequence } from '../look/read-sequences.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, unknown, warning } from '../report/check.js'
import { lookAtObjects } from './look-at-objects.js'

/** Looks at some of the frames of the first sequence files, once these are as they have to be. */
export async function checkFrames(
  subject: Subject,
  sequences: readonly SeenSequence[],
): Promise<readonly MadeCheck[]> {
  const broken = sequences.flatMap(checkFile)
  const frames = sequences.flatMap(({ line, sample }) => sample.map((at) => ({ at, where: `line ${line}` })))
  if (frames.length === 0) return broken.length === 0 ? [FRAMES_NOT_SEEN] : broken
  const read = sequences.filter(({ isTooLong }) => !isTooLong)
  const total = read.reduce((sum, { count }) => sum + count, 0)
  const files = countOf(read.length, 'sequence file')
  const looked = await lookAtObjects(subject, frames, {
    kind: INPUT_KINDS[subject.task ?? 'custom'] === 'video-sequence' ? 'frame' : 'any',
    total,
    nouns: `frames in ${files}`,
    whole: `${files} ${read.length === 1 ? 'names' : 'name'} ${withCommas(total)}`,
  })
  return [...broken, ...looked]
}

function checkFile({ at, line, problems, isTooLong }: SeenSequence): readonly MadeCheck[] {
  if (isTooLong)
    return [
      unknown('objects-readable', {
        what: `the sequence file ${at.uri} of line ${line}: not known`,
        why: `it is longer than ${withCommas(LONGEST_SEQUENCE)} characters, and was not read`,
        fix: 'Look whether the line names a sequence file, and not a video or an archive',
        owner: 'you',
      }),
    ]
  const errors = problems.filter(({ severity }) => severity === 'error')
  const shown = errors.length > 0 ? errors : problems
  if (shown.length === 0) return []
  const isFailed = errors.length > 0
  return [
    (isFailed ? failed : warning)('objects-readable', {
      what: `the sequence file ${at.uri} of line ${line} has ${countOf(shown.length, isFailed ? 'error' : 'warning')}`,
      why: shown.slice(0, TOLD).map(describeProblem).join(' '),
      fix: isFailed ? 'Correct the file, or write it with writeSequence()' : '',
      owner: 'you',
    }),
  ]
}

const TOLD = 3

const FRAMES_NOT_SEEN = unknown('objects-readable', {
  what: 'the frames of the sequence files: not known',
  why: 'no sequence file could be read',
  fix: 'Put the sequence files right first',
  owner: 'you',
})
