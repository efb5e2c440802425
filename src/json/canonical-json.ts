import { isObject } from './json.js'

/** Writes a JSON value in one form, whatever the order of its keys: by their UTF-16 code units, as text. */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value)
  return text === undefined ? text : write(JSON.parse(text))
}

/** Objects are written by hand: JavaScript itself gives keys that look like numbers first, in their own order. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inside]) => `${JSON.stringify(key)}:${write(inside)}`).join(',')}}`
}
