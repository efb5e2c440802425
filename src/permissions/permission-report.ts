import type { KeyPurpose } from '../names/kms-key.js'
import type { RefusedRead } from './aws-reader.js'
import { decidedBy, whatWouldMend } from './describe-decision.js'
import { findPermissionProblems, type PermissionProblem } from './find-problems.js'
import { findSlips } from './find-slips.js'
import type { CheckedDecision } from './judge-requirements.js'
import type { PermissionSources } from './read-permissions.js'

/** Whether the role of a job may use the job's keys, with what decides it. */
export interface PermissionReport {
  /** Every required action is allowed, and nothing is wrong with role or keys. */
  readonly ok: boolean
  /** The same, for the actions that a known call of a service depends on. */
  readonly okForEssential: boolean
  readonly region: string
  /** The role's ARN, as IAM gives it. */
  readonly role: string
  readonly keys: readonly { readonly arn: string; readonly purposes: readonly KeyPurpose[] }[]
  readonly decisions: readonly CheckedDecision[]
  readonly problems: readonly PermissionProblem[]
  /** Likely slips in the policies that were read, in words. */
  readonly hints: readonly string[]
  /** What could not be read, with the permission that would help. */
  readonly unreadable: readonly RefusedRead[]
  /** What no verdict covers, in words. */
  readonly notJudged: readonly string[]
  /** The report as a table for a terminal. */
  toString(): string
  toMarkdown(): string
  toJSON(): PermissionReportData
}

/** A report without its methods. */
export type PermissionReportData = Omit<PermissionReport, 'toString' | 'toMarkdown' | 'toJSON'>

/** Puts decisions into a report. Pure. */
export function makeReport(
  sources: PermissionSources,
  decisions: readonly CheckedDecision[],
): PermissionReport {
  const problems = findPermissionProblems(sources)
  const sound = problems.every(({ severity }) => severity !== 'error')
  const data: PermissionReportData = {
    ok: sound && decisions.every(isAllowed),
    okForEssential: sound && decisions.filter(({ requirement }) => requirement.essential).every(isAllowed),
    region: sources.region,
    role: sources.role.arn,
    keys: sources.keys.map(({ key, purposes }) => ({ arn: key.arn, purposes })),
    decisions,
    problems,
    hints: findSlips(sources, decisions),
    unreadable: [...sources.refused],
    notJudged: notJudged(decisions, sources),
  }
  return Object.freeze({
    ...data,
    toString: () => asText(data),
    toMarkdown: () => asMarkdown(data),
    toJSON: () => data,
  })
}

function isAllowed({ verdict }: CheckedDecision): boolean {
  return verdict === 'allowed'
}

const SOURCES = {
  scp: 'service control policies',
  rcp: 'resource control policies',
  'session-policy': 'session policies',
  'vpc-endpoint-policy': 'VPC endpoint policies',
}

function notJudged(
  decisions: readonly CheckedDecision[],
  { organization }: PermissionSources,
): readonly string[] {
  const hidden = [...new Set(decisions.flatMap(({ notCovered }) => notCovered))].map((one) => SOURCES[one])
  return [
    ...(organization === undefined ? [] : ['the organization of the role, which was given and not read']),
    ...(hidden.length === 0 ? [] : [`${hidden.join(', ')} were not visible`]),
    'keys that the job does not name: of input objects, of topics, and the default key of a bucket',
    'permissions on S3, Lambda, SNS and SQS: see requiredPermissions()',
  ]
}

function headline({ ok, role, region, decisions }: PermissionReportData): string {
  const counts = (['allowed', 'missing', 'denied', 'unknown'] as const)
    .map((verdict) => [verdict, decisions.filter((one) => one.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ')
  return `Permissions of ${role} in ${region}: ${ok ? 'met' : 'not met'}${counts === '' ? ' (the job names no key)' : ` (${counts})`}`
}

function asText(data: PermissionReportData): string {
  const lines = [headline(data)]
  for (const { arn, purposes } of data.keys) {
    lines.push(`  ${purposes.join(' and ')} key ${arn}`)
    const own = data.decisions.filter(({ keyArn }) => keyArn === arn)
    const width = Math.max(...own.map(({ action }) => action.length))
    for (const decision of own) {
      const mend = whatWouldMend(decision)
      const basis = decision.basis === 'static' ? '' : ` (${decision.basis})`
      lines.push(
        `    ${decision.action.padEnd(width)}  ${decision.verdict.padEnd(7)}  ${decidedBy(decision)}${basis}`,
        ...(mend === '' ? [] : [`    ${' '.repeat(width)}  mend     ${mend}`]),
      )
    }
  }
  for (const { severity, what, why, fix } of data.problems)
    lines.push(`  ${severity}: ${what}: ${why}. ${fix}.`)
  for (const hint of data.hints) lines.push(`  hint: ${hint}`)
  for (const { source, permissionNeeded } of data.unreadable)
    lines.push(`  not readable: ${source} (needs ${permissionNeeded})`)
  for (const words of data.notJudged) lines.push(`  not judged: ${words}`)
  return lines.join('\n')
}

function asMarkdown(data: PermissionReportData): string {
  const lines = [`### ${headline(data)}`, '']
  for (const { arn, purposes } of data.keys) {
    lines.push(`**${purposes.join(' and ')} key** \`${arn}\``, '')
    lines.push('| action | verdict | decided by | would mend |', '| --- | --- | --- | --- |')
    for (const decision of data.decisions.filter(({ keyArn }) => keyArn === arn)) {
      const { action, verdict } = decision
      lines.push(
        `| \`${action}\` | ${verdict} | ${cell(decidedBy(decision))} | ${cell(whatWouldMend(decision))} |`,
      )
    }
    lines.push('')
  }
  for (const { severity, what, why, fix } of data.problems)
    lines.push(`- **${severity}**: ${what}: ${why}. ${fix}.`)
  for (const hint of data.hints) lines.push(`- hint: ${hint}`)
  for (const { source, permissionNeeded } of data.unreadable)
    lines.push(`- not readable: ${source} (needs \`${permissionNeeded}\`)`)
  for (const words of data.notJudged) lines.push(`- not judged: ${words}`)
  return lines.join('\n')
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ')
}
