import { plainMarkdown, printable } from '../../errors/printable.js'
import { describeProblem } from '../../errors/problem.js'
import { ownerName } from '../../show/owner.js'
import type { Check, CheckStatus } from './check.js'
import type { PreflightData } from './preflight-data.js'

/** The statuses, the gravest first. */
const STATUSES: readonly CheckStatus[] = ['failed', 'unknown', 'warning', 'passed']

/** Shows a report for a terminal: a line for each check, and below it what to do where it did not pass. Pure. */
export function preflightAsText(data: PreflightData): string {
  const width = Math.max(0, ...data.checks.map(({ code }) => code.length))
  const lines = [preflightHeadline(data)]
  let group = ''
  for (const check of data.checks) {
    if (check.about !== group) lines.push(`  ${check.about}`)
    group = check.about
    lines.push(`    ${check.status.padEnd(7)}  ${check.code.padEnd(width)}  ${check.what}`)
    const advice = adviceOf(check)
    if (advice !== '') lines.push(`    ${' '.repeat(7)}  ${' '.repeat(width)}  ${advice}`)
  }
  return lines.map(printable).join('\n')
}

/** Shows a report as Markdown; nothing that stands in a name becomes markup. Pure. */
export function preflightAsMarkdown(data: PreflightData): string {
  return [
    `### ${plainMarkdown(preflightHeadline(data))}`,
    '',
    '| about | status | check | what is there, and what to do |',
    '| --- | --- | --- | --- |',
    ...data.checks.map((check) => {
      const { about, status, code, what } = check
      const words = [what, adviceOf(check)].filter(Boolean).map(plainMarkdown).join('<br>')
      return `| ${about} | ${status === 'passed' ? status : `**${status}**`} | \`${code}\` | ${words} |`
    }),
  ].join('\n')
}

/** Says in a line whether the job will run. */
export function preflightHeadline({ name, region, ok, checks }: PreflightData): string {
  const counts = STATUSES.map(
    (status) => [status, checks.filter((check) => check.status === status).length] as const,
  ).filter(([, count]) => count > 0)
  const isFailed = checks.some(({ status }) => status === 'failed')
  const isSeen = checks.every(({ status }) => status !== 'unknown')
  const found = `nothing found that keeps it from running${isSeen ? '' : ', as far as could be seen'}`
  const verdict = ok ? found : isFailed ? 'will fail' : 'not certain'
  const numbers = counts.map(([status, count]) => `${count} ${status}`).join(', ')
  return `Labeling job ${name} in ${region}: ${verdict} (${numbers})`
}

/** Says why a check did not pass, what to do, and who has to; empty when it passed. */
export function adviceOf({ why, fix, owner }: Check): string {
  if (why === undefined) return ''
  const words = describeProblem({ what: capitalized(why), why: fix ?? '', fix: '' })
  return owner === undefined || owner === 'you' ? words : `${words} (${ownerName(owner)})`
}

function capitalized(text: string): string {
  return /^[a-z]+(?=[ ,;.]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
