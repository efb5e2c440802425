import { ANY_RUN, type Glob, matchesEverything, matchesGlob, matchPrefix } from './glob.js'
import type { ResolvedText } from './policy-variables.js'
import { and, FALSE, TRUE, type Truth, UNKNOWN } from './truth.js'

const COLON = 58

/** What an ARN pattern with fewer than six parts, ending in `*`, is worth when the text as a whole fits. */
export type ShortPattern = 'matches' | 'not-documented'

/**
 * Tells whether an ARN pattern covers an ARN. AWS compares the six parts one by one; a pattern that fits only
 * when a wildcard reaches over a colon is neither promised nor excluded.
 */
export function matchArn(pattern: ResolvedText, arn: string, shortPattern: ShortPattern): Truth {
  if (pattern.valueless === TRUE) return FALSE
  const { glob } = pattern
  if (matchesEverything(glob)) return TRUE
  if (!matchesGlob(glob, arn)) return FALSE
  if (!pattern.certain) return UNKNOWN
  const patternParts = partsOf(glob)
  if (patternParts.length < 6) {
    return shortPattern === 'matches' && glob.at(-1) === ANY_RUN ? TRUE : UNKNOWN
  }
  const arnParts = arn.split(':')
  const texts = [...arnParts.slice(0, 5), arnParts.slice(5).join(':')]
  return texts.every((text, index) => matchesGlob(patternParts[index] ?? [], text)) ? TRUE : UNKNOWN
}

/** Tells whether an ARN pattern covers every ARN that begins with a text, goes on after it, and holds a word there. */
export function matchArnBeginning(
  pattern: ResolvedText,
  beginning: string,
  shortPattern: ShortPattern,
  word?: string,
): Truth {
  if (pattern.valueless === TRUE) return FALSE
  const { glob, certain } = pattern
  if (matchesEverything(glob)) return TRUE
  const whole = matchPrefix(glob, beginning, word)
  if (whole === FALSE) return FALSE
  const parts = partsOf(glob)
  const texts = beginning.split(':')
  const heads = texts.slice(0, 5)
  if (!certain || texts.length < 6) return UNKNOWN
  if (parts.length < 6)
    return shortPattern === 'matches' && whole === TRUE && glob.at(-1) === ANY_RUN ? TRUE : UNKNOWN
  if (!heads.every((text, index) => matchesGlob(parts[index] ?? [], text))) return UNKNOWN
  return and(whole, matchPrefix(parts[5] ?? [], texts.slice(5).join(':'), word))
}

function partsOf(glob: Glob): readonly Glob[] {
  const parts: Glob[] = []
  let start = 0
  for (let index = 0; index < glob.length && parts.length < 5; index++) {
    if (glob[index] !== COLON) continue
    parts.push(glob.slice(start, index))
    start = index + 1
  }
  parts.push(glob.slice(start))
  return parts
}
