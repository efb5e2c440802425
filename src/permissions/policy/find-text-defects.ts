import type { JsonSpan } from './scan-json.js'

/** What JSON.parse passes over in the text of a policy. */
export interface TextDefect {
  readonly defect: string
  /** The index of the statement it is in; `undefined` outside of the statements. */
  readonly statement: number | undefined
}

/** Finds keys that one object has more than once, of which JSON.parse keeps the last. */
export function findDuplicateKeys(policy: JsonSpan): readonly TextDefect[] {
  const within = partsOf(policy).flatMap(({ span, statement }) =>
    spansWithin(span)
      .flatMap(repeatedKeys)
      .map((key) => ({ key, statement })),
  )
  return [...repeatedKeys(policy).map((key) => ({ key, statement: undefined })), ...within].map(
    ({ key, statement }) => ({ defect: `the key ${key} appears twice in one object`, statement }),
  )
}

/** Finds numbers that JSON.parse reads as others, or that it would write in another way. */
export function findInexactNumbers(policy: JsonSpan, text: string): readonly TextDefect[] {
  return partsOf(policy).flatMap(({ span, statement }) =>
    spansWithin(span)
      .map(({ start, end }) => text.slice(start, end))
      .filter((literal) => /^[-\d]/.test(literal) && String(Number(literal)) !== literal)
      .map((literal) => ({ defect: `the number ${literal} is read as ${Number(literal)}`, statement })),
  )
}

interface Part {
  readonly span: JsonSpan
  /** The index of the statement; `undefined` for another value of the policy. */
  readonly statement: number | undefined
}

function partsOf(policy: JsonSpan): readonly Part[] {
  return policy.children.flatMap((child): readonly Part[] => {
    if (child.key !== 'Statement') return [{ span: child, statement: undefined }]
    const isArray = child.children.length > 0 && child.children[0]?.key === undefined
    return (isArray ? child.children : [child]).map((span, statement) => ({ span, statement }))
  })
}

/** A value and all that it holds, with a stack of its own: a text may be nested deeper than calls can be. */
function spansWithin(span: JsonSpan): readonly JsonSpan[] {
  const found: JsonSpan[] = []
  const waiting = [span]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next)
    for (const child of next.children) waiting.push(child)
  }
  return found
}

function repeatedKeys({ children }: JsonSpan): readonly string[] {
  const keys = children.flatMap(({ key }) => (key === undefined ? [] : [key]))
  const seen = new Set<string>()
  return new Set(keys).size === keys.length ? [] : keys.filter((key) => seen.has(key) || !seen.add(key))
}
