import { printable, withCommas } from '../../errors/printable.js'
import { escapeHtml } from '../../show/html.js'
import type { ObjectCount } from '../proof/proof.js'
import { STANDING_WORDS } from '../proof/show-proof.js'
import { countObjects } from './count-totals.js'
import type { EvidenceData } from './evidence-record.js'

const WIDTH = 1_000
const HEIGHT = 28
// A sliver that cannot be seen would hide a single stray object among a million.
const LEAST = 6

/** Draws the objects of a record by key as one bar, with a table that says the same in figures. */
export function objectsBar({ jobs, scope }: Pick<EvidenceData, 'jobs' | 'scope'>): string {
  if (scope.objects !== 'all') return ''
  const counts = [...countObjects(jobs)].sort((one, other) => RANK[one.standing] - RANK[other.standing])
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return '<section><h2>Objects by key</h2><p>There are no objects.</p></section>'
  const widths = widthsOf(counts.map(({ count }) => count))
  let x = 0
  const parts = counts.map(({ standing }, index) => {
    const width = widths[index] as number
    const part = `<rect class="${standing}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="${HEIGHT}"/>`
    x += width
    return part
  })
  const said = counts.map((row) => `${withCommas(row.count)} ${STANDING_WORDS[row.standing]}`).join(', ')
  return `<section>
<h2>Objects by key</h2>
<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(said)}">${parts.join('')}</svg>
<table class="keys">
<thead><tr><th></th><th>Standing</th><th>Key</th><th class="number">Objects</th><th class="number">Bytes</th></tr></thead>
<tbody>
${counts.map((row) => keyRow(row)).join('\n')}
</tbody>
</table>
</section>`
}

const RANK: Readonly<Record<ObjectCount['standing'], number>> = {
  expected: 0,
  'another-key': 1,
  'aws-key': 2,
  'not-kms': 3,
  unreadable: 4,
}

/** Shares the width out: every part can be seen, and all together fill it. */
function widthsOf(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const wanted = counts.map((count) => Math.max(LEAST, (WIDTH * count) / total))
  const sum = wanted.reduce((all, width) => all + width, 0)
  return wanted.map((width) => (width * WIDTH) / sum)
}

function keyRow({ standing, keyArn, count, bytes }: ObjectCount): string {
  const key = keyArn === undefined ? '' : `<code>${escapeHtml(printable(keyArn))}</code>`
  return `<tr><td><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="${standing}" width="10" height="10"/></svg></td><td data-label="Standing">${STANDING_WORDS[standing]}</td><td data-label="Key">${key}</td><td data-label="Objects" class="number">${withCommas(count)}</td><td data-label="Bytes" class="number">${withCommas(bytes)}</td></tr>`
}
