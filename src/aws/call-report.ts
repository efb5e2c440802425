import type { CallReport } from './aws.js'
import { awsErrorName, metadataOf } from './translate-aws-error.js'

/** Says of a request what its answer or error tells beside the body. */
export function makeCallReport(
  facts: Pick<CallReport, 'call' | 'region' | 'milliseconds'>,
  answer: unknown,
  hasFailed: boolean,
): CallReport {
  const { requestId, attempts = 1 } = metadataOf(answer)
  return Object.freeze({
    ...facts,
    attempts,
    ...(requestId !== undefined && { requestId }),
    ...(hasFailed && { error: awsErrorName(answer) }),
  })
}
