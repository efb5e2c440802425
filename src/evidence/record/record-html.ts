import { printable, withCommas } from '../../errors/printable.js'
import { escapeHtml } from '../../show/html.js'
import { STANDING_WORDS } from '../proof/show-proof.js'
import type { EvidenceData, EvidenceJob } from './evidence-record.js'
import { PAGE_STYLE, RECORD_CLASS, RECORD_STYLE } from './html-style.js'
import { objectsBar } from './objects-bar.js'
import { HASH_RECIPE, scopeInWords, standingOfJob, verdictOfRecord, worstFirst } from './record-words.js'

/** Writes text so that a page shows it as it is, and nothing of it moves or turns a line. */
function plain(text: string): string {
  return escapeHtml(printable(text))
}

const NAMED = 10

/** Writes a record as one page that needs no other file, no script and no network. */
export function recordAsHtml(record: EvidenceData): string {
  const { account, region, startedAt } = record
  const title = `Encryption of labeling jobs: ${account}, ${region}, ${startedAt.slice(0, 10)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${plain(title)}</title>
<style>${PAGE_STYLE}${RECORD_STYLE}</style>
</head>
<body>
<div class="${RECORD_CLASS}">
${content(record)}
</div>
</body>
</html>
`
}

/** Writes a record as a part of a page of others, which it leaves as it is. */
export function recordAsSection(record: EvidenceData): string {
  return `<section class="${RECORD_CLASS}"><style>${RECORD_STYLE}</style>
${content(record)}
</section>`
}

function content(record: EvidenceData): string {
  const { ok, jobs, unreadable } = record
  const ordered = worstFirst(jobs)
  return `<header>
<h1>Encryption of labeling jobs</h1>
<p class="verdict ${ok && jobs.length > 0 ? 'good' : 'bad'}">${plain(verdictOfRecord(record))}</p>
${facts(record)}
</header>
<main>
${totals(record)}
${objectsBar(record)}
<section>
<h2>Jobs</h2>
<table class="jobs">
<thead><tr><th>Job</th><th>Standing</th><th>Declared keys</th><th class="number">Objects as expected</th><th>Findings</th></tr></thead>
<tbody>
${ordered.map(jobRow).join('\n')}
</tbody>
</table>
</section>
${list(
  'What could not be read',
  unreadable.map(({ what, why }) => `<b>${plain(what)}</b>: ${plain(why)}`),
)}
${list('What nothing can prove', [...new Set(jobs.flatMap(({ proof }) => proof?.notProven ?? []))].map(plain))}
</main>
<footer>
<h2>How to check this record</h2>
<p>The hash is the SHA-256 of evidence.json without the field sha256, as canonical JSON:</p>
<pre>${plain(HASH_RECIPE)}</pre>
<p class="hash">${plain(record.sha256)}</p>
</footer>`
}

function facts({ account, region, caller, startedAt, endedAt, scope, toolVersion }: EvidenceData): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Account', account],
    ['Region', region],
    ['Asked by', caller],
    ['Asked', `${startedAt} to ${endedAt}`],
    ['Scope', scopeInWords(scope)],
    ['Tool', `labeling-job ${toolVersion}`],
  ]
  return `<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${plain(value)}</dd></div>`).join('')}</dl>`
}

function totals({ totals: all, scope }: EvidenceData): string {
  const shown: readonly (readonly [string, string])[] = [
    ['jobs', 'jobs'],
    ...(scope.objects === 'all' ? ([['jobsProven', 'jobs proven']] as const) : []),
    ['errors', 'errors'],
    ['warnings', 'warnings'],
    ['jobsUnreadable', 'jobs unreadable'],
    ...(scope.objects === 'all'
      ? ([
          ['objects', 'objects'],
          ['objectsUnderExpectedKey', 'under the expected key'],
          ['volumes', 'volumes'],
        ] as const)
      : []),
  ]
  const tile = ([field, name]: readonly [string, string]) =>
    `<li><b>${withCommas(all[field] ?? 0)}</b> ${name}</li>`
  return `<ul class="totals">${shown.map(tile).join('')}</ul>`
}

function jobRow(each: EvidenceJob): string {
  const { job, proof } = each
  const standing = standingOfJob(each)
  const cell = (label: string, content: string, kind = '') =>
    `<td data-label="${label}"${kind && ` class="${kind}"`}>${content}</td>`
  return `<tr class="${standing}">${[
    cell(
      'Job',
      `<b>${plain(job.name)}</b><small>${job.kind === 'job' ? `${job.status}${job.createdAt ? `, ${job.createdAt.toISOString().slice(0, 10)}` : ''}` : ''}</small>`,
    ),
    cell('Standing', `<span class="badge">${standing}</span>`),
    cell('Declared keys', declaredKeys(job)),
    cell('Objects as expected', objectsOf(proof), 'number'),
    cell('Findings', findingsOf(each)),
  ].join('')}</tr>`
}

function declaredKeys(job: EvidenceJob['job']): string {
  if (job.kind === 'unreadable') return ''
  const { output, volume } = job.keys
  return [
    `<small>output</small> <code>${plain(output?.given ?? 'no key')}</code>`,
    ...(job.autoLabeling ? [`<small>volume</small> <code>${plain(volume?.given ?? 'no key')}</code>`] : []),
  ].join('<br>')
}

function objectsOf(proof: EvidenceJob['proof']): string {
  if (proof === undefined) return 'not looked at'
  const count = (standing?: string) =>
    proof.objects
      .filter((row) => standing === undefined || row.standing === standing)
      .reduce((sum, row) => sum + row.count, 0)
  return `${withCommas(count('expected'))} of ${withCommas(count())}`
}

function findingsOf({ job, proof }: EvidenceJob): string {
  if (job.kind === 'unreadable') return `<p>${plain(job.error.message)}</p>`
  const { exceptions = [] } = proof ?? {}
  const more = exceptions.length - NAMED
  const found = job.findings.map(
    ({ severity, code, what, why, fix }) =>
      `<p class="${severity}"><code>${plain(code)}</code> ${plain(what)}: ${plain(why)}. <i>${plain(fix)}.</i></p>`,
  )
  const named = exceptions
    .slice(0, NAMED)
    .map(({ uri, standing }) => `<li><code>${plain(uri)}</code> ${STANDING_WORDS[standing]}</li>`)
  return `${found.join('') || '<small>none</small>'}${named.length === 0 ? '' : `<ul>${named.join('')}${more > 0 ? `<li>and ${withCommas(more)} more in evidence.json</li>` : ''}</ul>`}`
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0
    ? ''
    : `<section><h2>${title}</h2><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul></section>`
}
