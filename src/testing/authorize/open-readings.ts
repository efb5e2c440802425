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
  return [...byKey].reduce<RequestContext[]>(
    (readings, [key, choices]) => {
      const open = mentioned.includes(key) ? choices : choices.slice(0, 1)
      return readings.flatMap((reading) => open.map((values) => withKey(reading, key, values)))
    },
    [new Map()],
  )
}

/** A key without a value is absent. */
function withKey(context: RequestContext, key: string, values: readonly string[]): RequestContext {
  return values.length === 0 ? context : new Map([...context, [key, values]])
}
