/** What stands between marks in a text, and the text without it. */
export interface Marked {
  readonly inside: readonly string[]
  readonly outside: string
}

/**
 * Finds what stands between two marks. A mark that is opened and not closed is left as it is, and so is all that comes
 * after it: a pattern would look for its end anew from each place, and take a second for 100 kB of opened marks.
 *
 * @param open Patterns with the flag `g`, as `close`.
 */
export function findMarked(text: string, open: RegExp, close: RegExp): Marked {
  const inside: string[] = []
  let outside = ''
  let place = 0
  for (;;) {
    open.lastIndex = place
    const start = open.exec(text)
    if (start === null) break
    close.lastIndex = open.lastIndex
    const end = close.exec(text)
    if (end === null) break
    inside.push(text.slice(open.lastIndex, end.index))
    outside += text.slice(place, start.index)
    place = close.lastIndex
  }
  return { inside, outside: outside + text.slice(place) }
}
