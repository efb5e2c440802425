import { countOf } from '../../errors/count-of.js'
import { plainMarkdown, printable } from '../../errors/printable.js'
import { type DeniedRead, NOT_WHOLE } from '../read/reader.js'
import { bySameWords, decidedBy, namedActions, whatIsNeeded } from './describe-decision.js'
import type { PermissionReportData } from './permission-report.js'

/** Shows a report as a table for a terminal. Pure. */
export function reportAsText(data: PermissionReportData): string {
  const lines = [headline(data)]
  for (const { severity, what, why, fix } of data.problems)
    lines.push(`  ${severity}: ${what}: ${why}. ${fix}.`)
  // What a role needs that does not exist, or is another one, is no news.
  const isOfRole = data.problems.every(({ code }) => !code.startsWith('role-'))
  for (const { arn, purposes } of data.keys) {
    lines.push(`  ${purposes.join(' and ')} key ${arn}`)
    const ofKey = data.decisions.filter(({ keyArn }) => keyArn === arn)
    const width = Math.max(...ofKey.map(({ action }) => action.length))
    for (const decision of ofKey) {
      const basis = decision.basis === 'static' ? '' : ` (${decision.basis})`
      lines.push(
        `    ${decision.action.padEnd(width)}  ${decision.verdict.padEnd(7)}  ${decidedBy(decision)}${basis}`,
      )
    }
    const notAllowed = ofKey.filter(({ verdict }) => verdict !== 'allowed' && isOfRole)
    for (const [needed, of] of bySameWords(notAllowed, whatIsNeeded))
      lines.push(`    needed for ${namedActions(of, ofKey)}: ${needed}`)
  }
  for (const hint of data.hints) lines.push(`  hint: ${hint}`)
  for (const read of data.unreadable) lines.push(`  not readable: ${read.source} (${whatWouldHelp(read)})`)
  for (const words of data.skipped) lines.push(`  skipped: ${words}`)
  for (const words of data.notCovered) lines.push(`  not covered: ${words}`)
  return lines.map(printable).join('\n')
}

/** Shows a report as Markdown; nothing that stands in a policy becomes markup. Pure. */
export function reportAsMarkdown(data: PermissionReportData): string {
  const lines = [`### ${headline(data)}`, '']
  for (const { arn, purposes } of data.keys) {
    lines.push(`**${purposes.join(' and ')} key** \`${arn}\``, '')
    lines.push('| action | verdict | decided by | needed |', '| --- | --- | --- | --- |')
    for (const decision of data.decisions.filter(({ keyArn }) => keyArn === arn)) {
      const { action, verdict } = decision
      lines.push(
        `| \`${action}\` | ${verdict} | ${plainMarkdown(decidedBy(decision))} | ${plainMarkdown(whatIsNeeded(decision))} |`,
      )
    }
    lines.push('')
  }
  for (const { severity, what, why, fix } of data.problems)
    lines.push(`- **${severity}**: ${plainMarkdown(`${what}: ${why}. ${fix}.`)}`)
  for (const hint of data.hints) lines.push(`- hint: ${plainMarkdown(hint)}`)
  for (const read of data.unreadable)
    lines.push(`- not readable: ${plainMarkdown(read.source)} (${whatWouldHelp(read, '`')})`)
  for (const words of data.skipped) lines.push(`- skipped: ${plainMarkdown(words)}`)
  for (const words of data.notCovered) lines.push(`- not covered: ${words}`)
  return lines.join('\n')
}

function whatWouldHelp({ permissionNeeded, because }: DeniedRead, quote = ''): string {
  return because === NOT_WHOLE ? because : `needs ${quote}${permissionNeeded}${quote}`
}

function headline({ ok, role, region, decisions, problems }: PermissionReportData): string {
  const counts = (['allowed', 'missing', 'denied', 'unknown'] as const)
    .map((verdict) => [verdict, decisions.filter((decision) => decision.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const all = [
    ...(counts.length === 0 ? ['the job names no key'] : counts),
    ...(errors === 0 ? [] : [countOf(errors, 'error')]),
  ]
  return `Permissions of ${role} in ${region}: ${ok ? 'met' : 'not met'} (${all.join(', ')})`
}
