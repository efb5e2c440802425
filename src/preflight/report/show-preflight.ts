import { countOf } from '../../errors/count-of.js'
import { plainMarkdown, printable } from '../../errors/printable.js'
import { describeProblem } from '../../errors/problem.js'
import { ownerName } from '../../show/owner.js'
import type { Assumption, Check, CheckStatus } from './check.js'
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
export function preflightHeadline(data: PreflightData): string {
  const { name, region, ok, checks } = data
  const counts = STATUSES.map(
    (status) => [status, checks.filter((check) => check.status === status).length] as const,
  ).filter(([, count]) => count > 0)
  const isFailed = checks.some(({ status }) => status === 'failed')
  const verdict = ok
    ? `nothing found that keeps it from running${reservations(checks)}`
    : isFailed
      ? 'will fail'
      : 'not certain'
  const numbers = counts
    .map(([status, count]) => (status === 'warning' ? countOf(count, status) : `${count} ${status}`))
    .join(', ')
  return `Labeling job ${name} in ${region}: ${verdict} (${numbers})`
}

const ASSUMED: Readonly<Record<Assumption, string>> = {
  documented: 'AWS does as it documents',
  given: 'the policies are as they were given',
}

/** Says under what a job is ok; empty where everything was seen and nothing is assumed. Pure. */
export function reservations(checks: readonly Check[]): string {
  const assumed = (Object.keys(ASSUMED) as Assumption[]).filter((one) =>
    checks.some(({ assumes }) => assumes?.includes(one)),
  )
  return [
    checks.some(({ status }) => status === 'unknown') ? ', as far as could be seen' : '',
    assumed.length > 0 ? `, if ${assumed.map((one) => ASSUMED[one]).join(' and ')}` : '',
  ].join('')
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
