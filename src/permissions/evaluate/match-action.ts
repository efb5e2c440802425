import type { ParsedStatement } from '../policy/parse-statement.js'
import { globOf, matchesEverything, matchesGlob } from './glob.js'
import { FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/**
 * Tells whether a statement is about an action, given in lower case. Names compare without case, `*` and `?` are
 * wildcards in the name; a wildcard in the service is not promised to work.
 */
export function matchAction({ actions }: ParsedStatement, action: string): Truth {
  if (typeof actions === 'string') return UNKNOWN
  let truth: Truth = FALSE
  for (const pattern of actions.entries) {
    truth = or(truth, matchPattern(pattern, action))
    if (truth === TRUE) break
  }
  return actions.negated ? not(truth) : truth
}

function matchPattern(pattern: string, action: string): Truth {
  if (pattern === '*') return TRUE
  const lower = pattern.toLowerCase()
  if (lower === action) return TRUE
  const wildcard = lower.search(/[*?]/)
  if (wildcard < 0 || !action.startsWith(lower.slice(0, wildcard))) return FALSE
  const glob = globOf(lower)
  if (!matchesGlob(glob, action)) return FALSE
  const service = action.slice(0, action.indexOf(':') + 1)
  return lower.startsWith(service) || matchesEverything(glob) ? TRUE : UNKNOWN
}
