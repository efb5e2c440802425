import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../../src/json/json.js'

/** A real CreateLabelingJob body, with what is known of it. */
export interface SharedRequest {
  readonly id: string
  readonly region: string
  readonly request: Record<string, Json>
  readonly expect: 'valid' | 'invalid'
}

const FOLDER = fileURLToPath(new URL('../../../../shared/requests/', import.meta.url))

/** Whether the collection of real bodies lies beside the project. */
export const HAS_SHARED = existsSync(FOLDER)

/** Every real body, or none where the collection is absent. */
export function sharedRequests(): readonly SharedRequest[] {
  if (!HAS_SHARED) return []
  return readdirSync(FOLDER)
    .filter((file) => /^\d.*\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(FOLDER + file, 'utf8')) as SharedRequest)
}

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
