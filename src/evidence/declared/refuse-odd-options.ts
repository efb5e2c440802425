import { formatValue } from '../../errors/format-value.js'
import { refusedCall } from '../../errors/refused-call.js'

/** Says what an option takes, when a value is not that. */
export type OptionCheck = (value: unknown) => string | undefined

/** Checks of the options that all of them have. */
export const SHARED_CHECKS = {
  expect: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([key, name]) => ['outputKey', 'volumeKey'].includes(key) && name !== undefined,
    )
      ? undefined
      : 'an object with outputKey, volumeKey or both, none of them undefined',
  versions: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  concurrency: wholeNumber(1, 64),
  signal: (value) => (value instanceof AbortSignal ? undefined : 'an AbortSignal'),
  onProgress: aFunction,
} as const satisfies Readonly<Record<string, OptionCheck>>

/** Tells that a value is no function. */
export function aFunction(value: unknown): string | undefined {
  return typeof value === 'function' ? undefined : 'a function'
}

/** Makes the check of a number. */
export function wholeNumber(least: number, most: number): OptionCheck {
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `a whole number, ${least} to ${most.toLocaleString('en-US')}`
}

/**
 * Refuses options that are unknown or of the wrong kind: one that is misread would make evidence that looks clean
 * because it saw nothing.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddOptions(
  call: string,
  options: unknown,
  known: Readonly<Record<string, OptionCheck>>,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw refusedCall(call, `its options are ${formatValue(options)}: give an object`)
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(known, name) ? known[name] : undefined
    if (check === undefined)
      throw refusedCall(call, `it has no option ${name}: use ${Object.keys(known).join(', ')}`)
    const expected = value === undefined ? undefined : check(value)
    if (expected !== undefined)
      throw refusedCall(call, `its option ${name} is ${describeOption(value)}: give ${expected}`)
  }
}

function describeOption(value: unknown): string {
  return value instanceof Date ? 'an invalid Date' : formatValue(value)
}
