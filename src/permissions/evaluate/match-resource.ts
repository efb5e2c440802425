import { type ParsedStatement, textList } from '../policy/parse-policy.js'
import { matchArn } from './match-arn.js'
import { resolveText } from './policy-variables.js'
import type { RequestContext } from './request-context.js'
import { FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.js'
import type { Note } from './unknown-reason.js'

const READING = { variables: true, wildcards: true }
const READING_WITHOUT_VARIABLES = { variables: false, wildcards: true }

/**
 * Tells whether a statement is about a key. Aliases and bare key ids never stand for a key in a policy
 * (KMS developer guide, "Specifying KMS keys in IAM policy statements").
 */
export function matchResource(
  statement: ParsedStatement,
  keyArn: string,
  lookup: RequestContext,
  note?: Note,
): Truth {
  const { Resource: listed, NotResource: excepted } = statement.elements
  const { policy, sid: label } = statement
  const patterns = textList(listed === undefined ? excepted : listed)
  if (!patterns || (listed !== undefined && excepted !== undefined)) {
    const detail = 'a statement has either Resource or NotResource, a text or a list of texts'
    note?.({ kind: 'malformed', policy, statement: label, detail })
    return UNKNOWN
  }
  let truth: Truth = FALSE
  for (const pattern of patterns) {
    const one = matchOne(pattern, keyArn, statement.variables, lookup)
    truth = or(truth, one)
    if (truth === TRUE) break
    if (one === UNKNOWN) note?.({ kind: 'resource', policy, statement: label, detail: pattern })
  }
  return listed === undefined ? not(truth) : truth
}

/** Tells whether the resources of a statement depend on the request. */
export function hasResourceVariables(statement: ParsedStatement): boolean {
  if (!statement.variables) return false
  const { Resource: listed, NotResource: excepted } = statement.elements
  return (textList(listed ?? excepted) ?? []).some((pattern) => pattern.includes('${'))
}

function matchOne(pattern: string, keyArn: string, variables: boolean, lookup: RequestContext): Truth {
  if (pattern === '*' || pattern === keyArn) return TRUE
  return matchArn(
    resolveText(pattern, variables ? READING : READING_WITHOUT_VARIABLES, lookup),
    keyArn,
    'matches',
  )
}
