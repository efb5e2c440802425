import { formatValue } from '../../errors/format-value.js'
import { withCommas } from '../../errors/printable.js'
import { refusedCall } from '../../errors/refused-call.js'
import { deepFreeze } from '../../json/deep-freeze.js'
import { preformatted } from '../../show/html.js'
import { OWNERS, type Owner, ownerName } from '../../show/owner.js'
import { makeShown } from '../../show/shown.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import type { PermissionReport } from '../check/permission-report.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { decisionOn } from './compare-decisions.js'
import { isPlainAllow, isRestorable } from './key-policy-change.js'
import type { PermissionChange } from './permission-change.js'
import type { NotFixed, PermissionPlan, PermissionPlanData } from './permission-plan.js'
import { ownerOfChange, planTicket } from './plan-ticket.js'
import { planAsMarkdown, planAsText } from './show-plan.js'

/** Puts changes into a plan. Pure. */
export function makePlan(
  report: PermissionReport,
  changes: readonly PermissionChange[],
  notFixed: readonly NotFixed[],
  decideAfter: (changes: readonly PermissionChange[]) => readonly CheckedDecision[],
): PermissionPlan {
  const after = decideAfter(changes)
  const data: PermissionPlanData & { readonly report: PermissionReport } = {
    report,
    changes,
    notFixed,
    after,
    complete:
      after.every(({ verdict }) => verdict === 'allowed') &&
      report.problems.every(({ severity }) => severity !== 'error'),
    warnings: changes.flatMap(warningsFor),
  }
  // What was agreed to is what is applied.
  deepFreeze(data)
  const forOwner = (given: Owner) => {
    const owner = knownOwner('forOwner', given)
    const theirs = changes.filter((change) => ownerOfChange(change) === owner)
    const others = changes.filter((change) => ownerOfChange(change) !== owner)
    const left = [...notFixed, ...leftToOthers(after, decideAfter(theirs), others)]
    return makePlan(report, theirs, left, decideAfter)
  }
  const toTicket = (owner: Owner) => planTicket(knownOwner('toTicket', owner), data)
  return makeShown(withCalls(data, { forOwner, toTicket }), {
    text: () => planAsText(data),
    markdown: () => planAsMarkdown(data),
    html: () => preformatted(planAsText(data), { isDiff: true }),
    json: () => data,
  })
}

/** What would be allowed, were it not for changes that somebody else makes. */
function leftToOthers(
  all: readonly CheckedDecision[],
  theirs: readonly CheckedDecision[],
  others: readonly PermissionChange[],
): readonly NotFixed[] {
  const owners = [...new Set(others.map((change) => ownerName(ownerOfChange(change))))].join(', ')
  return theirs
    .filter((decision) => decision.verdict !== 'allowed' && decisionOn(all, decision).verdict === 'allowed')
    .map((decision) => ({ decision, why: `it is for ${owners} to change` }))
}

/** Calls are no data: a plan that is spread or compared is what it holds. */
function withCalls<Data extends object, Calls extends object>(data: Data, calls: Calls): Data & Calls {
  const plan = { ...data } as Data & Calls
  for (const [name, value] of Object.entries(calls)) Object.defineProperty(plan, name, { value })
  return plan
}

function knownOwner(call: string, owner: Owner): Owner {
  if (ownerName(owner) !== undefined) return owner
  throw refusedCall(call, `${formatValue(owner)} is no owner: give one of ${OWNERS.join(', ')}`)
}

/** Whether a change takes the place of a statement of ours that somebody else put under a condition or narrowed. */
export function replacesChanged(change: PermissionChange): boolean {
  return change.kind === 'key-policy' && change.replaces !== null && !isPlainAllow(change.replaces)
}

function warningsFor(change: PermissionChange): readonly string[] {
  if (change.kind === 'grant') return []
  const { used, limit, unit } = change.size
  const size =
    used > limit * 0.75
      ? [
          `${withCommas(used)} of ${withCommas(limit)} ${unit} would be in use, and AWS does not raise the limit`,
        ]
      : []
  if (change.kind === 'role-policy') return size
  const { sid, keyArn, statement, replaces, removedPrincipals } = change
  const replaced = deletedPrincipalsIn({ Statement: replaces })
  const deletedPrincipals = [...new Set([...removedPrincipals, ...replaced])]
  const [are, them] =
    deletedPrincipals.length === 1
      ? ['is the id of a deleted principal', 'it']
      : ['are ids of deleted principals', 'them']
  return [
    ...size,
    ...(replaces === null || replaced.length > 0
      ? []
      : [
          `the statement ${sid} of ${keyArn} was under a condition or narrowed, and is replaced without that${isRestorable(replaces, statement) ? '' : '; undo() does not put it back'}`,
        ]),
    ...(deletedPrincipals.length === 0
      ? []
      : [`${deletedPrincipals.join(', ')} ${are}; undo() does not put ${them} back`]),
  ]
}
