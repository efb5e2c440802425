import type { AwsErrorData } from '../../aws/aws-error.js'
import type { AwsCallName } from '../../aws/calls.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'

/** Makes the error for a list that is not whole: it would make evidence that looks clean because it saw nothing. */
export function notWhole(call: AwsCallName, what: string, lack: string): LabelingJobError {
  return new LabelingJobError({
    code: 'aws-call-failed',
    what,
    why: `${call} gave an answer that is not whole: ${lack}`,
    fix: 'Try again; if it stays so, check what stands between this program and AWS',
    data: { call, awsError: 'not whole', mayHaveHappened: false } satisfies AwsErrorData,
  })
}
