import type { ParsedStatement } from '../policy/parse-statement.js'
import { matchArn } from './match-arn.js'
import { resolveText } from './policy-variables.js'
import type { RequestContext } from './request-context.js'
import { FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/**
 * Tells whether a statement is about a key. Aliases and bare key ids never stand for a key in a policy
 * (KMS developer guide, "Specifying KMS keys in IAM policy statements").
 */
export function matchResource(statement: ParsedStatement, keyArn: string, context: RequestContext): Truth {
  const { resources } = statement
  if (typeof resources === 'string') return UNKNOWN
  let truth: Truth = FALSE
  for (const pattern of resources.entries) {
    truth = or(truth, matchPattern(pattern, statement, keyArn, context))
    if (truth === TRUE) break
  }
  return resources.negated ? not(truth) : truth
}

/** Tells whether one resource of a statement covers a key. */
export function matchPattern(
  pattern: string,
  { variables }: ParsedStatement,
  keyArn: string,
  context: RequestContext,
): Truth {
  if (pattern === '*' || pattern === keyArn) return TRUE
  return matchArn(resolveText(pattern, { variables, wildcards: true }, context), keyArn, 'matches')
}

/** Tells whether the resources of a statement depend on the request. */
export function hasResourceVariables({ variables, resources }: ParsedStatement): boolean {
  return (
    variables && typeof resources !== 'string' && resources.entries.some((pattern) => pattern.includes('${'))
  )
}
