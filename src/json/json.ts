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

/**
 * Tells whether a value is a JSON object: a plain one, of whatever realm. What a Map, a Date or an instance of a class holds
 * is not in its own fields, and would be passed over in silence.
 */
export function isObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
