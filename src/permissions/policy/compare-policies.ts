import { isRecord } from './parse-policy.js'
import type { PolicyDocument } from './policy-document.js'

/**
 * Gives a policy in one form for each meaning, so that two can be compared: KMS and IAM give policies back with
 * other white space, other order in lists, and account ids written out as root ARNs. The order of statements is kept.
 */
export function canonicalPolicy(policy: PolicyDocument | string, withoutSid?: string): string {
  const document: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy
  if (!isRecord(document)) return JSON.stringify(document)
  const { Statement: statement, ...rest } = document
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement]
  const kept = list.filter((one) => withoutSid === undefined || !isRecord(one) || one['Sid'] !== withoutSid)
  return JSON.stringify([sortedEntries(rest, (_, value) => value), kept.map(canonicalStatement)])
}

/** Tells whether two policies mean the same. */
export function sameMeaning(left: PolicyDocument | string, right: PolicyDocument | string): boolean {
  return canonicalPolicy(left) === canonicalPolicy(right)
}

/** Tells whether two statements mean the same. */
export function sameStatement(left: unknown, right: unknown): boolean {
  return JSON.stringify(canonicalStatement(left)) === JSON.stringify(canonicalStatement(right))
}

/** Gives a statement in one form for each meaning. */
function canonicalStatement(statement: unknown): unknown {
  if (!isRecord(statement)) return statement
  return sortedEntries(statement, (name, value) => {
    if (name === 'Principal' || name === 'NotPrincipal') return canonicalPrincipal(value)
    if (name === 'Condition' && isRecord(value)) return sortedEntries(value, (_, keys) => canonicalKeys(keys))
    if (name === 'Sid' || name === 'Effect') return value
    return sortedSet(value)
  })
}

function canonicalPrincipal(principal: unknown): unknown {
  if (!isRecord(principal)) return canonicalPrincipal({ AWS: principal })
  return sortedEntries(principal, (_, value) => sortedSet(value, accountOf))
}

function accountOf(text: string): string {
  return /^arn:[^:]+:iam::(\d{12}):root$/.exec(text)?.[1] ?? text
}

function canonicalKeys(keys: unknown): unknown {
  if (!isRecord(keys)) return keys
  const lower = Object.entries(keys).map(([key, value]) => [key.toLowerCase(), sortedSet(value)])
  return lower.sort(byFirst)
}

function sortedEntries(
  record: Readonly<Record<string, unknown>>,
  form: (name: string, value: unknown) => unknown,
): readonly unknown[] {
  return Object.entries(record)
    .map(([name, value]) => [name, form(name, value)])
    .sort(byFirst)
}

function sortedSet(value: unknown, form: (text: string) => string = (text) => text): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.some((entry) => typeof entry === 'object')) return list
  return [...new Set(list.map((entry) => form(String(entry))))].sort()
}

function byFirst([left]: readonly unknown[], [right]: readonly unknown[]): number {
  return String(left) < String(right) ? -1 : 1
}
