/**
 * Refuses a field that a set-up does not have: a mistyped one would be passed over in silence, and the test would
 * pass for the wrong reason.
 *
 * @throws TypeError
 */
export function refuseUnknownFields(call: string, setup: unknown, known: readonly string[]): void {
  if (typeof setup !== 'object' || setup === null || Array.isArray(setup)) {
    throw new TypeError(`${call} takes an object with ${known.join(', ')}.`)
  }
  for (const field of Object.keys(setup)) {
    if (!known.includes(field)) throw unknown(`${call} has no field ${field}`, field, known)
  }
}

/**
 * Refuses a value that is none of those that mean something.
 *
 * @throws TypeError
 */
export function refuseUnknownValue(what: string, value: unknown, known: readonly unknown[]): void {
  if (!known.includes(value)) throw unknown(`There is no ${what} ${String(value)}`, value, known)
}

function unknown(fact: string, value: unknown, known: readonly unknown[]): TypeError {
  const near = nearestOf(String(value), known.map(String))
  return new TypeError(
    `${fact}${near === undefined ? '' : `; ${near} is probably meant`}. It is one of ${known.join(', ')}.`,
  )
}

/** Finds the name that a mistyped one is probably meant to be. */
export function nearestOf(value: string, known: readonly string[]): string | undefined {
  return known.find((name) => isNear(value, name))
}

/** Whether two names differ by case alone, or by a letter too many, too few, or wrong, or two that are swapped. */
function isNear(given: string, name: string): boolean {
  const [one, other] = [given.toLowerCase(), name.toLowerCase()]
  if (one === other) return true
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  const [rest, otherRest] = [one.slice(start), other.slice(start)]
  return (
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    rest.slice(1) === otherRest.slice(1) ||
    (rest.slice(2) === otherRest.slice(2) && rest[0] === otherRest[1] && rest[1] === otherRest[0])
  )
}
