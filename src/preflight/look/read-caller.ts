import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { Caller } from '../../permissions/read/read-permissions.js'
import { look } from './look.js'
import type { Subject } from './subject.js'

/** Whoever looks; without `found` AWS did not say, for the reason in the error where it gave one. */
export interface SeenCaller {
  readonly found?: Caller
  readonly error?: LabelingJobError
}

/** Asks AWS who calls. */
export async function readCaller(subject: Pick<Subject, 'aws' | 'limit'>): Promise<SeenCaller> {
  const { found, error } = await look(subject, 'sts:GetCallerIdentity', {}, 'Cannot tell who calls')
  if (error !== undefined) return { error }
  const { Arn: arn, Account: account } = found
  return arn === undefined || account === undefined ? {} : { found: { arn, account } }
}
