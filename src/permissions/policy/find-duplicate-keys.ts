import type { JsonSpan } from './scan-json.js'

/** A key that one object in the text of a policy has more than once; `JSON.parse` silently keeps the last. */
export interface DuplicateKey {
  readonly key: string
  /** The index of the statement it is in; `undefined` outside of the statements. */
  readonly statement: number | undefined
}

/** Finds the keys that a policy repeats within one object. */
export function findDuplicateKeys(policy: JsonSpan): readonly DuplicateKey[] {
  const places = policy.children.flatMap((child) => {
    const spans = child.key === 'Statement' ? statementSpans(child) : [child]
    return spans.map((span, index) => ({ span, statement: child.key === 'Statement' ? index : undefined }))
  })
  return [
    ...repeated(policy).map((key) => ({ key, statement: undefined })),
    ...places.flatMap(({ span, statement }) => repeatedWithin(span).map((key) => ({ key, statement }))),
  ]
}

/** Whether `Statement` holds one or an array of them. */
function statementSpans(statement: JsonSpan): readonly JsonSpan[] {
  const isArray = statement.children.length > 0 && statement.children[0]?.key === undefined
  return isArray ? statement.children : [statement]
}

function repeatedWithin(span: JsonSpan): readonly string[] {
  const found: string[] = []
  // A stack instead of recursion: a text may be nested deeper than calls can be.
  const waiting = [span]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(...repeated(next))
    for (const child of next.children) waiting.push(child)
  }
  return found
}

function repeated({ children }: JsonSpan): readonly string[] {
  const seen = new Set<string>()
  return children.flatMap(({ key }) => {
    if (key === undefined || !seen.has(key)) {
      if (key !== undefined) seen.add(key)
      return []
    }
    return [key]
  })
}
