import type { CheckedDecision } from '../check/decide-requirements.js'
import { bySameWords, describeReason, namedActions } from '../check/describe-decision.js'
import { printable, withCommas } from '../check/printable.js'
import { deletedPrincipalsIn } from '../policy/deleted-principals.js'
import { isRecord, statementsIn } from '../policy/parse-policy.js'
import { type DiffLine, lineDiff } from './line-diff.js'
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
  // A sign counts in the first column only.
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
      ...diff(change).map((line) => `  ${line}`),
      `  undo: ${describeUndo(change)}`,
    ]),
    ...warnings.map((warning) => `warning: ${warning}`),
    `after: ${allowedOf(after)} (as far as policies and grants show)`,
    ...[...bySameWords(notFixed, whyLeft)].map(([words, of]) => {
      const decisions = of.map(({ decision }) => decision)
      return `not mended: ${namedActions(decisions, after)} ${words}`
    }),
  ]
}

function allowedOf(decisions: readonly CheckedDecision[]): string {
  const allowed = decisions.filter(({ verdict }) => verdict === 'allowed')
  return `${allowed.length} of ${decisions.length} actions allowed`
}

function describeUndo(change: PermissionChange): string {
  if (change.kind === 'grant') return 'revokes the grant'
  if (change.kind === 'role-policy')
    return change.before === null ? 'deletes the policy' : 'writes the policy as it was'
  const own = (statementsIn(change.before) ?? []).filter((one) => isRecord(one) && one['Sid'] === change.sid)
  return own.length > 0 && deletedPrincipalsIn({ Statement: own }).length === 0
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

/** Statement by statement; of one that changed under its Sid, the lines that differ. */
function policyDiff(before: string, after: string): readonly string[] {
  const statements = (text: string) => (statementsIn(text) ?? []).map((one) => JSON.stringify(one))
  const changed = lineDiff(statements(before), statements(after)).filter(([mark]) => mark !== ' ')
  return changed.flatMap(([mark, text]) => {
    const sid = sidOf(text)
    const other = changed.find(([one, its]) => one !== mark && sid !== undefined && sidOf(its) === sid)?.[1]
    const lines = indented(text)
    if (other === undefined) return lines.map((line) => `${mark} ${line}`)
    return mark === '+' ? [] : [`  in the statement ${sid}:`, ...marked(lineDiff(lines, indented(other)))]
  })
}

function indented(statement: string): readonly string[] {
  return JSON.stringify(JSON.parse(statement), null, 2).split('\n')
}

function sidOf(statement: string): unknown {
  const one: unknown = JSON.parse(statement)
  return isRecord(one) ? one['Sid'] : undefined
}

function marked(lines: readonly DiffLine[]): readonly string[] {
  return lines.map(([mark, line]) => `${mark} ${line}`)
}
