import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './character-codes.js'

/**
 * Tells whether a text of JSON has values inside each other more than a thousand levels deep. A parser takes them;
 * writing them again, or walking through them, ends a program at a depth that depends on where it stands.
 */
export function isTooDeep(text: string): boolean {
  if (text.length < 2 * DEEPEST || !hasMany(text)) return false
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (isInString) {
      if (character === BACKSLASH) at += 1
      else if (character === QUOTE) isInString = false
    } else if (character === QUOTE) isInString = true
    else if (character === OPEN_BRACE || character === OPEN_BRACKET) {
      depth += 1
      if (depth > DEEPEST) return true
    } else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) depth -= 1
  }
  return false
}

/** What is said of such a text. */
export const TOO_DEEP = 'its values are more than 1,000 levels deep'

const DEEPEST = 1000

/** Most texts have few brackets, which is told much faster than how deep they are. */
function hasMany(text: string): boolean {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0 && count <= DEEPEST; at = text.indexOf(bracket, at + 1))
      count += 1
  }
  return count > DEEPEST
}
