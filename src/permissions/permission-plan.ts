import { describeReason } from './describe-decision.js'
import type { CheckedDecision } from './judge-requirements.js'
import { type DiffLine, lineDiff } from './line-diff.js'
import type { PermissionChange } from './permission-change.js'
import type { PermissionReport } from './permission-report.js'
import type { NotMended } from './plan-permissions.js'
import { statementsIn } from './policy.js'

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
    return [
      `+ grantee ${change.roleArn}`,
      change.retiringPrincipal === null
        ? '+ nobody named to retire it: it is taken back with kms:RevokeGrant'
        : `+ may be retired by ${change.retiringPrincipal}`,
      '+ counts after up to five minutes; shows in no template',
    ]
  }
  if (change.kind === 'key-policy') {
    const unchanged = '  everything else unchanged; nothing becomes public'
    return change.compact
      ? ['~ all white space taken out', ...policyDiff(change.before, change.after), unchanged]
      : [...policyDiff(change.before, change.after), unchanged]
  }
  return marked(lineDiff(change.before?.split('\n') ?? [], change.after.split('\n')))
}

/** Line by line, or statement by statement where the text is on one line. */
function policyDiff(before: string, after: string): readonly string[] {
  if (before.includes('\n') && after.includes('\n'))
    return marked(lineDiff(before.split('\n'), after.split('\n')))
  const statements = (text: string) => (statementsIn(text) ?? []).map((one) => JSON.stringify(one))
  return marked(lineDiff(statements(before), statements(after)).filter(([mark]) => mark !== ' '))
}

function marked(lines: readonly DiffLine[]): readonly string[] {
  return lines.map(([mark, line]) => `${mark} ${line}`)
}

function warningsFor(change: PermissionChange): readonly string[] {
  if (change.kind === 'grant') return []
  const { used, limit, unit } = change.size
  const size =
    used > limit * 0.75
      ? [`${number(used)} of ${number(limit)} ${unit} would be in use, and AWS does not raise the limit`]
      : []
  if (change.kind === 'role-policy') return size
  const { sid, keyArn, replaces, removedOrphans } = change
  return [
    ...size,
    ...(replaces === null
      ? []
      : [
          `the statement ${sid} of ${keyArn} was under a condition or narrowed, and is replaced without that`,
        ]),
    ...(removedOrphans.length === 0
      ? []
      : [`${removedOrphans.join(', ')} stood for deleted principals, and undo() does not put them back`]),
  ]
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
