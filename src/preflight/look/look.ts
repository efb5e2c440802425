import type { RequestOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import type { ErrorCode } from '../../errors/error-code.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { type CheckCode, type CheckSubject, type MadeCheck, unknown } from '../report/check.js'
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
    if (!(error instanceof LabelingJobError) || error.code === 'aborted') throw error
    return { error }
  }
}

/** Whether AWS said that there is no such thing, under one of AWS's names when any is given. */
export function isNotThere(error: unknown, ...names: readonly string[]): boolean {
  return isAwsError(error, ...names) && error.code === 'not-found'
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
    fix: error.fix,
    owner: 'you',
    ...(about !== undefined && { about }),
  })
}
