import { formatValue } from '../../errors/format-value.js'
import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import { withCommas } from '../../errors/printable.js'
import { refusedCall } from '../../errors/refused-call.js'
import { maskUnreadable } from './load-png.js'

/** More than any camera or scanner gives, and less than fills the memory of a small machine. */
const MOST = 100_000_000

/**
 * Gives the most pixels or points that a mask may have.
 *
 * @throws LabelingJobError `refused-call` for what is no number above 0.
 */
export function mostOf(call: string, option: string, given: unknown): number {
  if (given === undefined) return MOST
  if (typeof given === 'number' && given > 0) return given
  throw refusedCall(call, `its ${option} is ${formatValue(given)}, which is no number above 0`)
}

/** Makes the error for a mask of more pixels or points. */
export function maskTooLarge(things: 'pixels' | 'points', option: string, most: number): LabelingJobError {
  const call = things === 'pixels' ? 'readMask' : 'readPointMask'
  return maskUnreadable(
    `it has more than ${withCommas(most)} ${things}`,
    `Check that it is the mask; ${call}() reads a larger one with the option ${option}`,
  )
}
