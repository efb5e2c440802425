import { withCommas } from '../../errors/printable.js'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../../json/character-codes.js'
import type { FramePlace } from './parse-frame.js'
import { isFrameList } from './read-sequence.js'
import { sequenceUnreadable } from './sequence-unreadable.js'

/** The text of one frame of a file, and where it stands. */
export interface FrameText extends FramePlace {
  /** `undefined` for what stands in the place of a list of frames and is none. */
  readonly text: string | undefined
}

/** Cuts the text of a label file into its frames as it comes, so that no more than one has to be held. */
export interface FrameSplitter {
  /**
   * Takes the next part of the text, and gives the frames that end in it.
   *
   * @throws LabelingJobError `line-unreadable` for what is no JSON object, and for a value that is too long.
   */
  push(part: string): readonly FrameText[]
  /**
   * Says that the text is at its end.
   *
   * @throws LabelingJobError `line-unreadable` when it ends in the middle.
   */
  end(): void
}

/** A value whose end has not come yet. */
interface OpenValue {
  /** Where it begins in the part at hand. */
  start: number
  depth: number
  isInString: boolean
  isEscaped: boolean
  /** What it has in the parts before. */
  readonly pieces: string[]
  length: number
}

/** What may come next in an object or a list: its end is allowed at first and after a value. */
type Next = 'first' | 'key' | 'colon' | 'value' | 'after'

/**
 * Starts to cut a file: lists of frames stand at its top, or below each sensor.
 *
 * @param longest The most characters of a value. Default: 64 Mi, what a line of a manifest may have as well.
 */
export function makeFrameSplitter(longest = 1 << 26): FrameSplitter {
  let text = ''
  let at = 0
  let next: Next = 'first'
  /** The objects that are open: none before the file has begun, then its own, then that of a sensor. */
  const open: string[] = []
  let list: (FramePlace & { next: number }) | undefined
  let key: string | undefined
  let canHaveMark = true
  let isEnded = false
  let value: OpenValue | undefined
  let found: FrameText[] = []

  /** Goes on through a value; gives its text once its end is there. */
  function scanValue(scan: OpenValue): string | undefined {
    // Measured: looking at each character takes a third of the time of looking for the next one that matters.
    for (; at < text.length; at += 1) {
      const character = text.charCodeAt(at)
      if (scan.isInString) {
        if (scan.isEscaped) scan.isEscaped = false
        else if (character === BACKSLASH) scan.isEscaped = true
        else if (character === QUOTE) {
          scan.isInString = false
          if (scan.depth === 0) return wholeOf(scan, ++at)
        }
      } else if (character === QUOTE) scan.isInString = true
      else if (character === OPEN_BRACE || character === OPEN_BRACKET) scan.depth += 1
      else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) {
        if (scan.depth === 0) return wholeOf(scan, at)
        scan.depth -= 1
        if (scan.depth === 0) return wholeOf(scan, ++at)
      } else if (scan.depth === 0 && ENDS_SCALAR.has(character)) return wholeOf(scan, at)
    }
    const piece = text.slice(scan.start)
    scan.pieces.push(piece)
    scan.length += piece.length
    if (scan.length > longest)
      throw sequenceUnreadable(`a value of it is longer than ${withCommas(longest)} characters`)
    return undefined
  }

  function wholeOf({ pieces, start }: OpenValue, end: number): string {
    const last = text.slice(start, end)
    return pieces.length === 0 ? last : [...pieces, last].join('')
  }

  /** Takes what stands between values; `false` when there is nothing more. */
  function step(): boolean {
    BLANK.lastIndex = at
    at = BLANK.exec(text) === null ? at : BLANK.lastIndex
    const character = text[at]
    if (character === undefined) return false
    if (open.length === 0) begin(character)
    else if (next === 'colon') pass(character === ':', 'value')
    else if (next === 'after' && character === ',') pass(true, list === undefined ? 'key' : 'value')
    else if (next === 'after' || next === 'first') {
      if (character === (list === undefined ? '}' : ']')) leave()
      else if (next === 'after') throw sequenceUnreadable(NOT_JSON)
      else openValue(character)
    } else openValue(character)
    return true
  }

  function pass(isRight: boolean, then: Next): void {
    if (!isRight) throw sequenceUnreadable(NOT_JSON)
    next = then
    at += 1
  }

  /** Begins the file. */
  function begin(character: string): void {
    if (isEnded) throw sequenceUnreadable(NOT_JSON)
    if (character === BYTE_ORDER_MARK && canHaveMark) at += 1
    else if (character === '{') enter('')
    else throw sequenceUnreadable('it is no JSON object')
    canHaveMark = false
  }

  /** Begins a key or a value. */
  function openValue(character: string): void {
    if (list === undefined && key === undefined && character !== '"') throw sequenceUnreadable(NOT_JSON)
    const name = list === undefined ? key : undefined
    if (name !== undefined && character === '[' && isFrameList(name)) {
      list = { ...placeOf(name), next: 0 }
      next = 'first'
      at += 1
    } else if (name !== undefined && character === '{' && open.length === 1 && !isFrameList(name)) enter(name)
    else value = { start: at, depth: 0, isInString: false, isEscaped: false, pieces: [], length: 0 }
  }

  function placeOf(name: string): FramePlace {
    const sensor = open.length > 1 ? open.at(-1) : undefined
    return { path: sensor === undefined ? name : `${sensor}.${name}`, sensor }
  }

  function enter(name: string): void {
    open.push(name)
    key = undefined
    next = 'first'
    at += 1
  }

  function leave(): void {
    at += 1
    key = undefined
    next = 'after'
    if (list !== undefined) list = undefined
    else {
      open.pop()
      isEnded = open.length === 0
    }
  }

  function take(whole: string): void {
    value = undefined
    next = 'after'
    if (list !== undefined) {
      if (whole === '') throw sequenceUnreadable(NOT_JSON)
      found.push({ path: `${list.path}[${list.next}]`, sensor: list.sensor, text: whole })
      list.next += 1
    } else if (key === undefined) {
      key = parse(whole) as string
      next = 'colon'
    } else {
      parse(whole)
      if (isFrameList(key)) found.push({ ...placeOf(key), text: undefined })
      key = undefined
    }
  }

  return {
    push(part) {
      text = part
      at = 0
      if (value !== undefined) value.start = 0
      found = []
      for (;;) {
        const whole = value === undefined ? undefined : scanValue(value)
        if (whole !== undefined) take(whole)
        else if (value !== undefined || !step()) break
      }
      return found
    },
    end() {
      if (!isEnded) throw sequenceUnreadable(open.length === 0 ? 'it is empty' : 'it ends in the middle')
    },
  }
}

const NOT_JSON = 'it is not JSON'
const BYTE_ORDER_MARK = '\uFEFF'
const BLANK = /[ \t\r\n]*/y
const ENDS_SCALAR = new Set([...',: \t\r\n'].map((character) => character.charCodeAt(0)))

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw sequenceUnreadable(NOT_JSON)
  }
}
