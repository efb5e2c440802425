import type { CheckedDecision } from './judge-requirements.js'
import { orphansIn } from './orphans.js'
import type { PermissionChange } from './permission-change.js'
import type { PermissionReport } from './permission-report.js'
import type { NotMended } from './plan-permissions.js'
import { withCommas } from './printable.js'
import { planAsMarkdown, planAsText } from './show-plan.js'

/** What would be written, and what would hold afterwards. */
export interface PermissionPlan {
  /** What was found before. */
  readonly report: PermissionReport
  readonly changes: readonly PermissionChange[]
  readonly notMended: readonly NotMended[]
  /** Every required action judged again on the planned documents. */
  readonly after: readonly CheckedDecision[]
  /** Whether every required action would be allowed, and nothing is wrong with the role or the keys. */
  readonly complete: boolean
  /** What is worth knowing before the plan is applied. */
  readonly warnings: readonly string[]
  /** The plan for people: each document with what is added. */
  toString(): string
  toMarkdown(): string
  toJSON(): PermissionPlanData
}

/** A plan without its methods. */
export type PermissionPlanData = Omit<PermissionPlan, 'toString' | 'toMarkdown' | 'toJSON'>

/** Puts changes into a plan. Pure. */
export function makePlan(
  report: PermissionReport,
  changes: readonly PermissionChange[],
  notMended: readonly NotMended[],
  after: readonly CheckedDecision[],
): PermissionPlan {
  const data: PermissionPlanData = {
    report,
    changes: Object.freeze([...changes]),
    notMended: Object.freeze([...notMended]),
    after,
    complete:
      after.every(({ verdict }) => verdict === 'allowed') &&
      report.problems.every(({ severity }) => severity !== 'error'),
    warnings: changes.flatMap(warningsFor),
  }
  return Object.freeze({
    ...data,
    toString: () => planAsText(data),
    toMarkdown: () => planAsMarkdown(data),
    toJSON: () => data,
  })
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
  const { sid, keyArn, replaces, removedOrphans } = change
  const replaced = orphansIn({ Statement: replaces })
  const orphans = [...new Set([...removedOrphans, ...replaced])]
  const [are, them] =
    orphans.length === 1
      ? ['is the id of a deleted principal', 'it']
      : ['are ids of deleted principals', 'them']
  return [
    ...size,
    ...(replaces === null || replaced.length > 0
      ? []
      : [
          `the statement ${sid} of ${keyArn} was under a condition or narrowed, and is replaced without that`,
        ]),
    ...(orphans.length === 0 ? [] : [`${orphans.join(', ')} ${are}; undo() does not put ${them} back`]),
  ]
}
