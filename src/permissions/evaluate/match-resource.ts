import type { ParsedStatement } from '../policy/parse-statement.js'
import type { ResourceIdentity } from './identity.js'
import { matchArn, matchArnBeginning } from './match-arn.js'
import { type ResolvedText, resolveText } from './policy-variables.js'
import type { RequestContext } from './request-context.js'
import { FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/**
 * Tells whether a statement is about a resource. Aliases and bare key ids never stand for a key in a policy
 * (KMS developer guide, "Specifying KMS keys in IAM policy statements").
 */
export function matchResource(
  statement: ParsedStatement,
  resource: ResourceIdentity,
  context: RequestContext,
): Truth {
  const { resources } = statement
  if (typeof resources === 'string') return UNKNOWN
  let truth: Truth = FALSE
  for (const pattern of resources.entries) {
    truth = or(truth, matchPattern(pattern, statement, resource, context))
    if (truth === TRUE) break
  }
  const about = resources.negated ? not(truth) : truth
  return about !== FALSE && hasMissingVariable(resources.entries, statement, context) ? UNKNOWN : about
}

/** Tells whether one resource of a statement covers a resource, and all that it may go on with. */
export function matchPattern(
  pattern: string,
  statement: ParsedStatement,
  { arn, goesOn, word }: ResourceIdentity,
  context: RequestContext,
): Truth {
  if (pattern === '*') return TRUE
  const resolved = resolveResource(pattern, statement, context)
  return goesOn ? matchArnBeginning(resolved, arn, 'matches', word) : matchArn(resolved, arn, 'matches')
}

/** Puts the values of variables into one resource of a statement. */
export function resolveResource(
  pattern: string,
  { variables }: ParsedStatement,
  context: RequestContext,
): ResolvedText {
  return resolveText(pattern, { variables, wildcards: true }, context)
}

/**
 * Tells whether a resource of a statement has, or may have, a variable without a value: it matches nothing then, and
 * the whole statement may be invalid (IAM user guide, "Policy elements: variables").
 */
function hasMissingVariable(
  patterns: readonly string[],
  statement: ParsedStatement,
  context: RequestContext,
): boolean {
  return patterns.some((pattern) => resolveResource(pattern, statement, context).valueless !== FALSE)
}

/** Tells whether the resources of a statement depend on the request. */
export function hasResourceVariables({ variables, resources }: ParsedStatement): boolean {
  return (
    variables && typeof resources !== 'string' && resources.entries.some((pattern) => pattern.includes('${'))
  )
}
