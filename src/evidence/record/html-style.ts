import { scopedStyle } from '../../show/html.js'

/** The class of a record on a page; no rule reaches beyond it. */
export const RECORD_CLASS = 'labeling-job-evidence'

/** What a record asks of a page of its own. */
export const PAGE_STYLE = `
body { margin: 0; background: #fff }
@page { margin: 14mm }
`

/** How a record looks: on a screen, on a phone, on paper, and among other things in a notebook. */
export const RECORD_STYLE = scopedStyle(
  RECORD_CLASS,
  `
& { --ink: #1b1f24; --soft: #59636e; --line: #d5dbe1; --paper: #fff; --good: #1a7f4b; --bad: #b3261e; --warn: #8a5a00 }
*, & { box-sizing: border-box }
& { margin: 0 auto; padding: 2rem 1.5rem; max-width: 76rem; color: var(--ink); background: var(--paper); color-scheme: light;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.2 }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem }
p { margin: .35rem 0 }
small, dt { color: var(--soft); font-size: .85em }
code, pre, .hash { font: .85em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
pre { margin: .5rem 0; padding: .6rem .8rem; background: #f4f6f8; white-space: pre-wrap; border-radius: 4px }
.verdict { padding: .7rem 1rem; border-left: 5px solid; border-radius: 4px; font-weight: 600 }
.verdict.good { border-color: var(--good); background: #eaf6ef }
.verdict.bad { border-color: var(--bad); background: #fcefee }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .6rem 2rem; margin: 1.25rem 0 }
dd { margin: 0; overflow-wrap: anywhere }
.totals { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none }
.totals li { padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 6px; color: var(--soft); font-size: .9em }
.totals b { display: block; color: var(--ink); font-size: 1.45rem; line-height: 1.25 }
.bar { display: block; width: 100%; height: 28px; border-radius: 4px }
.swatch { display: block; width: 12px; height: 12px }
rect.expected { fill: #2f9e6a } rect.another-key { fill: #7a5cc4 } rect.aws-key { fill: #e0912f } rect.not-kms { fill: #cf3b32 } rect.unreadable { fill: #8b949e }
tr { background: none !important }
code { padding: 0; color: inherit; background: none }
pre { color: inherit }
table { width: 100%; border-collapse: collapse; margin: .75rem 0 }
th, td { padding: .5rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { color: var(--soft); font-size: .85em; font-weight: 600 }
td { overflow-wrap: anywhere }
.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal }
.keys td:first-child { width: 1.5rem; padding-right: 0 } .keys td:first-child svg { margin-top: .3rem }
.jobs { table-layout: fixed }
.jobs th:nth-child(1) { width: 13% } .jobs th:nth-child(2) { width: 7.5rem } .jobs th:nth-child(3) { width: 20% } .jobs th:nth-child(4) { width: 7rem }
.jobs small { display: block } .jobs td[data-label="Declared keys"] small { display: inline }
.jobs p { margin: 0 0 .4rem } .jobs ul { margin: .3rem 0; padding-left: 1.1rem; font-size: .92em }
.jobs p.error code { color: var(--bad); font-weight: 600 } .jobs p.warning code { color: var(--warn); font-weight: 600 }
.jobs p i { color: var(--soft) }
.badge { display: inline-block; padding: .05rem .55rem; border: 1px solid; border-radius: 99px; font-size: .82em; font-weight: 600; white-space: nowrap }
tr.error .badge, tr.unreadable .badge { color: var(--bad) } tr.warning .badge { color: var(--warn) } tr.proven .badge { color: var(--good) } tr.declared .badge { color: var(--soft) }
footer { margin-top: 2.5rem; border-top: 2px solid var(--line) }
@media (max-width: 46rem) {
  & { padding: 1.25rem 1rem }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table, tbody, tr, td { display: block; width: 100% }
  tr { padding: .6rem 0; border-bottom: 1px solid var(--line) }
  td, .keys td:first-child { padding: .15rem 0; border: 0; width: 100% }
  td[data-label]::before { content: attr(data-label); display: block; color: var(--soft); font-size: .78em }
  td.number[data-label]::before, td[data-label="Standing"]::before { display: inline-block; min-width: 6.5rem; margin-right: .4rem }
  .keys tr { position: relative; padding-left: 1.4rem } .keys td:first-child { position: absolute; left: 0; top: .6rem; width: 12px }
  td:empty { display: none }
  .number { text-align: left }
  .totals { grid-template-columns: repeat(2, 1fr) }
  dl { grid-template-columns: 1fr }
}
@media print {
  & { padding: 0; max-width: none; font-size: 10.5px }
  .keys tr, .jobs p, li, dl, .totals, .verdict { break-inside: avoid }
  h2 { break-after: avoid }
  thead { display: table-header-group }
  .jobs th:nth-child(2) { width: 5.2rem } .jobs th:nth-child(3) { width: 17% } .jobs th:nth-child(4) { width: 4.6rem }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
}
`,
)
