/** Gives the field that a name which is no field was meant for; `undefined` for a name of its own. */
export function meantField(name: string, fields: readonly string[]): string | undefined {
  return fields.find((field) => isTypo(name, field) || saysTheSame(name, field))
}

/** At most two letters are wrong, and of a short name one. */
function isTypo(name: string, field: string): boolean {
  const allowed = field.length < 5 ? 1 : 2
  if (name.length < 3 || Math.abs(name.length - field.length) > allowed) return false
  return distance(name.toLowerCase(), field.toLowerCase()) <= allowed
}

/** The words of one are all among those of the other: `permissionsBoundary`, `keyPolicies`, `absentKeys`. */
function saysTheSame(name: string, field: string): boolean {
  const [named, meant] = [wordsOf(name), wordsOf(field)]
  return (
    name.length > 4 &&
    (named.every((word) => meant.includes(word)) || meant.every((word) => named.includes(word)))
  )
}

function wordsOf(name: string): readonly string[] {
  const words = name.split(/(?=[A-Z])|[^A-Za-z]+/).map((word) => word.toLowerCase())
  return words.map((word) => word.replace(/ies$/, 'y').replace(/s$/, ''))
}

/** How many letters have to be changed, added or taken out (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let at = 1; at <= left.length; at++) {
    const next = [at]
    for (let to = 1; to <= right.length; to++) {
      const changed = (row[to - 1] ?? 0) + (left[at - 1] === right[to - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
