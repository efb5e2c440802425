import type { ParsedCondition, ParsedStatement } from '../policy/parse-statement.js'
import { type ConditionOperator, conditionOperator } from './condition-operators.js'
import type { ContextValue } from './context-value.js'
import type { ResourceIdentity } from './identity.js'
import { matchAction } from './match-action.js'
import { matchCondition } from './match-condition.js'
import { isSessionOf, matchEntry, matchPrincipal, type Principal, reachOf } from './match-principal.js'
import { matchPattern, resolveResource } from './match-resource.js'
import { resolveText } from './policy-variables.js'
import type { RequestContext } from './request-context.js'
import { FALSE, TRUE, UNKNOWN } from './truth.js'
import type { UnknownReason } from './unknown-reason.js'

/** What a statement was matched on. */
interface MatchedRequest {
  readonly action: string
  readonly resource: ResourceIdentity
}

/** Gives the reasons why it is not certain that a statement is about a request, whoever it names. */
export function explainStatement(
  statement: ParsedStatement,
  { action, resource }: MatchedRequest,
  context: RequestContext,
): readonly UnknownReason[] {
  const { defects, actions, resources, conditions } = statement
  const isOpen = typeof actions !== 'string' && matchAction(statement, action) === UNKNOWN
  const patterns = typeof resources === 'string' ? [] : resources.entries
  return [
    ...defects.map((defect) => malformed(statement, defect)),
    ...(isOpen ? [malformed(statement, 'an action does not begin with a service and a colon')] : []),
    ...patterns.flatMap((pattern) => explainResource(pattern, statement, resource, context)),
    ...conditions
      .filter((condition) => matchCondition(condition, statement.variables, context) === UNKNOWN)
      .flatMap((condition) => explainCondition(condition, statement, context)),
  ]
}

/** Gives the reasons why it is not certain how the principals of a key policy statement reach a role. */
export function explainPrincipals(
  statement: ParsedStatement,
  principal: Principal,
): readonly UnknownReason[] {
  const { principals } = statement
  if (principals === 'malformed') return []
  if (principals === 'absent')
    return [malformed(statement, `${nounOf(statement)} has either Principal or NotPrincipal`)]
  const entries = principals.entries.filter((entry) => reachOf(matchEntry(entry, principal)) === UNKNOWN)
  return [
    ...entries.map((entry) => explainEntry(entry, statement, principal)),
    ...(principals.negated && matchPrincipal(statement, principal).any === UNKNOWN
      ? [inPrincipals(statement, EXCEPTION_DETAILS[statement.effect ?? 'Allow'])]
      : []),
  ]
}

/** Says what in a statement cannot be understood. */
export function malformed(statement: ParsedStatement, detail: string): UnknownReason {
  return { kind: 'malformed', ...placeOf(statement), detail }
}

function nounOf({ policy }: ParsedStatement): string {
  return policy.startsWith('key-policy') ? 'a key policy statement' : 'a statement of a resource policy'
}

const EXCEPTION_DETAILS = {
  Allow: 'AWS does not support NotPrincipal with Allow',
  Deny: 'whether NotPrincipal spares this session is not documented',
}

function explainEntry(entry: string, statement: ParsedStatement, { role }: Principal): UnknownReason {
  if (isSessionOf(entry, role)) return { kind: 'session-name', ...placeOf(statement) }
  return inPrincipals(
    statement,
    `whether the unique id ${entry} still stands for this role is not documented`,
  )
}

function explainResource(
  pattern: string,
  statement: ParsedStatement,
  resource: ResourceIdentity,
  context: RequestContext,
): readonly UnknownReason[] {
  const { valueless, unknownKeys } = resolveResource(pattern, statement, context)
  if (valueless === FALSE && matchPattern(pattern, statement, resource, context) !== UNKNOWN) return []
  const [variable] = unknownKeys
  const doubt = valueless === TRUE ? VALUELESS : variable === undefined ? undefined : whyOf(context(variable))
  const detail = doubt === undefined ? pattern : `${pattern} (${variable}: ${doubt})`
  return [{ kind: 'resource', ...placeOf(statement), detail }]
}

const VALUELESS = 'it has no value, and whether that makes the whole statement invalid is not documented'

function explainCondition(
  { operator, key, values }: ParsedCondition,
  statement: ParsedStatement,
  context: RequestContext,
): readonly UnknownReason[] {
  const place = placeOf(statement)
  const parsed = conditionOperator(operator)
  if (parsed === undefined) return [{ kind: 'unknown-operator', name: operator, ...place }]
  const known = context(key)
  if (known.kind === 'prefix') return [{ kind: 'session-name', ...place }]
  const reading = { variables: statement.variables, wildcards: false }
  const variables =
    known.kind === 'one-of' ? [] : values.flatMap((text) => resolveText(text, reading, context).unknownKeys)
  if (variables.length > 0)
    return variables.map((each) => onCondition(each, operator, statement, whyOf(context(each))))
  return [onCondition(key, operator, statement, whyOf(known) ?? operatorDoubt(parsed, known))]
}

function onCondition(
  key: string,
  operator: string,
  statement: ParsedStatement,
  detail: string | undefined,
): UnknownReason {
  return { kind: 'condition', key, operator, ...placeOf(statement), ...(detail !== undefined && { detail }) }
}

function whyOf(known: ContextValue): string | undefined {
  return known.kind === 'one-of' ? known.why : undefined
}

/** What is not documented of an operator, whatever the value is. */
function operatorDoubt({ set, ifExists }: ConditionOperator, known: ContextValue): string | undefined {
  if (set === 'some' && ifExists && known.kind === 'absent')
    return 'whether ForAnyValue or IfExists decides where the key is absent is not documented'
  if (set === undefined && known.kind === 'set')
    return 'the key may have several values, and AWS documents it with ForAllValues or ForAnyValue only'
  return undefined
}

/** Says why it is not certain whom a statement names. */
export function inPrincipals(statement: ParsedStatement, detail: string): UnknownReason {
  return { kind: 'principal', ...placeOf(statement), detail }
}

function placeOf({ policy, sid }: ParsedStatement) {
  return { policy, statement: sid }
}
