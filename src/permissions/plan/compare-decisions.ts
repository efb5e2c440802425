import type { CheckedDecision } from '../check/decide-requirements.js'
import { isPropagating } from '../check/propagation.js'
import { mayBeDeniedByOrganization } from '../check/simulate.js'
import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'

const WORTH: Readonly<Record<Verdict, number>> = { allowed: 2, unknown: 1, missing: 0, denied: 0 }

/** The decision of a list on the same action and key; lists of one plan have the same requirements. */
export function decisionOn(decisions: readonly CheckedDecision[], sought: CheckedDecision): CheckedDecision {
  return (
    decisions.find(({ action, keyArn }) => action === sought.action && keyArn === sought.keyArn) ?? sought
  )
}

/** The actions on each key that would be worse off: a plan never takes away what is, or may be, allowed. */
export function lostActions(
  before: readonly CheckedDecision[],
  after: readonly CheckedDecision[],
): ReadonlyMap<string, readonly string[]> {
  const lost = new Map<string, readonly string[]>()
  for (const decision of before) {
    const { keyArn, action, verdict } = decision
    if (WORTH[decisionOn(after, decision).verdict] < WORTH[verdict])
      lost.set(keyArn, [...(lost.get(keyArn) ?? []), action])
  }
  return lost
}

/** Keeps what the simulator or a probe found out: planned documents can be asked of neither. Pure. */
export function withSecondOpinions(
  known: readonly CheckedDecision[],
  before: readonly CheckedDecision[],
  planned: readonly CheckedDecision[],
): readonly CheckedDecision[] {
  return planned.map((after) => {
    const opinion = decisionOn(known, after)
    if (isKept(opinion, decisionOn(before, after))) return opinion
    return mayBeDeniedByOrganization(opinion) && after.verdict === 'allowed'
      ? { ...after, verdict: 'unknown', unknownBecause: [ORGANIZATION_DOUBT] }
      : after
  })
}

const ORGANIZATION_DOUBT: UnknownReason = {
  kind: 'evaluators-disagree',
  detail: "IAM's simulator finds no Allow of the organization",
}

/** Whether a second opinion goes beyond our own decision: something in the way that we do not see, or nothing. */
function isKept(opinion: CheckedDecision, decided: CheckedDecision): boolean {
  const { basis, verdict, unknownBecause } = opinion
  if (basis === 'static' || isPropagating(opinion)) return false
  // A plan only adds, so what KMS allows now it will allow then.
  if (verdict === 'allowed') return true
  if (basis === 'simulated') return unknownBecause.some(({ kind }) => kind === 'evaluators-disagree')
  return WORTH[verdict] < WORTH[decided.verdict]
}
