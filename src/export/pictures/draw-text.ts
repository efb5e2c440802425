import type { Entity } from '../../manifests/read/label-contents.js'
import { cellsOf, widthOf } from './cells.js'
import type { Block } from './legend.js'
import { element, type Svg } from './svg.js'

const CELL = 7.8
const LINE = 34
const MARGIN = 16
const MOST_LINES = 40

/** A piece of text on one line, with the span it is part of. */
interface Piece {
  readonly text: string
  readonly entity: Entity | undefined
  /** Whether the span begins here. */
  readonly isFirst: boolean
}

/** Draws a text with its spans on colored ground, each with the name of its class above. */
export function drawText(
  text: string,
  entities: readonly Entity[],
  colorOf: (className: string) => string,
  width: number,
): Block {
  const columns = Math.floor((width - MARGIN * 2) / CELL)
  const lines = linesOf(piecesOf(text, entities), columns)
  const shown = lines.slice(0, MOST_LINES)
  const content = shown.flatMap((line, index) => drawLine(line, MARGIN + index * LINE, colorOf))
  const more = lines.length - shown.length
  if (more > 0) {
    const y = MARGIN + shown.length * LINE + 16
    content.push(
      element('text', { x: MARGIN, y, 'font-size': 12, fill: '#4a5563' }, `and ${more} more lines`),
    )
  }
  return { height: MARGIN * 2 + (shown.length + (more > 0 ? 1 : 0)) * LINE, content }
}

/** Cuts a text where spans begin and end; of spans that overlap, the one that begins later is on top. */
function piecesOf(text: string, entities: readonly Entity[]): readonly Piece[] {
  const points = Array.from(text)
  const ends = entities.flatMap(({ start, end }) => [start, end])
  const cuts = [...new Set([0, points.length, ...ends])]
    .filter((at) => at >= 0 && at <= points.length)
    .sort((one, other) => one - other)
  return cuts.slice(0, -1).map((from, index) => {
    const entity = entities.findLast(({ start, end }) => start <= from && from < end)
    return { text: points.slice(from, cuts[index + 1]).join(''), entity, isFirst: entity?.start === from }
  })
}

/** Breaks pieces into lines: at line breaks, after spaces where there are some, else where the line is full. */
function linesOf(pieces: readonly Piece[], columns: number): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]]
  let used = 0
  for (const { text, entity, isFirst } of pieces) {
    let isNew = isFirst
    const place = (word: string) => {
      lines.at(-1)?.push({ text: word, entity, isFirst: isNew })
      used += widthOf(word)
      isNew = false
    }
    const startLine = () => {
      lines.push([])
      used = 0
    }
    for (const word of text.match(/\r\n|[\n\r]|[^\s]+[^\S\n\r]*|[^\S\n\r]+/g) ?? []) {
      if (/[\n\r]/.test(word)) {
        startLine()
        continue
      }
      const letters = word.trimEnd()
      if (used > 0 && used + widthOf(letters) > columns) startLine()
      let part = ''
      for (const character of letters) {
        if (part !== '' && used + widthOf(part) + cellsOf(character) > columns) {
          place(part)
          startLine()
          part = ''
        }
        part += character
      }
      // Spaces at the end of a full line are not seen.
      place(part + word.slice(letters.length, letters.length + Math.max(columns - used - widthOf(part), 0)))
    }
  }
  return lines
}

function drawLine(
  pieces: readonly Piece[],
  top: number,
  colorOf: (className: string) => string,
): readonly Svg[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last !== undefined && last.entity === piece.entity && !piece.isFirst)
      joined[joined.length - 1] = { ...last, text: last.text + piece.text }
    else joined.push(piece)
  }
  let x = MARGIN
  return joined.flatMap(({ text, entity, isFirst }) => {
    const shown = entity === undefined ? text : text.trimEnd() || text
    const width = widthOf(shown) * CELL
    const left = x
    x += widthOf(text) * CELL
    const letters = element(
      'text',
      {
        x: left,
        y: top + 26,
        'font-size': 13,
        'font-family': 'ui-monospace, Menlo, Consolas, monospace',
        fill: '#1f2933',
        'xml:space': 'preserve',
        ...(width > 0 && { textLength: width, lengthAdjust: 'spacingAndGlyphs' }),
      },
      shown,
    )
    if (entity === undefined || width === 0) return [letters]
    const color = colorOf(entity.className)
    const ground = { x: left, y: top + 12, width, height: 19, rx: 3, fill: color, 'fill-opacity': 0.16 }
    const line = { x: left, y: top + 29, width, height: 2, fill: color }
    const name = element(
      'text',
      { x: left, y: top + 9, 'font-size': 9, 'font-weight': 600, fill: color },
      entity.className,
    )
    return [element('rect', ground), element('rect', line), ...(isFirst ? [name] : []), letters]
  })
}
