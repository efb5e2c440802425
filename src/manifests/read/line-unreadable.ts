import { LabelingJobError } from '../../errors/labeling-job-error.js'

/** Which line could not be read, and why. */
export interface UnreadableLineData {
  /** Counted from 1. */
  readonly line: number
  /** What is wrong with the line; never its contents. */
  readonly reason: string
}

/** Makes the error for the first line of a manifest that cannot be read. No cause: JSON's own errors quote the line. */
export function lineUnreadable(
  line: number,
  reason: string,
  fix = "Correct the line, or read on past such lines with onBadLine: 'report'",
): LabelingJobError<'line-unreadable', UnreadableLineData> {
  return new LabelingJobError({
    code: 'line-unreadable',
    what: `Cannot read line ${line} of the manifest`,
    why: reason,
    fix,
    data: { line, reason },
  })
}
