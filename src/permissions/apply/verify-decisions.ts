import { canonicalJson } from '../../json/canonical-json.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import { isPropagating } from '../check/propagation.js'
import { decisionOn } from '../plan/compare-decisions.js'
import type { PermissionChange } from '../plan/permission-change.js'
import type { PermissionPlanData } from '../plan/permission-plan.js'
import type { WantedActions } from '../plan/plan-key-policy.js'
import { GUIDE_ACTIONS, guideSingleActions, keyRequirements } from '../requirements/key-requirements.js'

/** Why the decisions of a plan are not those on its role and keys: one for every action that a job needs, no other. */
export function whyNotOfPlan({ report, after }: PermissionPlanData): string | undefined {
  const arnFor = (purpose: 'output' | 'volume') =>
    report.keys.find(({ purposes }) => purposes.includes(purpose))?.arn
  const [output, volume] = [arnFor('output'), arnFor('volume')]
  const required = keyRequirements(report.role, {
    ...(output !== undefined && { output }),
    ...(volume !== undefined && { volume }),
  })
  const named = (list: readonly Pick<CheckedDecision, 'action' | 'keyArn' | 'roleArn'>[]) =>
    canonicalJson(list.map(({ action, keyArn, roleArn }) => [action, keyArn, roleArn]))
  const isWhole = named(required) === named(report.decisions) && named(required) === named(after)
  return isWhole ? undefined : 'its decisions are not those on its role and its keys'
}

/**
 * Gives, of some actions on a key, those that the plan found not allowed and would help, beside those that it found
 * allowed. A change adds no other.
 */
export function wantedActions(
  { report, after }: PermissionPlanData,
  keyArn: string,
  given: readonly string[],
): WantedActions {
  const onKey = report.decisions.filter((decision) => decision.keyArn === keyArn)
  return {
    actions: onKey
      .filter((decision) => given.includes(decision.action) && mayBeHelped(decision, after))
      .map(({ action }) => action),
    alreadyAllowed: onKey.filter(({ verdict }) => verdict === 'allowed').map(({ action }) => action),
  }
}

/** Gives actions with the guide's entries taken apart. */
export function singleActions(actions: readonly string[]): readonly string[] {
  return GUIDE_ACTIONS.every((action) => actions.includes(action))
    ? [...guideSingleActions(), ...actions]
    : actions
}

function mayBeHelped(decision: CheckedDecision, after: readonly CheckedDecision[]): boolean {
  if (decision.verdict === 'allowed' || decision.verdict === 'denied' || isPropagating(decision)) return false
  // What the simulator or KMS said of an action stands in both.
  return decision.basis !== 'static' || isHelped(decision, decisionOn(after, decision))
}

/** A plan with a change taken out, or in twice, is another plan. */
export function whyNotWhole(
  { report, after }: PermissionPlanData,
  changes: readonly PermissionChange[],
): string | undefined {
  const names = changes.map(({ kind, keyArn }) => `${kind} ${keyArn}`)
  if (new Set(names).size < names.length) return 'it has one change twice'
  const uncovered = after.find((decision) => {
    const before = decisionOn(report.decisions, decision)
    if (before.verdict === 'allowed' || isPropagating(before)) return false
    const isGiven = decision.verdict === 'allowed' || before.identityVerdict !== decision.identityVerdict
    if (!isGiven || changes.some((change) => covers(change, decision))) return false
    // What was unknown may be settled by a change for other actions: by ids that are cut out of the same policy.
    return before.verdict !== 'unknown' || !changes.some(({ keyArn }) => keyArn === decision.keyArn)
  })
  return uncovered && `it has no change any more for ${uncovered.action} on ${uncovered.keyArn}`
}

function isHelped(before: CheckedDecision, after: CheckedDecision): boolean {
  if (before.verdict === 'allowed' || isPropagating(before)) return false
  if (after.verdict === 'allowed') return true
  const parts = ({ verdict, identityVerdict, unknownBecause }: CheckedDecision) =>
    canonicalJson([verdict, identityVerdict, unknownBecause])
  return before.basis === 'static' && parts(before) !== parts(after)
}

function covers(change: PermissionChange, { keyArn, action }: CheckedDecision): boolean {
  if (change.keyArn !== keyArn) return false
  if (change.kind === 'grant') return change.operations.includes(action.slice('kms:'.length))
  return change.actions.some(
    (pattern) => pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))),
  )
}
