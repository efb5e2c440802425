import { refusedCall } from '../errors/refused-call.js'
import { copyOf, isObject, type Json, type JsonObject } from '../json/json.js'
import { REFUSALS } from './refusals.js'

/**
 * Copies a patch as plain data, so that nothing can be changed in it or come out of it later.
 *
 * @throws LabelingJobError `refused-call` when it is no object, or names a key: keys are checked by the calls that take them.
 */
export function readPatch(patch: unknown): JsonObject {
  if (!isObject(patch)) throw refusedCall('.raw', REFUSALS.rawShape)
  const copy = plainCopyOf(patch)
  if (namesKey(copy)) throw refusedCall('.raw', REFUSALS.rawKey)
  return copy as JsonObject
}

function plainCopyOf(patch: JsonObject): Json {
  try {
    return copyOf(patch)
  } catch {
    // It holds itself, or a bigint.
    throw refusedCall('.raw', REFUSALS.rawCyclic)
  }
}

// Any spelling: AWS ignores a misspelt field, but a reader who sees a key there believes it is used.
function namesKey(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(namesKey)
  if (!isObject(value)) return false
  return Object.entries(value).some(([field, inner]) => /^(volume)?kmskeyid$/i.test(field) || namesKey(inner))
}
