import type { Json } from '../../../src/json/json.js'

/** A value without empty texts, lists and blocks; tags stay as they are. */
export function withoutEmptyParts(value: Json): Json | undefined {
  if (value === '') return undefined
  if (Array.isArray(value)) return value.length === 0 ? undefined : value
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([field, inner]) => {
    const pruned = field === 'Tags' ? inner : inner === undefined ? undefined : withoutEmptyParts(inner)
    return pruned === undefined || (Array.isArray(pruned) && pruned.length === 0)
      ? []
      : [[field, pruned] as const]
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
