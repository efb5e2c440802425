import { formatValue } from '../../errors/format-value.js'
import { isKmsKey } from '../../names/kms-key.js'
import { isConcurrency, isFunction, isSignal, type OptionCheck } from '../../running/check-options.js'

/** Checks of the options that an audit and a proof have in common. */
export const SHARED_CHECKS = {
  expect: (value) => {
    const what = 'an object with outputKey, volumeKey or both'
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return what
    for (const [field, key] of Object.entries(value)) {
      const odd = whatIsOdd(field, key)
      if (odd !== undefined) return `${what}; ${odd}`
    }
    return undefined
  },
  key: (value) => {
    const odd = whatIsOdd('outputKey', value)
    return odd === undefined ? undefined : `the key of the output: ${odd.replace('its outputKey', 'it')}`
  },
  versions: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  concurrency: isConcurrency,
  signal: isSignal,
  onProgress: isFunction,
} as const satisfies Readonly<Record<string, OptionCheck>>

/** Says what is odd about one field of `expect`: what is passed over in silence would be taken for proven. */
function whatIsOdd(field: string, key: unknown): string | undefined {
  if (field !== 'outputKey' && field !== 'volumeKey')
    return `it has the field ${formatValue(field)}, which is not known`
  if (key === undefined) return `its ${field} is undefined: leave it out when no key is expected`
  if (isKmsKey(key)) {
    const purpose = field === 'outputKey' ? 'output' : 'volume'
    return key.purpose === purpose
      ? undefined
      : `its ${field} is a key made by ${key.purpose}Key(): make it with ${field}()`
  }
  return typeof key === 'string' ? undefined : `its ${field} is ${formatValue(key)}, no name of a key`
}
