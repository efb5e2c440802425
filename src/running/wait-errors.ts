import { aborted } from '../aws/abort.js'
import { isAwsError } from '../aws/aws-error.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'

const wayBack = (name: string) =>
  `Wait again with attachJob('${name}', aws), or end the job with running.stop()`

/** Makes the error for a wait whose signal was aborted. */
export function stoppedWaiting(name: string, signal: AbortSignal): LabelingJobError {
  return aborted(
    signal,
    {
      what: `Stopped waiting for the labeling job ${name}`,
      why: 'the signal was aborted; the job itself runs on',
      fix: wayBack(name),
    },
    [name],
  )
}

/** Makes the error for a wait that lasted as long as it might. */
export function timedOut(name: string, waited: number, last: string): LabelingJobError {
  return new LabelingJobError({
    code: 'wait-timeout',
    what: `Stopped waiting for the labeling job ${name}`,
    why: `it has not ended within ${waited} ms (${last}); the job itself runs on`,
    fix: wayBack(name),
    data: { waitingFor: [name] },
  })
}

/** What ends a wait does not end the job. */
export function jobRunsOn(thrown: unknown, name: string): unknown {
  if (!isAwsError(thrown) || thrown.code === 'not-found') return thrown
  const { code, what, why, fix, data, cause } = thrown
  return new LabelingJobError({
    code,
    what,
    why,
    fix: `${fix}. The job itself runs on: take it up with attachJob('${name}', aws)`,
    data,
    cause,
  })
}
