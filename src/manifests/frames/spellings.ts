import type { JsonRecord } from '../../json/loose-values.js'

const SPELLINGS = new Map<string, readonly [string, string]>()

/** Gives a field that AWS spells `frame-no`, `frame_no` or `frameNo`, depending on the task. */
export function fieldOf(record: JsonRecord, name: string): unknown {
  const value = record[name]
  if (value !== undefined) return value
  const [snake, camel] = spellingsOf(name)
  return record[snake] ?? record[camel]
}

function spellingsOf(name: string): readonly [string, string] {
  const known = SPELLINGS.get(name)
  if (known !== undefined) return known
  const made = [
    name.replaceAll('-', '_'),
    name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  ] as const
  SPELLINGS.set(name, made)
  return made
}
