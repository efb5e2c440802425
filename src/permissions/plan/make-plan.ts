import { withCommas } from '../../errors/printable.js'
import { deepFreeze } from '../../json/deep-freeze.js'
import { makeShown } from '../../show/shown.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import type { PermissionReport } from '../check/permission-report.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { isPlainAllow, isRestorable } from './key-policy-change.js'
import type { PermissionChange } from './permission-change.js'
import type { NotFixed, PermissionPlan, PermissionPlanData } from './permission-plan.js'
import { planAsMarkdown, planAsText } from './show-plan.js'

/** Puts changes into a plan. Pure. */
export function makePlan(
  report: PermissionReport,
  changes: readonly PermissionChange[],
  notFixed: readonly NotFixed[],
  after: readonly CheckedDecision[],
): PermissionPlan {
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
  return makeShown(data, {
    text: () => planAsText(data),
    markdown: () => planAsMarkdown(data),
    json: () => data,
  })
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
