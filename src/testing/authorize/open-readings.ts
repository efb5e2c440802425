import type { RequestContext } from './condition-holds.js'

/**
 * Gives every way to read the request context that AWS's text leaves open: an empty string is a value, or none, and of
 * two tags that differ by case only one is compared. Only keys that the text mentions are varied.
 */
export function openReadings(context: RequestContext, text: string): readonly RequestContext[] {
  const mentioned = text.toLowerCase()
  const byKey = new Map<string, (readonly string[])[]>()
  for (const [name, values] of context) {
    const key = name.toLowerCase()
    const filled = values.filter((value) => value !== '')
    const isOpen = filled.length < values.length && mentioned.includes(key)
    byKey.set(key, [...(byKey.get(key) ?? []), values, ...(isOpen ? [filled] : [])])
  }
  const settled = new Map<string, readonly string[]>()
  const open: [string, readonly (readonly string[])[]][] = []
  for (const [key, choices] of byKey) {
    const [first = []] = choices
    if (choices.length > 1 && mentioned.includes(key)) open.push([key, choices])
    else if (first.length > 0) settled.set(key, first)
  }
  return open.reduce<RequestContext[]>(
    (readings, [key, choices]) =>
      readings.flatMap((reading) => choices.map((values) => withKey(reading, key, values))),
    [settled],
  )
}

/** A key without a value is absent. */
function withKey(context: RequestContext, key: string, values: readonly string[]): RequestContext {
  return values.length === 0 ? context : new Map([...context, [key, values]])
}
