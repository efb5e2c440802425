import { LabelingJobError } from './labeling-job-error.js'

/** Thrown when a program without a type checker makes a call that the types refuse. */
export class RefusedCallError extends LabelingJobError<{ readonly call: string; readonly reason: string }> {
  /** @param dot What stands before the name: nothing for a function. */
  constructor(call: string, reason: string, dot: '.' | '' = '.') {
    super({
      code: 'refused-call',
      what: `Cannot call ${dot}${call}()`,
      why: reason,
      fix: '',
      data: { call, reason },
    })
  }
}

/**
 * Refuses what is no connection, for callers without a type checker.
 *
 * @throws RefusedCallError
 */
export function refuseNoConnection(call: string, aws: unknown, dot: '.' | '' = '.'): void {
  const { region, call: send } = (aws ?? {}) as { readonly region?: unknown; readonly call?: unknown }
  if (typeof region !== 'function' || typeof send !== 'function')
    throw new RefusedCallError(call, 'there is no connection to AWS: give the value of connect()', dot)
}
