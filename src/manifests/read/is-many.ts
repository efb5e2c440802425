/** Tells whether a value is an object that a `for await` loop goes through: no string, nothing missing, no promise. */
export function isMany(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  )
}
