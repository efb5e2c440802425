import { countOf } from '../../errors/count-of.js'
import { printable, withCommas } from '../../errors/printable.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import { bySameWords, describeReason, namedActions } from '../check/describe-decision.js'
import { type DiffLine, lineDiff } from '../policy/line-diff.js'
import { isRecord, statementsIn } from '../policy/parse-policy.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import { isRestorable } from './key-policy-change.js'
import type { PermissionChange } from './permission-change.js'
import type { NotFixed, PermissionPlanData } from './permission-plan.js'

/** Names a change in one line. */
export function describeChange(change: PermissionChange): string {
  if (change.kind === 'key-policy') {
    const { used, limit } = change.size
    return `key policy of ${change.keyArn}: statement ${change.sid}, ${withCommas(used)} of ${withCommas(limit)} bytes`
  }
  if (change.kind === 'role-policy') {
    const { used, limit } = change.size
    return `inline policy ${change.policyName} on role ${change.roleName}: ${change.actions.join(', ')}, ${withCommas(used)} of ${withCommas(limit)} characters`
  }
  return `grant ${change.name} on ${change.keyArn}: ${change.operations.join(', ')}`
}

/** Shows a plan: each change as a diff, with what takes it back, and what would hold afterwards. Pure. */
export function planAsText(data: PermissionPlanData): string {
  return lines(data).map(printable).join('\n')
}

/** The same as a block of Markdown; its fence is longer than any run of backticks in it. Pure. */
export function planAsMarkdown(data: PermissionPlanData): string {
  // Markdown heeds a sign in the first column only.
  const text = planAsText(data).replace(/^ {2}/gm, '')
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)))
  return `${fence}diff\n${text}\n${fence}`
}

function lines({ report, changes, notFixed, after, warnings }: PermissionPlanData): readonly string[] {
  return [
    `before: ${allowedOf(report.decisions)}`,
    ...report.problems
      .filter(({ severity }) => severity === 'error')
      .map(({ what, why, fix }) => `error: ${what}: ${why}. ${fix}.`),
    ...(changes.length === 0 ? ['nothing to write'] : []),
    ...changes.flatMap((change, index) => [
      `plan ${index + 1}  ${describeChange(change)}`,
      ...changeLines(change).map((line) => `  ${line}`),
      `  undo: ${describeUndo(change)}`,
    ]),
    ...warnings.map((warning) => `warning: ${warning}`),
    `after: ${allowedOf(after)} (as far as policies and grants show)`,
    ...[...bySameWords(notFixed, whyLeft)].map(([words, of]) => {
      const decisions = of.map(({ decision }) => decision)
      return `not fixed: ${namedActions(decisions, after)} ${words}`
    }),
  ]
}

function allowedOf(decisions: readonly CheckedDecision[]): string {
  const allowed = decisions.filter(({ verdict }) => verdict === 'allowed')
  return `${allowed.length} of ${countOf(decisions.length, 'action')} allowed`
}

function describeUndo(change: PermissionChange): string {
  if (change.kind === 'grant') return 'revokes the grant'
  if (change.kind === 'role-policy')
    return change.before === null ? 'deletes the policy' : 'writes the policy as it was'
  const ours = (statementsIn(change.before) ?? []).filter(
    (statement) => isRecord(statement) && statement['Sid'] === change.sid,
  )
  return ours.some((statement) => isRestorable(statement as PolicyStatement, change.statement))
    ? `writes the statement ${change.sid} as it was`
    : `takes the statement ${change.sid} out`
}

function whyLeft({ decision, why, statementForKeyPolicy }: NotFixed): string {
  const reasons = decision.unknownBecause.map(describeReason).join('; ')
  const statement =
    statementForKeyPolicy === undefined
      ? ''
      : `; for the policy of that key: ${JSON.stringify(statementForKeyPolicy)}`
  return `on ${decision.keyArn} (${decision.verdict}): ${why}${reasons && ` [${reasons}]`}${statement}`
}

/** Shows what a change puts in and takes out, line by line. */
export function changeLines(change: PermissionChange): readonly string[] {
  if (change.kind === 'grant') {
    return [
      `+ grantee ${change.roleArn}`,
      change.retiringPrincipal === null
        ? '+ nobody named to retire it: it is taken back with kms:RevokeGrant'
        : `+ may be retired by ${change.retiringPrincipal}`,
      '+ takes effect after up to five minutes; shows in no template',
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

/** Statement by statement; of one that changed under its Sid, the lines that differ. */
function policyDiff(before: string, after: string): readonly string[] {
  const statements = (text: string) =>
    (statementsIn(text) ?? []).map((statement) => JSON.stringify(statement))
  const changed = lineDiff(statements(before), statements(after)).filter(([mark]) => mark !== ' ')
  return changed.flatMap(([mark, text]) => {
    const sid = sidOf(text)
    const counterpart = changed.find(
      ([side, line]) => side !== mark && sid !== undefined && sidOf(line) === sid,
    )?.[1]
    const lines = indented(text)
    if (counterpart === undefined) return lines.map((line) => `${mark} ${line}`)
    return mark === '+'
      ? []
      : [`  in the statement ${sid}:`, ...marked(lineDiff(lines, indented(counterpart)))]
  })
}

function indented(statement: string): readonly string[] {
  return JSON.stringify(JSON.parse(statement), null, 2).split('\n')
}

function sidOf(text: string): unknown {
  const statement: unknown = JSON.parse(text)
  return isRecord(statement) ? statement['Sid'] : undefined
}

function marked(lines: readonly DiffLine[]): readonly string[] {
  return lines.map(([mark, line]) => `${mark} ${line}`)
}
