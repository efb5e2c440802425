import { cutElements, type StatementCut } from './edit-policy.js'
import { isRecord, statementsIn, textList } from './parse-policy.js'

/**
 * Finds unique ids in the principals of a policy: whoever they stood for was deleted, and KMS refuses to store them
 * again. Pure.
 */
export function deletedPrincipalsIn(policy: unknown): readonly string[] {
  const principals = (statementsIn(policy) ?? []).flatMap((statement) => {
    if (!isRecord(statement)) return []
    const entries = [statement['Principal'], statement['NotPrincipal']]
    return entries.flatMap((entry) => (isRecord(entry) ? (textList(entry['AWS']) ?? []) : []))
  })
  return [...new Set(principals.filter(isDeletedPrincipal))]
}

/**
 * Takes ids out of the Allow statements of a policy, and such a statement whole when it named nobody else; every other
 * byte stays. A Deny keeps its ids: without them it may deny nobody, or everybody. Pure.
 *
 * @throws LabelingJobError `policy-not-understood` as `spliceStatement` does, and when no statement would be left.
 */
export function removeDeletedPrincipals(text: string, ids: readonly string[], policy: string): string {
  return cutElements(text, policy, (statement) => cutOf(statement, ids))
}

/** The next id that goes out of a statement, with all that would name nobody without it. */
function cutOf(statement: unknown, ids: readonly string[]): StatementCut | undefined {
  if (!isRecord(statement) || statement['Effect'] !== 'Allow') return undefined
  const { Principal: principal } = statement
  if (!isRecord(principal)) return undefined
  const named = textList(principal['AWS']) ?? []
  const index = named.findIndex((id) => ids.includes(id))
  if (index < 0) return undefined
  if (named.some((id) => !ids.includes(id))) return { from: ['Principal', 'AWS'], entry: index }
  return Object.keys(principal).length > 1
    ? { from: ['Principal'], entry: 'AWS' }
    : { from: undefined, entry: index }
}

/** Gives an Allow statement without the ids; `undefined` when it names nobody any more. Pure. */
export function withoutDeletedPrincipals(statement: unknown, ids: readonly string[]): unknown {
  if (!isRecord(statement) || statement['Effect'] !== 'Allow') return statement
  const { Principal: principal } = statement
  if (!isRecord(principal)) return statement
  const named = textList(principal['AWS']) ?? []
  const kept = named.filter((id) => !ids.includes(id))
  if (kept.length === named.length) return statement
  const { AWS: _, ...others } = principal
  if (kept.length > 0) return { ...statement, Principal: { ...principal, AWS: kept } }
  return Object.keys(others).length > 0 ? { ...statement, Principal: others } : undefined
}

/** Tells a unique id that KMS shows when whoever it stood for was deleted. */
export function isDeletedPrincipal(principal: string): boolean {
  return /^A(?:ROA|IDA|GPA|NPA|SCA)[A-Z0-9]{6,}$/.test(principal)
}
