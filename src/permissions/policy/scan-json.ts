/** A value in a JSON text, by the place it has there. */
export interface JsonSpan {
  readonly start: number
  readonly end: number
  /** The key it has in an object; `undefined` in an array and at the root. */
  readonly key: string | undefined
  /** The values directly inside an object or array, in their order. */
  readonly children: readonly JsonSpan[]
}

interface OpenSpan extends JsonSpan {
  end: number
  readonly children: OpenSpan[]
}

/** Finds every value of a valid JSON text. Keeps its own stack, so that no depth of nesting is too much for it. */
export function scanJson(text: string): JsonSpan {
  const root: OpenSpan = { start: 0, end: text.length, key: undefined, children: [] }
  const open = [root]
  let key: string | undefined
  for (let position = skipSpace(text, 0); position < text.length; position = skipSpace(text, position)) {
    const parent = open.at(-1) ?? root
    const character = text[position] ?? ''
    const end = tokenEnd(text, position)
    if ('}]'.includes(character)) (open.pop() ?? root).end = end
    else if (character === '"' && key === undefined && text[parent.start] === '{' && parent !== root)
      key = String(JSON.parse(text.slice(position, end)))
    else if (!',:'.includes(character)) {
      const span: OpenSpan = { start: position, end, key, children: [] }
      parent.children.push(span)
      if ('{['.includes(character)) open.push(span)
      key = undefined
    }
    position = end
  }
  return root.children[0] ?? root
}

/** Takes the white space between the parts of a JSON text out; what its strings and numbers hold stays. */
export function withoutSpace(text: string): string {
  let compact = ''
  for (let position = skipSpace(text, 0); position < text.length; ) {
    const end = tokenEnd(text, position)
    compact += text.slice(position, end)
    position = skipSpace(text, end)
  }
  return compact
}

/** Gives the position of the next character that is no white space. */
export function skipSpace(text: string, from: number): number {
  let position = from
  while (' \t\r\n'.includes(text[position] ?? '-')) position++
  return position
}

/** Where a string, a number, a word or a single mark ends that begins at a position. */
function tokenEnd(text: string, start: number): number {
  let position = start
  if (text[start] === '"') {
    for (position++; position < text.length && text[position] !== '"'; position++)
      if (text[position] === '\\') position++
  } else if (!'{}[]:,'.includes(text[start] ?? '')) {
    while (/[^\s,:{}[\]"]/.test(text[position + 1] ?? ' ')) position++
  }
  return position + 1
}
