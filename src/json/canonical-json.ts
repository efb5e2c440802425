import { isObject } from './json.js'

/** Writes a JSON value in one form, whatever the order of its keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inside: unknown) =>
    isObject(inside)
      ? Object.fromEntries(Object.entries(inside).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inside,
  )
}
