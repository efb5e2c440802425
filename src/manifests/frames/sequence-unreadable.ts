import { LabelingJobError } from '../../errors/labeling-job-error.js'

/** Makes the error for the label file of a sequence that is no JSON object. */
export function sequenceUnreadable(
  reason: string,
  fix = 'Check that the file is a SeqLabel.json, and whole',
): LabelingJobError {
  return new LabelingJobError({
    code: 'line-unreadable',
    what: 'Cannot read the labels of the sequence',
    why: reason,
    fix,
    data: { line: 1, reason },
  })
}
