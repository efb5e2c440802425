import { printable } from '../../errors/printable.js'
import { escapeHtml } from '../../show/shown.js'
import type { Check, CheckStatus } from './check.js'
import type { PreflightData } from './preflight-data.js'
import { adviceOf, preflightHeadline } from './show-preflight.js'

/** Dark enough on white, and light enough on black. */
const COLORS: Readonly<Record<CheckStatus, string>> = {
  failed: '#d1242f',
  unknown: '#8250df',
  warning: '#9a6700',
  passed: '#1a7f37',
}

const CELL = 'padding:4px 12px 4px 0;vertical-align:top;text-align:left'

/** Shows a report as a table for a page or a notebook; nothing that stands in a name becomes markup. Pure. */
export function preflightAsHtml(data: PreflightData): string {
  return [
    '<section>',
    `<h3>${escaped(preflightHeadline(data))}</h3>`,
    '<table style="border-collapse:collapse">',
    `<thead><tr>${['about', 'status', 'check', 'what is there, and what to do'].map(heading).join('')}</tr></thead>`,
    '<tbody>',
    ...data.checks.map((check, index) => row(check, data.checks[index - 1]?.about)),
    '</tbody>',
    '</table>',
    '</section>',
  ].join('\n')
}

function escaped(text: string): string {
  return escapeHtml(printable(text))
}

function heading(text: string): string {
  return `<th style="${CELL}">${text}</th>`
}

function row(check: Check, before: string | undefined): string {
  const { about, status, code, what } = check
  const advice = adviceOf(check)
  const cells = [
    about === before ? '' : escaped(about),
    `<strong style="color:${COLORS[status]}">${escaped(status)}</strong>`,
    `<code>${escaped(code)}</code>`,
    escaped(what) + (advice === '' ? '' : `<br><small>${escaped(advice)}</small>`),
  ]
  const border = about === before ? '' : ';border-top:1px solid #8888'
  return `<tr>${cells.map((cell) => `<td style="${CELL}${border}">${cell}</td>`).join('')}</tr>`
}
