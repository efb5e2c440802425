// Output manifests spell the same field in several ways (`class-map`, `class_map`) and write numbers as text.

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>

export const EMPTY_RECORD: JsonRecord = /* @__PURE__ */ Object.freeze({})

/** Gives a value that is a JSON object, not an array. */
export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined
}

/** Gives a value that is an array. */
export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** Gives a value that is text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Gives a finite number, also one that is written as text. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** Gives a confidence; 0 is what AWS writes when it knows none. */
export function asConfidence(value: unknown): number | undefined {
  const confidence = asNumber(value)
  return confidence === 0 ? undefined : confidence
}
