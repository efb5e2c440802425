import { REFUSALS, RefusedCallError } from './refusals.js'
import type { Json, JsonObject, RequestDraft } from './request.js'

/**
 * Copies a patch as plain data, so that nothing can be changed in it or come out of it later.
 *
 * @throws RefusedCallError when it is no object, or names a key: keys are checked by the calls that take them.
 */
export function readPatch(patch: unknown): JsonObject {
  if (!isObject(patch)) throw new RefusedCallError('raw', REFUSALS.rawShape)
  const copy = copyOf(patch)
  if (namesKey(copy)) throw new RefusedCallError('raw', REFUSALS.rawKey)
  return copy as JsonObject
}

/** Merges a patch over a request: objects are merged, other values replaced, `null` removes. */
export function mergePatch(request: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...request }
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue
    if (value === null) delete merged[field]
    else if (isObject(value)) {
      const under = merged[field]
      merged[field] = mergePatch(isObject(under) ? under : {}, value)
    } else merged[field] = value
  }
  return merged
}

/** Leaves empty texts, lists and blocks out of a request; a tag may have an empty value. */
export function withoutEmpty(request: RequestDraft): RequestDraft {
  const kept: Record<string, Json> = {}
  for (const [field, value] of Object.entries(request)) {
    const pruned = field === 'Tags' ? value : prune(value)
    if (pruned !== undefined && !isEmpty(pruned)) kept[field] = pruned
  }
  return kept
}

/** Copies a value as plain JSON data; functions, getters and prototypes do not survive. */
export function copyOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

/** Tells whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function prune(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => prune(item) ?? item)
  return isObject(value) ? withoutEmpty(value) : value
}

function isEmpty(value: Json): boolean {
  if (value === '' || value === null) return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

// Any spelling: AWS ignores a misspelt field, but a reader who sees a key there believes it is used.
function namesKey(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(namesKey)
  if (!isObject(value)) return false
  return Object.entries(value).some(([field, inner]) => /^(volume)?kmskeyid$/i.test(field) || namesKey(inner))
}
