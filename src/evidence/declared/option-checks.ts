import { isConcurrency, isFunction, isSignal, type OptionCheck } from '../../running/check-options.js'

/** Checks of the options that an audit and a proof have in common. */
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
  concurrency: isConcurrency,
  signal: isSignal,
  onProgress: isFunction,
} as const satisfies Readonly<Record<string, OptionCheck>>
