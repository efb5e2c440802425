import { joinBytes } from './join-bytes.js'
import { lineUnreadable } from './line-unreadable.js'
import { refuseOtherPart } from './source.js'

/** A line of text, or `undefined` for one that is not UTF-8. */
export type TextLine = string | undefined

const NEWLINE = 10
const PIECE = 1 << 20
/** Output lines are input lines (at most 100,000 characters) and labels; what is longer is no manifest. */
const LONGEST_LINE = 1 << 26

/**
 * Splits a source into lines, a batch for each piece that comes. Lines are cut as bytes, where a line break is
 * never part of a character, and decoded afterwards: no character can break at the border of two pieces.
 *
 * @throws LabelingJobError `line-unreadable` for a line longer than 64 MiB.
 */
export async function* splitLines(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<readonly TextLine[], void> {
  const pending = new PendingBytes()
  const toBytes = makeEncoder()
  let lines = 0
  for await (const chunk of source) {
    refuseOtherPart(chunk)
    // Nothing between two halves of a character does not part them.
    if (chunk.length === 0) continue
    const bytes = toBytes(chunk)
    // A whole file may come as one piece, and no string can be as long as a large file.
    for (let start = 0; start < bytes.length; start += PIECE) {
      const piece = bytes.subarray(start, start + PIECE)
      const end = piece.lastIndexOf(NEWLINE) + 1
      if (end > 0) {
        const batch = decodeLines(pending.joinedWith(piece.subarray(0, end - 1)))
        lines += batch.length
        yield batch
      }
      pending.add(piece.subarray(end))
      if (pending.length > LONGEST_LINE) {
        throw lineUnreadable(
          lines + 1,
          'it is longer than 64 MiB',
          'Check that the file is a manifest, with one JSON object on each line',
        )
      }
    }
  }
  pending.add(toBytes(''))
  if (pending.length > 0) yield decodeLines(pending.joinedWith(new Uint8Array()))
}

const OPENING_BRACE = 123

/** Tells whether a line has nothing on it. */
export function isBlank(text: string): boolean {
  return text.charCodeAt(0) !== OPENING_BRACE && text.trim() === ''
}

/** The start of a line whose end has not come yet. */
class PendingBytes {
  #pieces: Uint8Array[] = []
  length = 0

  /** Keeps a copy: streams may use their buffer again. */
  add(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.#pieces.push(new Uint8Array(piece))
    this.length += piece.length
  }

  joinedWith(last: Uint8Array): Uint8Array {
    if (this.length === 0) return last
    const whole = joinBytes([...this.#pieces, last])
    this.#pieces = []
    this.length = 0
    return whole
  }
}

/** Makes a function that encodes text; half a surrogate pair waits for its other half, the empty text ends it. */
function makeEncoder(): (chunk: Uint8Array | string) => Uint8Array {
  const encoder = new TextEncoder()
  let half = ''
  return (chunk) => {
    if (typeof chunk !== 'string' && half === '') return chunk
    if (typeof chunk !== 'string') {
      const lone = encoder.encode(half)
      half = ''
      return joinBytes([lone, chunk])
    }
    const text = half + chunk
    half = chunk !== '' && /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : ''
    return encoder.encode(half === '' ? text : text.slice(0, -1))
  }
}

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeLines(bytes: Uint8Array): readonly TextLine[] {
  try {
    return decoder.decode(bytes).split('\n')
  } catch {
    return eachLine(bytes).map(decodeLine)
  }
}

function decodeLine(bytes: Uint8Array): TextLine {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function eachLine(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  lines.push(bytes.subarray(start))
  return lines
}
