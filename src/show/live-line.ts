import { printable } from '../errors/printable.js'

/** Where lines are written: `process.stderr`, or whatever takes text. */
export interface LineStream {
  write(text: string): unknown
  /** Whether it is a terminal, on which a line can be written anew. */
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** A line as it is now. */
export interface LineState {
  readonly text: string
  /** What must be another for the line to be worth a new one where it cannot be written anew. */
  readonly change: string
  /** Whether it says the end, which is never left out. */
  readonly isLast: boolean
  /** Whether it comes as fast as calls are answered, so that some of it may be left out. */
  readonly isFast: boolean
}

/** A place for a line. */
interface Place {
  readonly pause: number
  readonly isLog?: true
  write(line: string, isNew: boolean): unknown
}

/**
 * Shows what becomes of a line: one that is written anew on a terminal and in Deno's notebooks, a new one at each change
 * elsewhere. What comes faster than it can be read is left out. What cannot be shown ends nothing.
 */
export function makeLiveLine(stream?: LineStream): (state: LineState) => Promise<void> {
  const place = placeOf(stream)
  let shownAt = Number.NEGATIVE_INFINITY
  let change: string | undefined
  let isNew = true
  return async (state) => {
    const now = Date.now()
    const isHasty = state.isFast && !state.isLast && Math.abs(now - shownAt) < (place?.pause ?? 0)
    if (place === undefined || isHasty || (place.isLog && state.change === change)) return
    shownAt = now
    change = state.change
    try {
      await place.write(printable(state.text), isNew)
    } catch {}
    isNew = state.isLast
  }
}

function placeOf(stream: LineStream | undefined): Place | undefined {
  const display = stream === undefined ? displayOfDeno() : undefined
  if (display !== undefined) return inNotebook(display)
  const target: LineStream | undefined = stream ?? globalThis.process?.stderr
  if (target === undefined) return undefined
  const { CI, TERM } = globalThis.process?.env ?? {}
  const isLive = target.isTTY === true && CI === undefined && TERM !== 'dumb'
  return isLive
    ? onTerminal(target)
    : { pause: 5_000, isLog: true, write: (line) => target.write(`${line}\n`) }
}

/**
 * The line ends as every line does, and the next one goes back over it: whatever ends the program, an error or a key,
 * leaves a terminal that is in order. It does not go back over what somebody else has written.
 */
function onTerminal(stream: LineStream): Place {
  let written: number | undefined
  return {
    pause: 100,
    write(line, isNew) {
      const isOurs = !isNew && written === bytesWritten(stream)
      stream.write(`${isOurs ? '\u001b[1A\u001b[2K\r' : ''}${cut(line, (stream.columns || 80) - 1)}\n`)
      written = bytesWritten(stream)
    },
  }
}

/** Everything that was written to the terminal, as far as streams tell. */
function bytesWritten(stream: LineStream): number {
  const { stdout, stderr } = globalThis.process ?? {}
  return [...new Set<unknown>([stream, stdout, stderr])].reduce((sum: number, each) => {
    const { bytesWritten: bytes } = (each ?? {}) as { readonly bytesWritten?: number }
    return sum + (bytes ?? 0)
  }, 0)
}

// East Asian letters and emoji take two columns.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3fffd}]/u

function cut(line: string, columns: number): string {
  let width = 0
  let kept = ''
  for (const character of line) {
    width += WIDE.test(character) ? 2 : 1
    if (width > columns) return `${[...kept].slice(0, -1).join('')}…`
    kept += character
  }
  return line
}

type Display = (data: object, options: object) => Promise<unknown>

/** What shows things in a notebook of Deno; asking for it anywhere else throws. */
function displayOfDeno(): Display | undefined {
  try {
    const { Deno } = globalThis as { readonly Deno?: { readonly jupyter?: { readonly display?: Display } } }
    return Deno?.jupyter?.display
  } catch {
    return undefined
  }
}

let shownLines = 0

function inNotebook(display: Display): Place {
  let id = ''
  return {
    pause: 250,
    async write(line, isNew) {
      if (isNew) id = `labeling-job-${Date.now()}-${shownLines++}`
      await display({ 'text/plain': line }, { raw: true, display_id: id, update: !isNew })
    },
  }
}
