import type { RequestOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import { type ObjectObstacle, objectObstacle } from '../../aws/object-obstacle.js'
import { retryPassing } from '../../aws/retry-passing.js'
import type { ErrorCode } from '../../errors/error-code.js'
import { isLabelingJobError, type LabelingJobError } from '../../errors/labeling-job-error.js'
import { type CheckCode, type CheckSubject, failed, type MadeCheck, unknown } from '../report/check.js'
import type { Subject } from './subject.js'

/** What a look at something gave: the answer, or the error that stood in its way. */
export type Look<Found> =
  | { readonly found: Found; readonly error?: never }
  | { readonly found?: never; readonly error: LabelingJobError<ErrorCode> }

/** Asks AWS; what passes by itself is outlived, and what stands in the way is an answer as well. */
export function look<Name extends AwsCallName>(
  { aws, limit }: Pick<Subject, 'aws' | 'limit'>,
  name: Name,
  input: AwsCalls[Name]['input'],
  what: NonNullable<RequestOptions['what']>,
): Promise<Look<AwsCalls[Name]['output']>> {
  return asLook(() => limit(() => retryPassing(aws, () => aws.call(name, input, { what }))))
}

/** Gives what a reading finds, or the error of this library that it throws; only an abort ends the preflight. */
export async function asLook<Found>(reading: () => Promise<Found>): Promise<Look<Found>> {
  try {
    return { found: await reading() }
  } catch (error) {
    if (!isLabelingJobError(error) || error.code === 'aborted') throw error
    return { error }
  }
}

/** Whether AWS said that there is no such thing, under one of AWS's names when any is given. */
export function isNotThere(error: unknown, ...names: readonly string[]): boolean {
  return isAwsError(error, ...names) && error.code === 'not-found'
}

const CLOSED: Readonly<Record<ObjectObstacle, readonly [why: string, fix: string]>> = {
  archived: [
    'it is archived, and cannot be read before it is restored',
    'Restore it for as long as the job may last, or write it anew',
  ],
  'customer-key': [
    'only its writer has the key that it is encrypted with (SSE-C)',
    'Write it anew under a key of KMS, which the role may use',
  ],
}

/** Makes the check of a file that could not be read: failed where nobody but its writer could, else not known. */
export function notRead(code: CheckCode, what: string, error: LabelingJobError): MadeCheck {
  const obstacle = objectObstacle(error)
  if (obstacle === undefined) return notSeen(code, what, error)
  const [why, fix] = CLOSED[obstacle]
  return failed(code, { what: `${what} cannot be read`, why, fix, owner: 'you' })
}

/** What would let us look; a report has no error of AWS to read. */
export function fixOf(error: LabelingJobError): string {
  return isAwsError(error) && error.code === 'aws-call-failed' && error.fix.includes('`cause`')
    ? `Have AWS answer ${error.data.call} without an error, and check again`
    : error.fix
}

/** Makes the check of what could not be looked at, with what would let us look. */
export function notSeen(
  code: CheckCode,
  what: string,
  error: LabelingJobError,
  about?: CheckSubject,
): MadeCheck {
  return unknown(code, {
    what: `${what}: not known`,
    why: error.why,
    fix: fixOf(error),
    owner: 'you',
    ...(about !== undefined && { about }),
  })
}
