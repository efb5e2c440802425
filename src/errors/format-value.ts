/** Gives a value as an error may show it: quoted, shortened, with its type when it is not text. */
export function formatValue(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : `a value of type ${typeof value}`
  const text = value.length > 120 ? `${value.slice(0, 100)}… (${value.length} characters)` : value
  return JSON.stringify(text)
}
