import { type CheckedDecision, judgeRequirements } from './judge-requirements.js'
import type { PermissionSources } from './read-permissions.js'

/** Says `unknown` of what may not be in force everywhere yet. Pure. */
export function asPropagating(decision: CheckedDecision, since: string): CheckedDecision {
  if (decision.verdict === 'denied') return decision
  return { ...decision, verdict: 'unknown', unknownBecause: [{ kind: 'propagating', since }] }
}

/** Tells a decision that only has to be waited for. */
export function isPropagating({ unknownBecause }: CheckedDecision): boolean {
  return unknownBecause.some(({ kind }) => kind === 'propagating')
}

const FIVE_MINUTES = 5 * 60_000

/** Says `unknown` of what is allowed through a role or a grant so young that AWS may not know it everywhere. Pure. */
export function untilInForce(
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
): readonly CheckedDecision[] {
  const isYoung = (made: Date | undefined): made is Date =>
    made !== undefined && sources.readAt.getTime() - made.getTime() < FIVE_MINUTES
  const { createdAt } = sources.role
  // What KMS itself has said of the role is no guess.
  const isOpen = ({ verdict, basis }: CheckedDecision) => verdict === 'allowed' && basis !== 'probed'
  if (isYoung(createdAt))
    return decisions.map((one) => (isOpen(one) ? asPropagating(one, createdAt.toISOString()) : one))
  const youngGrants = sources.keys.flatMap(({ grants }) =>
    grants === 'UNREADABLE' ? [] : grants.filter(({ CreationDate }) => isYoung(CreationDate)),
  )
  if (youngGrants.length === 0) return decisions
  const since = new Date(Math.max(...youngGrants.map(({ CreationDate }) => Number(CreationDate))))
  const without = judgeRequirements({
    ...sources,
    keys: sources.keys.map((key) => ({
      ...key,
      grants:
        key.grants === 'UNREADABLE' ? key.grants : key.grants.filter((one) => !youngGrants.includes(one)),
    })),
  })
  return decisions.map((decision, index) =>
    isOpen(decision) && without[index]?.verdict !== 'allowed'
      ? asPropagating(decision, since.toISOString())
      : decision,
  )
}
