import { aborted } from '../aws/abort.js'
import { isAwsError } from '../aws/aws-error.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'

const wayBack = (name: string) =>
  `Wait again with attachJob('${name}', aws), or end the job with running.stop()`

/**
 * Makes the error for a wait whose signal was aborted.
 *
 * @param wasAborted The signal was aborted before the wait began, as it is in a cell of a notebook that is run again.
 */
export function stoppedWaiting(name: string, signal: AbortSignal, wasAborted = false): LabelingJobError {
  const what = wasAborted ? 'Cannot wait' : 'Stopped waiting'
  return aborted(
    signal,
    {
      what: `${what} for the labeling job ${name}`,
      why: wasAborted
        ? 'its signal was aborted before the call, and stays so; the job itself runs on'
        : 'the signal was aborted; the job itself runs on',
      fix: wasAborted ? 'Give the signal of a new AbortController' : wayBack(name),
    },
    [name],
  )
}

/** Until when a wait may last, in milliseconds, and whether that was given as a moment. */
export interface WaitEnd {
  readonly start: number
  readonly end: number
  readonly deadline: Date | undefined
}

/** Reads from the options of a wait when it ends: after `maxWait` or at `deadline`, whichever comes first. */
export function endOfWait(start: number, maxWait: number, deadline: Date | undefined): WaitEnd {
  const isMoment = deadline !== undefined && deadline.getTime() <= start + maxWait
  return {
    start,
    end: isMoment ? deadline.getTime() : start + maxWait,
    deadline: isMoment ? deadline : undefined,
  }
}

/** Makes the error for a wait that lasted as long as it might. */
export function timedOut(name: string, { start, end, deadline }: WaitEnd, last: string): LabelingJobError {
  const until = deadline === undefined ? `within ${end - start} ms` : `by ${withoutZeros(deadline)}`
  return new LabelingJobError({
    code: 'wait-timeout',
    what: `Stopped waiting for the labeling job ${name}`,
    why: `it has not ended ${until} (${last}); the job itself runs on`,
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

function withoutZeros(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z')
}
