import { describeReason } from './describe-decision.js'
import type { CheckedDecision } from './judge-requirements.js'
import type { PermissionChange } from './permission-change.js'
import type { PermissionReport } from './permission-report.js'
import type { NotMended } from './plan-permissions.js'

/** What would be written, and what would hold afterwards. */
export interface PermissionPlan {
  /** What was found before. */
  readonly report: PermissionReport
  readonly changes: readonly PermissionChange[]
  readonly notMended: readonly NotMended[]
  /** Every required action judged again on the planned documents. */
  readonly after: readonly CheckedDecision[]
  /** Whether every required action would be allowed. */
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
    toString: () => lines(data).join('\n'),
    toMarkdown: () => ['```diff', ...lines(data), '```'].join('\n'),
    toJSON: () => data,
  })
}

/** Names a change in one line. */
export function describeChange(change: PermissionChange): string {
  if (change.kind === 'key-policy') {
    const { used, limit } = change.size
    return `key policy of ${change.keyArn}: statement ${change.sid}, ${number(used)} of ${number(limit)} bytes`
  }
  if (change.kind === 'role-policy') {
    const { used, limit } = change.size
    return `inline policy ${change.policyName} on role ${change.roleName}: ${change.actions.join(', ')}, ${number(used)} of ${number(limit)} characters`
  }
  return `grant ${change.name} on ${change.keyArn}: ${change.operations.join(', ')}`
}

function lines({ changes, notMended, after, warnings }: PermissionPlanData): readonly string[] {
  const allowed = after.filter(({ verdict }) => verdict === 'allowed').length
  return [
    ...(changes.length === 0 ? ['nothing to write'] : []),
    ...changes.flatMap((change, index) => [
      `plan ${index + 1}  ${describeChange(change)}`,
      ...diff(change).map((line) => `  ${line}`),
    ]),
    ...warnings.map((warning) => `warning: ${warning}`),
    `after: ${allowed} of ${after.length} actions allowed (as far as policies and grants show)`,
    ...notMended.map(({ decision, why, statementForKeyPolicy }) => {
      const reasons = decision.unknownBecause.map(describeReason).join('; ')
      const statement =
        statementForKeyPolicy === undefined
          ? ''
          : `; to be added there: ${JSON.stringify(statementForKeyPolicy)}`
      return `not mended: ${decision.action} on ${decision.keyArn} (${decision.verdict}): ${why}${reasons && ` [${reasons}]`}${statement}`
    }),
  ]
}

function diff(change: PermissionChange): readonly string[] {
  if (change.kind === 'grant') {
    return [`+ grantee ${change.roleArn}`, '+ counts after up to five minutes; shows in no template']
  }
  if (change.kind === 'key-policy') {
    const { before, after } = change
    if (change.compact) return ['~ all white space taken out', `+ ${JSON.stringify(change.statement)}`]
    return [...changedLines(before, after), '  everything else unchanged']
  }
  const removed = change.before === null ? [] : change.before.split('\n').map((line) => `- ${line}`)
  return [...removed, ...change.after.split('\n').map((line) => `+ ${line}`)]
}

/** The lines that differ, between what both texts begin and end with. */
function changedLines(before: string, after: string): readonly string[] {
  const left = before.split('\n')
  const right = after.split('\n')
  let start = 0
  while (start < left.length && left[start] === right[start]) start++
  let end = 0
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end++
  return [
    ...left.slice(start, left.length - end).map((line) => `- ${line}`),
    ...right.slice(start, right.length - end).map((line) => `+ ${line}`),
  ]
}

function warningsFor(change: PermissionChange): readonly string[] {
  if (change.kind === 'grant' || change.size.used <= change.size.limit * 0.75) return []
  const { used, limit, unit } = change.size
  return [`${number(used)} of ${number(limit)} ${unit} would be in use, and AWS does not raise the limit`]
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
