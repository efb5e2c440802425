/**
 * Tells whether a value is an object as JSON.parse makes them. A Map, a Date or an instance of a class is none: what
 * it stands for does not lie in its properties.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || isForeignObjectPrototype(prototype)
}

/** `Object.prototype` of another realm, as tests and sandboxes have it. */
function isForeignObjectPrototype(prototype: unknown): boolean {
  return (
    Object.getPrototypeOf(prototype) === null &&
    Object.keys(prototype as object).length === 0 &&
    Object.hasOwn(prototype as object, 'hasOwnProperty')
  )
}

/** Copies an element that may be a string or an array of strings; `undefined` when it is neither or empty. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value) || value.length === 0) return undefined
  // A copy: an array may have holes, which `every` passes over.
  const entries: readonly unknown[] = [...value]
  return entries.every((entry) => typeof entry === 'string') ? entries : undefined
}
