import { printable } from '../../errors/printable.js'
import { CARD_COLORS, escapeHtml } from '../../show/html.js'
import type { Check, CheckStatus } from './check.js'
import type { PreflightData } from './preflight-data.js'
import { adviceOf, preflightHeadline } from './show-preflight.js'

/** Legible on the card, which is white on dark pages too. */
const COLORS: Readonly<Record<CheckStatus, string>> = {
  failed: '#d1242f',
  unknown: '#8250df',
  warning: '#9a6700',
  passed: '#1a7f37',
}

// The ground is the cell's own: notebooks stripe the rows of tables, darkly on dark pages.
const CELL = 'padding:4px 12px 4px 0;vertical-align:top;text-align:left;color:inherit;background:#fff'
const CARD = `padding:12px 16px;overflow-x:auto;border-radius:4px;${CARD_COLORS}`
// Names of checks stay whole, in the column of the words: one of their own would push these out of a narrow page.
const CODE = 'white-space:nowrap;color:inherit;background:none;padding:0'

/** Shows a report as a table for a page or a notebook; nothing that stands in a name becomes markup. Pure. */
export function preflightAsHtml(data: PreflightData): string {
  return [
    `<section style="${CARD}">`,
    `<h3 style="margin:0 0 8px;color:inherit">${escaped(preflightHeadline(data))}</h3>`,
    '<table style="border-collapse:collapse">',
    `<thead><tr>${['about', 'status', 'what is there, and what to do'].map(heading).join('')}</tr></thead>`,
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
    `<code style="${CODE}">${escaped(code)}</code> ${escaped(what)}${advice === '' ? '' : `<br><small>${escaped(advice)}</small>`}`,
  ]
  const border = about === before ? '' : ';border-top:1px solid #8888'
  return `<tr>${cells.map((cell) => `<td style="${CELL}${border}">${cell}</td>`).join('')}</tr>`
}
