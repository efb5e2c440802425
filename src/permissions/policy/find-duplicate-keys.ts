/** Where a JSON text names a key twice in one object: in one statement of a policy, or in the document. */
export type DuplicateKeyPlace = { readonly key: string; readonly statement: number | undefined }

interface Level {
  readonly keys: Set<string> | undefined
  key: string
  index: number
}

/** Finds the keys that a valid JSON text repeats within one object; `JSON.parse` silently keeps the last. */
export function findDuplicateKeys(json: string): readonly DuplicateKeyPlace[] {
  const found: DuplicateKeyPlace[] = []
  const levels: Level[] = []
  for (let position = 0; position < json.length; position++) {
    const character = json[position]
    const level = levels.at(-1)
    if (character === '{') levels.push({ keys: new Set(), key: '', index: 0 })
    else if (character === '[') levels.push({ keys: undefined, key: '', index: 0 })
    else if (character === '}' || character === ']') levels.pop()
    else if (character === ',' && level) level.index++
    else if (character === '"') {
      const end = stringEnd(json, position)
      if (level?.keys && isKey(json, end)) {
        level.key = String(JSON.parse(json.slice(position, end)))
        if (level.keys.has(level.key)) found.push({ key: level.key, statement: statementOf(levels) })
        level.keys.add(level.key)
      }
      position = end - 1
    }
  }
  return found
}

function stringEnd(json: string, start: number): number {
  let end = start + 1
  while (json[end] !== '"') end += json[end] === '\\' ? 2 : 1
  return end + 1
}

function isKey(json: string, end: number): boolean {
  let position = end
  while (' \t\r\n'.includes(json[position] ?? '-')) position++
  return json[position] === ':'
}

function statementOf(levels: readonly Level[]): number | undefined {
  const [root, inside] = levels
  if (levels.length < 2 || root?.key !== 'Statement' || !inside) return undefined
  if (inside.keys) return 0
  return levels.length > 2 ? inside.index : undefined
}
