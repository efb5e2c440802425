/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** Copies a value as plain JSON data; functions, getters and prototypes do not survive. */
export function copyOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

/** Tells whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
