import { isLabelingJobError, LabelingJobError } from '../../errors/labeling-job-error.js'
import type { AppliedPlan } from './applied-plan.js'

/** Gives the error of a signal what was done before it, and what takes that back; others as they are. */
export function withProgress(thrown: unknown, applied: AppliedPlan): unknown {
  if (!isLabelingJobError(thrown, 'aborted')) return thrown
  const { code, what, why, cause } = thrown
  const { length } = applied.undo.entries
  const fix =
    length === 0
      ? 'Nothing was written'
      : `What was written, or may have been, is in place: undo(error.data.undo, aws) takes it back`
  return new LabelingJobError({ code, what, why, fix, cause, data: { waitingFor: [], ...applied } })
}
