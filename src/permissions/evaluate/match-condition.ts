import type { ParsedCondition, ParsedStatement } from '../policy/parse-statement.js'
import {
  type ConditionOperator,
  conditionOperator,
  type PolicyValue,
  policyValue,
} from './condition-operators.js'
import type { ContextValue, RequestContext, RequestValue } from './request-context.js'
import { agreed, and, FALSE, not, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/** Tells whether a statement's conditions hold, as far as the request is known. */
export function matchConditions(statement: ParsedStatement, context: RequestContext): Truth {
  let truth: Truth = statement.hasUnreadCondition ? UNKNOWN : TRUE
  for (const condition of statement.conditions) {
    truth = and(truth, matchCondition(condition, statement.variables, context))
    if (truth === FALSE) break
  }
  return truth
}

/** Tells whether one operator holds on one condition key. */
export function matchCondition(
  condition: ParsedCondition,
  variables: boolean,
  context: RequestContext,
): Truth {
  const operator = conditionOperator(condition.operator)
  if (operator === undefined) return UNKNOWN
  const values = condition.values.map((text) => policyValue(text, variables, context))
  return matchValue(operator, context(condition.key), values)
}

function matchValue(
  operator: ConditionOperator,
  known: ContextValue,
  expected: readonly PolicyValue[],
): Truth {
  switch (known.kind) {
    case 'one-of':
      return agreed(known.members.map((member) => matchValue(operator, member, expected)))
    case 'set':
      return matchSet(operator, known.values, expected)
    case 'absent':
      return matchAbsent(operator, expected)
    default:
      return matchOne(operator, known, expected)
  }
}

function matchAbsent(operator: ConditionOperator, expected: readonly PolicyValue[]): Truth {
  if (operator.isPresence) return matchOne(operator, { kind: 'absent' }, expected)
  if (operator.ifExists || operator.set === 'every') return TRUE
  return operator.set === 'some' ? FALSE : matchOne(operator, { kind: 'absent' }, expected)
}

function matchSet(
  operator: ConditionOperator,
  texts: readonly string[],
  expected: readonly PolicyValue[],
): Truth {
  const truths = texts.map((text) => matchOne(operator, { kind: 'value', text }, expected))
  if (operator.set === 'every') return truths.reduce(and, TRUE)
  if (operator.set === 'some') return truths.reduce(or, FALSE)
  // How an operator without ForAllValues or ForAnyValue treats several values is not documented.
  return agreed(truths)
}

/** One value of the request fits when it fits any value of the policy; a negated operator turns that over. */
function matchOne(operator: ConditionOperator, known: RequestValue, expected: readonly PolicyValue[]): Truth {
  let truth: Truth = FALSE
  for (const value of expected) truth = or(truth, operator.holds(known, value))
  return operator.negated ? not(truth) : truth
}
