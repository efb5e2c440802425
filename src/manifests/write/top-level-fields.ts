/** A field of a JSON object as it stands in its text. */
export interface TextField {
  readonly key: string
  /** The text of its value. */
  readonly value: string
}

/**
 * Gives the fields of a JSON object as they stand, also those whose key comes again, of which a parser keeps the last.
 *
 * @param text What `JSON.parse` takes, and gives an object for.
 */
export function* topLevelFields(text: string): Generator<TextField, void> {
  let depth = 0
  let start = 0
  let key = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') {
      const begin = at
      at = endOfString(text, at)
      if (depth === 1 && start === 0) key = JSON.parse(text.slice(begin, at + 1)) as string
    } else if (depth === 1 && start === 0 && character === ':') start = at + 1
    else if (depth === 1 && start > 0 && (character === ',' || character === '}')) {
      yield { key, value: text.slice(start, at) }
      start = 0
      if (character === '}') return
    } else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
  }
}

/** Gives where the string ends that begins here. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
