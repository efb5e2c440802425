import type { ParsedCondition, ParsedStatement } from '../policy/parse-statement.js'
import {
  type ConditionOperator,
  conditionOperator,
  type PolicyValue,
  policyValue,
} from './condition-operators.js'
import { ABSENT, type ContextValue, PRESENT, type RequestValue } from './context-value.js'
import type { RequestContext } from './request-context.js'
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
  // ForAnyValue is said to be false without values, and IfExists to be true.
  if (operator.set === 'some') return operator.ifExists ? UNKNOWN : FALSE
  return operator.ifExists || operator.set === 'every' ? TRUE : matchOne(operator, ABSENT, expected)
}

function matchSet(
  operator: ConditionOperator,
  values: readonly RequestValue[],
  expected: readonly PolicyValue[],
): Truth {
  if (operator.isPresence) return matchOne(operator, PRESENT, expected)
  // AWS wants ForAllValues or ForAnyValue here, and does not say what an operator does without.
  if (operator.set === undefined) return UNKNOWN
  const truths = values.map((value) => matchOne(operator, value, expected))
  return operator.set === 'every' ? truths.reduce(and, TRUE) : truths.reduce(or, FALSE)
}

/** One value of the request fits when it fits any value of the policy; a negated operator turns that over. */
function matchOne(operator: ConditionOperator, known: RequestValue, expected: readonly PolicyValue[]): Truth {
  let truth: Truth = FALSE
  for (const value of expected) truth = or(truth, operator.holds(known, value))
  return operator.negated ? not(truth) : truth
}
