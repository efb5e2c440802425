import { isObject } from '../json/json.js'
import { withoutSecrets } from './without-secrets.js'

/**
 * Gives a value as an error may show it: text quoted and shortened, a number as it is, and of all else what it is. A
 * promise is said to be one, since its `await` was forgotten wherever one comes.
 */
export function formatValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(shortened(withoutSecrets(value)))
    case 'bigint':
      return `${shortened(String(value))}n`
    case 'symbol':
    case 'function':
      return `a ${typeof value}`
    case 'object':
      return value === null ? 'null' : nameOfObject(value)
    default:
      return String(value)
  }
}

/** Gives a value as an error may show it where text may be a credential: of text only that it is one. */
export function kindOf(value: unknown): string {
  return typeof value === 'string' ? 'a string' : formatValue(value)
}

/** Tells whether a value is a promise, or what can be awaited like one. */
export function isPromise(value: unknown): boolean {
  return typeof (value as { readonly then?: unknown } | undefined | null)?.then === 'function'
}

function nameOfObject(value: object): string {
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString()
  if (isPromise(value)) return 'a promise that was not awaited'
  if ('toRequest' in value) return 'a labeling job'
  if ('identity' in value && 'region' in value) return 'a connection to AWS'
  return isObject(value) ? 'an object' : `an instance of ${classOf(value)}`
}

function classOf(value: object): string {
  const name: unknown = (value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name
  return typeof name === 'string' && /^[\w$]{1,60}$/.test(name) ? name : 'a class'
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 100)}… (${text.length} characters)` : text
}
