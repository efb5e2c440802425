import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.js'

/** A pattern as a row of character codes and the three marks below. */
export type Glob = readonly number[]

/** Stands for `*`: any run of characters. */
export const ANY_RUN = -1
/** Stands for `?`: exactly one character. */
export const ANY_ONE = -2
/** Stands for text that is not known; matches like `*`, but never with certainty. */
export const NOT_KNOWN = -3

/** Reads `*` and `?` in a text as wildcards. */
export function globOf(text: string): Glob {
  const glob: number[] = []
  appendGlob(glob, text)
  return glob
}

/** Adds a text to a pattern, its `*` and `?` as wildcards. */
export function appendGlob(glob: number[], text: string): void {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    glob.push(code === 42 ? ANY_RUN : code === 63 ? ANY_ONE : code)
  }
}

/** Adds a text to a pattern, every character standing for itself. */
export function appendLiteral(glob: number[], text: string): void {
  for (let index = 0; index < text.length; index++) glob.push(text.charCodeAt(index))
}

/**
 * Tells whether a pattern covers the whole text. Only the last run is ever widened again, so the work is at most
 * pattern length times text length, whatever the pattern.
 */
export function matchesGlob(glob: Glob, text: string): boolean {
  let inGlob = 0
  let inText = 0
  let lastRun = -1
  let runEnd = 0
  while (inText < text.length) {
    const mark = glob[inGlob]
    if (mark === ANY_RUN || mark === NOT_KNOWN) {
      lastRun = inGlob++
      runEnd = inText
    } else if (mark === ANY_ONE || mark === text.charCodeAt(inText)) {
      inGlob++
      inText++
    } else if (lastRun >= 0) {
      inGlob = lastRun + 1
      inText = ++runEnd
    } else {
      return false
    }
  }
  while (inGlob < glob.length && (glob[inGlob] === ANY_RUN || glob[inGlob] === NOT_KNOWN)) inGlob++
  return inGlob === glob.length
}

/** Tells whether a pattern covers any text: it is made of `*` alone. */
export function matchesEverything(glob: Glob): boolean {
  return glob.length > 0 && glob.every((mark) => mark === ANY_RUN)
}

/**
 * Tells of a text, of which only the beginning is known and that goes on after it, whether a pattern covers it. What comes
 * may be known to hold some word.
 */
export function matchPrefix(glob: Glob, prefix: string, word = ''): Truth {
  let places = spread(glob, new Set([0]))
  for (let index = 0; index < prefix.length; index++) {
    const code = prefix.charCodeAt(index)
    const next = new Set<number>()
    for (const place of places) {
      const mark = glob[place]
      if (mark === ANY_RUN || mark === NOT_KNOWN) next.add(place)
      else if (mark === ANY_ONE || mark === code) next.add(place + 1)
    }
    places = spread(glob, next)
  }
  places.delete(glob.length)
  if (places.size === 0) return FALSE
  for (const place of places) {
    const rest = glob.slice(place)
    if (coversEveryRest(rest) || (word !== '' && coversEveryRestWith(rest, word))) return TRUE
  }
  return UNKNOWN
}

function spread(glob: Glob, places: Set<number>): Set<number> {
  for (const place of places) {
    if (glob[place] === ANY_RUN || glob[place] === NOT_KNOWN) places.add(place + 1)
  }
  return places
}

/** What stands before and after the word is taken in by the runs at both ends. */
function coversEveryRestWith(rest: Glob, word: string): boolean {
  return (
    rest[0] === ANY_RUN && rest.at(-1) === ANY_RUN && !rest.includes(NOT_KNOWN) && matchesGlob(rest, word)
  )
}

function coversEveryRest(rest: Glob): boolean {
  return (
    rest.includes(ANY_RUN) &&
    rest.every((mark) => mark === ANY_RUN || mark === ANY_ONE) &&
    rest.filter((mark) => mark === ANY_ONE).length <= 1
  )
}
