import { cellsOf, shortened } from './cells.js'
import { element, type Svg } from './svg.js'

/** What a color stands for, and how often it is there. */
export interface LegendEntry {
  readonly name: string
  readonly color: string
  /** `undefined` where counting means nothing. */
  readonly count: number | undefined
}

/** Part of a drawing that is put below another. */
export interface Block {
  readonly height: number
  readonly content: readonly Svg[]
}

/** About how wide a column of text is, at 12 pixels. */
export const CELL = 7

const LINE = 22
const MOST_CELLS = 40
const MOST_ENTRIES = 40

/** Draws a legend as wide as what stands above it, in as many lines as it needs. */
export function drawLegend(entries: readonly LegendEntry[], top: number, width: number): Block {
  const content: Svg[] = []
  let left = 12
  let line = 0
  const more = entries.length - MOST_ENTRIES
  const shown = entries.slice(0, MOST_ENTRIES).map((entry) => ({ ...entry, text: textOf(entry) }))
  const all = more > 0 ? [...shown, { color: '#ffffff', text: `and ${more} more` }] : shown
  for (const { color, text } of all) {
    const needed = 18 + lengthOf(text) + 16
    if (left > 12 && left + needed > width) {
      left = 12
      line += 1
    }
    const y = top + 10 + line * LINE
    content.push(
      element('rect', {
        x: left,
        y: y,
        width: 12,
        height: 12,
        rx: 2,
        fill: color,
        stroke: '#6b7684',
        'stroke-width': 0.5,
      }),
      element('text', { x: left + 18, y: y + 10.5, 'font-size': 12, fill: '#1f2933' }, text),
    )
    left += needed
  }
  return { height: all.length === 0 ? 0 : (line + 1) * LINE + 10, content }
}

/** Letters differ in width; too much is better than too little, which would run into the next entry. */
function lengthOf(text: string): number {
  let length = 0
  for (const character of text) length += cellsOf(character) * (/[\p{Lu}mw@%]/u.test(character) ? 9.6 : CELL)
  return length
}

function textOf({ name, count }: LegendEntry): string {
  const short = shortened(name, MOST_CELLS)
  return count === undefined ? short : `${short} × ${count}`
}

/** Draws the line below a picture that says what it is of. */
export function drawCaption(text: string, top: number, width: number): Block {
  const short = shortened(text, Math.floor((width - 24) / 6.2))
  return {
    height: 26,
    content: [element('text', { x: 12, y: top + 17, 'font-size': 11, fill: '#4a5563' }, short)],
  }
}
