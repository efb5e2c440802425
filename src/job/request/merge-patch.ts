import { copyOf, isObject, type Json, type JsonObject } from '../../json/json.js'
import type { RequestDraft } from './request.js'

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
    const pruned = field === 'Tags' && value !== undefined ? copyOf(value) : prune(value)
    if (pruned !== undefined && !isEmpty(pruned)) kept[field] = pruned
  }
  return kept
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
