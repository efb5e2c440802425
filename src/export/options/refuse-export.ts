import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { RefusedCallData } from '../../errors/refused-call.js'

/** Why an export is refused, and what to do. */
export interface Refusal {
  readonly why: string
  readonly fix: string
  readonly received?: string
  readonly expected?: string
}

/** Makes the error for labels or options that an export does not take. */
export function refuseExport(
  call: string,
  { why, fix, received, expected }: Refusal,
): LabelingJobError<'refused-call', RefusedCallData> {
  return new LabelingJobError({
    code: 'refused-call',
    what: `Cannot export with ${call}()`,
    why,
    fix,
    data: { call, ...(received !== undefined && { received }), ...(expected !== undefined && { expected }) },
  })
}
