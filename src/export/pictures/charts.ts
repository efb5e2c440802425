import { withCommas } from '../../errors/printable.js'
import { givenNo } from '../../errors/refused-call.js'
import type { Collected } from '../../manifests/overview/collect.js'
import { isMany } from '../../manifests/read/is-many.js'
import { shortened } from './cells.js'
import { type Picture, pictureOf } from './picture.js'
import { element, type Svg } from './svg.js'

/**
 * Draws what `collect()` counted: objects by what became of them, how often each class was given, and a histogram of
 * confidences. Numbers are written at the bars.
 *
 * @throws LabelingJobError `refused-call` for what `collect()` did not give.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles([{ path: 'charts.svg', content: String(charts(await collect(labels))) }], 'pictures')
 */
export function charts(collected: Collected): Picture {
  if (isMany(collected))
    throw givenNo('charts', 'counts of labels: give what collect() gives, await collect(labels)', collected)
  if (!(collected?.classes instanceof Map) || !Array.isArray(collected.confidence))
    throw givenNo('charts', 'counts of labels: give what collect() gives', collected)
  const content: Svg[] = []
  let top = 8
  for (const draw of [drawStatus, drawClasses, drawConfidence]) {
    const block = draw(collected, top)
    content.push(...block.content)
    top += block.height
  }
  return pictureOf({ title: titleOf(collected), width: WIDTH, height: top + 4, content })
}

const WIDTH = 640
const LEFT = 168
const RIGHT = 72
const BAR = 18
const ROW = 24
const INK = '#1f2933'
const QUIET = '#4a5563'
const BLUE = '#1f5fbf'
const MOST_CLASSES = 20

interface Chart {
  readonly height: number
  readonly content: readonly Svg[]
}

function titleOf({ objects, labeled, failed, classes }: Collected): string {
  const [most] = classes
  const frequent =
    most === undefined ? '' : `; the most frequent class is ${most[0]}, ${withCommas(most[1])} times`
  return `Of ${withCommas(objects)} objects ${withCommas(labeled)} are labeled and ${withCommas(failed)} failed${frequent}`
}

function drawStatus(
  { human, machine, labeled, failed, unlabeled, unreadable }: Collected,
  top: number,
): Chart {
  const rows = [
    { name: 'labeled by people', count: human, color: BLUE },
    { name: 'labeled by machine', count: machine, color: '#0f7080' },
    { name: 'labeled, not said by whom', count: labeled - human - machine, color: '#4d5a70' },
    { name: 'failed', count: failed, color: '#b02a2a' },
    { name: 'not labeled', count: unlabeled, color: '#8a94a0' },
    { name: 'unreadable lines', count: unreadable, color: '#846000' },
  ]
  return drawBars(
    'Objects',
    rows.filter(({ count }) => count > 0),
    top,
    'There are no objects',
  )
}

function drawClasses({ classes }: Collected, top: number): Chart {
  const all = [...classes].map(([name, count]) => ({ name, count, color: BLUE }))
  const rest = all.slice(MOST_CLASSES)
  const others = {
    name: `${rest.length} other classes`,
    count: rest.reduce((sum, { count }) => sum + count, 0),
  }
  const rows = [
    ...all.slice(0, MOST_CLASSES),
    ...(rest.length === 0 ? [] : [{ ...others, color: '#8a94a0' }]),
  ]
  return drawBars('Classes', rows, top, 'No class was given')
}

interface Bar {
  readonly name: string
  readonly count: number
  readonly color: string
}

function drawBars(title: string, rows: readonly Bar[], top: number, none: string): Chart {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  const content: Svg[] = [heading(title, top)]
  if (rows.length === 0) content.push(remark(none, top))
  for (const [index, { name, count, color }] of rows.entries()) {
    const y = top + 34 + index * ROW
    const width = Math.max((count / most) * (WIDTH - LEFT - RIGHT), 1.5)
    const share = total === 0 ? 0 : Math.round((count / total) * 100)
    content.push(
      element(
        'g',
        {},
        element('title', {}, `${name}: ${withCommas(count)} (${share} %)`),
        element(
          'text',
          { x: LEFT - 8, y: y + 13, 'font-size': 12, 'text-anchor': 'end', fill: INK },
          shortened(name, 24),
        ),
        element('rect', { x: LEFT, y, width, height: BAR, rx: 2, fill: color }),
        element('text', { x: LEFT + width + 6, y: y + 13, 'font-size': 12, fill: INK }, withCommas(count)),
      ),
    )
  }
  return { height: 34 + Math.max(rows.length, 1) * ROW + 18, content }
}

const HISTOGRAM = 120

function drawConfidence({ confidence }: Collected, top: number): Chart {
  const most = Math.max(...confidence, 0)
  const content: Svg[] = [heading('Confidence', top)]
  if (most === 0) {
    content.push(
      remark('No confidence is known: Ground Truth has none where one worker labels each object', top),
    )
    return { height: 70, content }
  }
  const step = (WIDTH - 32) / confidence.length
  const ground = top + 48 + HISTOGRAM
  for (const [index, count] of confidence.entries()) {
    const height = (count / most) * HISTOGRAM
    const x = 16 + index * step
    const range = `${index / 10} to ${(index + 1) / 10}`
    content.push(
      element(
        'g',
        {},
        element('title', {}, `${range}: ${withCommas(count)}`),
        element('rect', { x: x + 1.5, y: ground - height, width: step - 3, height, rx: 2, fill: BLUE }),
        ...(count === 0
          ? []
          : [
              element(
                'text',
                {
                  x: x + step / 2,
                  y: ground - height - 5,
                  'font-size': 11,
                  'text-anchor': 'middle',
                  fill: INK,
                },
                withCommas(count),
              ),
            ]),
      ),
    )
  }
  content.push(
    element('line', { x1: 16, y1: ground, x2: WIDTH - 16, y2: ground, stroke: '#8a94a0', 'stroke-width': 1 }),
  )
  for (let tick = 0; tick <= confidence.length; tick += 1) {
    const anchor = tick === 0 ? 'start' : tick === confidence.length ? 'end' : 'middle'
    const at = { x: 16 + tick * step, y: ground + 15, 'font-size': 11, 'text-anchor': anchor, fill: QUIET }
    content.push(element('text', at, String(tick / 10)))
  }
  return { height: 48 + HISTOGRAM + 28, content }
}

function heading(text: string, top: number): Svg {
  return element('text', { x: 16, y: top + 20, 'font-size': 14, 'font-weight': 600, fill: INK }, text)
}

function remark(text: string, top: number): Svg {
  return element('text', { x: 16, y: top + 48, 'font-size': 12, fill: QUIET }, text)
}
