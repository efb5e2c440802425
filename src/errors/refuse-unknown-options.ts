import { isObject } from '../json/json.js'
import { formatValue, isPromise, kindOf } from './format-value.js'
import { LabelingJobError } from './labeling-job-error.js'
import type { RefusedCallData } from './refused-call.js'

/**
 * Refuses options that a call does not have, for callers without a type checker: a mistyped one would be passed over
 * in silence.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseUnknownOptions(
  { call, what }: { readonly call: string; readonly what: string },
  options: unknown,
  known: readonly string[],
): void {
  const isGiven = isObject(options) && !isPromise(options)
  const unknown = isGiven ? Object.keys(options).filter((option) => !known.includes(option)) : []
  if (isGiven && unknown.length === 0) return
  throw new LabelingJobError({
    code: 'refused-call',
    what,
    why: isGiven
      ? `it has no option ${unknown.map((option) => `"${option}"`).join(', ')}`
      : `it was given ${isTelling(options) ? `${formatValue(options)}, and ` : ''}no object with options`,
    fix: `Use the options it has: ${known.join(', ')}`,
    data: {
      call,
      received: isGiven ? unknown.join(', ') : kindOf(options),
      expected: known.join(', '),
    } satisfies RefusedCallData,
  })
}

/** Whether it helps to say what was given: an object that is no plain one. */
function isTelling(options: unknown): boolean {
  return typeof options === 'object' && options !== null && !Array.isArray(options)
}
