import { isObject } from './json.js'

/** Freezes a value with all that is in it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}

/** Copies lists and plain objects, with all that is in them, into frozen ones; everything else stays what it is. */
export function frozenCopy<Value>(value: Value): Value {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as Value
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, frozenCopy(inner)])
  return Object.freeze(Object.fromEntries(entries)) as Value
}
