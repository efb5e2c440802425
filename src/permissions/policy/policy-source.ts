/** What a name in the evidence stands for: a policy, a grant, or all of a kind where one cannot be told from another. */
export interface PolicySource {
  readonly kind: (typeof KINDS)[number] | 'other'
  /** Which one; absent for all of the kind, or where there is but one. */
  readonly name?: string
}

const KINDS = [
  'key-policy',
  'bucket-policy',
  'function-policy',
  'topic-policy',
  'identity-policies',
  'user-policies',
  'inline',
  'managed',
  'boundary',
  'scp',
  'rcp',
  'grant',
  'grants',
  'probe',
] as const

/** Prints a source as the name it goes by in evidence and reasons, for instance `inline:Keys`. */
export function printPolicySource({ kind, name }: PolicySource): string {
  if (kind === 'other') return name ?? ''
  if (name !== undefined) return `${kind}:${name}`
  return kind === 'inline' || kind === 'managed' ? `${kind}:*` : kind
}

/** Reads the name that a source goes by. */
export function parsePolicySource(text: string): PolicySource {
  const colon = text.indexOf(':')
  const head = colon < 0 ? text : text.slice(0, colon)
  const kind = KINDS.find((each) => each === head)
  if (kind === undefined) return { kind: 'other', name: text }
  const name = colon < 0 ? '' : text.slice(colon + 1)
  return name === '' || name === '*' ? { kind } : { kind, name }
}
