import { type ParsedStatement, textList } from '../policy/parse-policy.js'
import { globOf, matchesEverything, matchesGlob } from './glob.js'
import { FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.js'
import type { Note } from './unknown-reason.js'

/**
 * Tells whether a statement is about an action, given in lower case. Names compare without case, `*` and `?` are
 * wildcards in the name; a wildcard in the service is not promised to work.
 */
export function matchAction(statement: ParsedStatement, action: string, note?: Note): Truth {
  const { Action: listed, NotAction: excepted } = statement.elements
  if ((listed === undefined) === (excepted === undefined)) {
    return malformed(statement, 'a statement has either Action or NotAction', note)
  }
  const patterns = textList(listed === undefined ? excepted : listed)
  if (!patterns) return malformed(statement, 'Action is not a text or a list of texts', note)
  let truth: Truth = FALSE
  for (const pattern of patterns) {
    truth = or(truth, matchOne(pattern, action))
    if (truth === TRUE) break
  }
  if (truth === UNKNOWN) malformed(statement, 'an action does not begin with a service and a colon', note)
  return listed === undefined ? not(truth) : truth
}

function matchOne(pattern: string, action: string): Truth {
  if (pattern === '*') return TRUE
  const lower = pattern.toLowerCase()
  if (lower === action) return TRUE
  if (!lower.includes('*') && !lower.includes('?')) return FALSE
  const glob = globOf(lower)
  if (!matchesGlob(glob, action)) return FALSE
  const service = action.slice(0, action.indexOf(':') + 1)
  return lower.startsWith(service) || matchesEverything(glob) ? TRUE : UNKNOWN
}

function malformed(statement: ParsedStatement, detail: string, note: Note | undefined): Truth {
  note?.({ kind: 'malformed', policy: statement.policy, statement: statement.sid, detail })
  return UNKNOWN
}
