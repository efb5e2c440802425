import { formatValue, isPromise } from '../errors/format-value.js'
import { refusedCall } from '../errors/refused-call.js'
import { isObject } from '../json/json.js'

/** Says what to give instead of a value that is not right; `undefined` when it is. */
export type OptionCheck = (value: unknown) => string | undefined

export const isMilliseconds: OptionCheck = (value) =>
  typeof value === 'number' && value >= 1 ? undefined : 'milliseconds, 1 or more'
export const isSignal: OptionCheck = (value) => (value instanceof AbortSignal ? undefined : 'an AbortSignal')
export const isFunction: OptionCheck = (value) => (typeof value === 'function' ? undefined : 'a function')
export const isDate: OptionCheck = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : `a valid Date${dateFor(value)}`
export const isConcurrency: OptionCheck = (value) =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 64
    ? undefined
    : 'a whole number, 1 to 64'
export const isOneOf =
  (...values: readonly string[]): OptionCheck =>
  (value) =>
    values.includes(value as string) ? undefined : `one of ${values.join(', ')}`
export const isStatus: OptionCheck = /* @__PURE__ */ isOneOf(
  'Initializing',
  'InProgress',
  'Completed',
  'Failed',
  'Stopping',
  'Stopped',
)

function dateFor(value: unknown): string {
  const isMoment = typeof value === 'string' && /^\d{4}-\d\d-\d\d[T\d:.Z+-]*$/.test(value)
  return isMoment && !Number.isNaN(Date.parse(value)) ? `: new Date('${value}')` : ''
}

/**
 * Refuses options that are unknown or of the wrong kind: a pause that is no number would ask AWS without a stop, a
 * misspelt one would be passed over in silence.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOdd(
  call: string,
  options: unknown,
  known: Readonly<Record<string, OptionCheck>>,
): void {
  if (!isObject(options) || isPromise(options))
    throw refusedCall(call, `its options are ${formatValue(options)}: give a plain object`)
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(known, name) ? known[name] : undefined
    if (check === undefined)
      throw refusedCall(call, `it has no option ${name}: use ${Object.keys(known).join(', ')}`)
    const expected = value === undefined ? undefined : check(value)
    if (expected !== undefined)
      throw refusedCall(call, `its option ${name} is ${formatValue(value)}: give ${expected}`)
  }
}
