/** Iterables that leave out what is not labeled. */
const ONLY_LABELED = new WeakSet<object>()

/** Notes that an iterable gives labeled objects alone, whatever its manifest has. */
export function markOnlyLabeled<Items extends object>(items: Items): Items {
  ONLY_LABELED.add(items)
  return items
}

/** Tells whether an iterable is known to leave out what is not labeled. */
export function isOnlyLabeled(items: object): boolean {
  return ONLY_LABELED.has(items)
}
