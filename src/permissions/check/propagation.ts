import type { PermissionSources } from '../read/read-permissions.js'
import { type CheckedDecision, decideRequirements } from './decide-requirements.js'

/** Says `unknown` of what may not take effect everywhere yet. Pure. */
export function asPropagating(decision: CheckedDecision, since: string): CheckedDecision {
  if (decision.verdict === 'denied') return decision
  return { ...decision, verdict: 'unknown', unknownBecause: [{ kind: 'propagating', since }] }
}

/** Tells a decision that only has to be waited for. */
export function isPropagating({ unknownBecause }: CheckedDecision): boolean {
  return unknownBecause.some(({ kind }) => kind === 'propagating')
}

const FIVE_MINUTES = 300_000

/** The moment from which on everything that was read takes effect everywhere: five minutes after the latest of it. */
export function effectiveFrom({ role, keys }: PermissionSources): Date {
  const grants = keys.flatMap((key) => (key.grants === 'UNREADABLE' ? [] : key.grants))
  const made = [role.createdAt, ...grants.map(({ CreationDate }) => CreationDate)]
  return fiveMinutesAfter(made)
}

/** Five minutes after the last of some moments: by then KMS and IAM know everywhere what was made. */
export function fiveMinutesAfter(made: readonly (Date | undefined)[]): Date {
  return new Date(Math.max(0, ...made.map((date) => date?.getTime() ?? 0)) + FIVE_MINUTES)
}

/** Says `unknown` of what is allowed through a role or a grant made so lately that AWS may not know it everywhere. Pure. */
export function markPropagating(
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
): readonly CheckedDecision[] {
  if (effectiveFrom(sources) <= sources.readAt) return decisions
  const isPropagatingSince = (made: Date | undefined): made is Date =>
    made instanceof Date && sources.readAt.getTime() - made.getTime() < FIVE_MINUTES
  const { createdAt } = sources.role
  const isAllowed = ({ verdict }: CheckedDecision) => verdict === 'allowed'
  if (isPropagatingSince(createdAt))
    return decisions.map((decision) =>
      isAllowed(decision) ? asPropagating(decision, createdAt.toISOString()) : decision,
    )
  const propagatingGrants = sources.keys.flatMap(({ grants }) =>
    grants === 'UNREADABLE' ? [] : grants.filter(({ CreationDate }) => isPropagatingSince(CreationDate)),
  )
  const since = new Date(Math.max(...propagatingGrants.map(({ CreationDate }) => Number(CreationDate))))
  const without = decideRequirements({
    ...sources,
    keys: sources.keys.map((key) => ({
      ...key,
      grants:
        key.grants === 'UNREADABLE'
          ? key.grants
          : key.grants.filter((grant) => !propagatingGrants.includes(grant)),
    })),
  })
  return decisions.map((decision, index) =>
    isAllowed(decision) && without[index]?.verdict !== 'allowed'
      ? asPropagating(decision, since.toISOString())
      : decision,
  )
}
