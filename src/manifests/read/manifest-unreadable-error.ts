import { LabelingJobError } from '../../errors/labeling-job-error.js'

/** Which line could not be read, and why. */
export interface UnreadableLineData {
  readonly lineNumber: number
  /** What is wrong with the line; never its contents. */
  readonly reason: string
}

/** Thrown for the first line of a manifest that cannot be read. It has no cause: JSON's own errors quote the line. */
export class ManifestUnreadableError extends LabelingJobError<UnreadableLineData> {
  constructor(
    lineNumber: number,
    reason: string,
    fix = "Mend the line, or read on past such lines with onBadLine: 'report'",
  ) {
    super({
      code: 'manifest-invalid',
      what: `Cannot read line ${lineNumber} of the manifest`,
      why: reason,
      fix,
      data: { lineNumber, reason },
    })
  }
}
