import { isRecord, type ParsedStatement } from '../policy/parse-policy.js'
import {
  type ConditionOperator,
  conditionOperator,
  type PolicyValue,
  policyValue,
  withNegation,
} from './condition-operators.js'
import type { ContextValue, RequestContext } from './request-context.js'
import { agreed, and, FALSE, or, TRUE, type Truth, UNKNOWN } from './truth.js'
import type { Note } from './unknown-reason.js'

/** Tells whether a statement's conditions hold, as far as the request is known. */
export function matchCondition(statement: ParsedStatement, lookup: RequestContext, note?: Note): Truth {
  const { Condition: condition } = statement.elements
  if (condition === undefined) return TRUE
  if (!isRecord(condition)) return malformed(statement, 'Condition is not an object', note)
  let truth: Truth = TRUE
  for (const name in condition) {
    const operator = conditionOperator(name)
    const keys = condition[name]
    if (!operator || !isRecord(keys)) {
      truth = and(truth, unreadOperator(statement, name, operator !== undefined, note))
      continue
    }
    for (const key in keys) {
      truth = and(truth, matchKey(statement, name, operator, key, keys[key], lookup, note))
      if (truth === FALSE) return FALSE
    }
  }
  return truth
}

function matchKey(
  statement: ParsedStatement,
  operatorName: string,
  operator: ConditionOperator,
  key: string,
  value: unknown,
  lookup: RequestContext,
  note: Note | undefined,
): Truth {
  const texts = valueTexts(value)
  if (!texts) return malformed(statement, `the values of ${key} are not texts`, note)
  const known = lookup(key)
  const values = texts.map((text) => policyValue(text, statement.variables, lookup))
  const truth = judge(operator, known, values)
  if (truth === UNKNOWN && note) explain(statement, operatorName, key, known, values, note)
  return truth
}

function judge(operator: ConditionOperator, known: ContextValue, values: readonly PolicyValue[]): Truth {
  switch (known.kind) {
    case 'values':
      return judgeValues(operator, known.values, values)
    case 'absent':
      return judgeAbsent(operator, values)
    case 'one-of':
      return agreed(known.members.map((member) => judgeMember(operator, member, values)))
    case 'between':
      return judgeBetween(operator, known.members, values)
    case 'prefix':
      return judgePrefix(operator, known.prefix, values)
    case 'unknown':
      return judgeUnknown(operator, values)
  }
}

function judgeMember(
  operator: ConditionOperator,
  member: readonly string[] | null,
  values: readonly PolicyValue[],
): Truth {
  return member ? judgeValues(operator, member, values) : judgeAbsent(operator, values)
}

function judgeValues(
  operator: ConditionOperator,
  actual: readonly string[],
  values: readonly PolicyValue[],
): Truth {
  if (operator.comparison.presence) return oneOf(operator, 'false', values)
  const truths = actual.map((value) => withNegation(operator, oneOf(operator, value, values)))
  if (operator.set === 'every') return truths.reduce(and, TRUE)
  if (operator.set === 'some') return truths.reduce(or, FALSE)
  // How an operator without ForAllValues or ForAnyValue treats several values is not documented.
  return agreed(truths)
}

function judgeBetween(
  operator: ConditionOperator,
  members: readonly (readonly string[])[],
  values: readonly PolicyValue[],
): Truth {
  const { ordered, presence, liesOutside } = operator.comparison
  const ends = members.flat()
  if (liesOutside && values.every((value) => liesOutside(ends, value))) return withNegation(operator, FALSE)
  // Between the ends an equality or a text pattern may answer otherwise than at either of them.
  if (!ordered && !presence) return UNKNOWN
  return agreed(members.map((member) => judgeValues(operator, member, values)))
}

function judgeAbsent(operator: ConditionOperator, values: readonly PolicyValue[]): Truth {
  if (operator.comparison.presence) return oneOf(operator, 'true', values)
  if (operator.ifExists || operator.set === 'every') return TRUE
  if (operator.set === 'some') return FALSE
  return operator.negated ? TRUE : FALSE
}

function judgePrefix(operator: ConditionOperator, prefix: string, values: readonly PolicyValue[]): Truth {
  const { comparePrefix, presence } = operator.comparison
  if (presence) return oneOf(operator, 'false', values)
  if (!comparePrefix) return UNKNOWN
  const truth = values.map((value) => comparePrefix(prefix, value)).reduce(or, FALSE)
  return withNegation(operator, truth)
}

function judgeUnknown(operator: ConditionOperator, values: readonly PolicyValue[]): Truth {
  if (operator.comparison.presence)
    return agreed(['true', 'false'].map((text) => oneOf(operator, text, values)))
  const covered = values.some((value) => operator.comparison.coversEverything?.(value))
  if (!covered) return UNKNOWN
  return agreed([withNegation(operator, TRUE), judgeAbsent(operator, values)])
}

function oneOf(operator: ConditionOperator, actual: string, values: readonly PolicyValue[]): Truth {
  let truth: Truth = FALSE
  for (const value of values) truth = or(truth, operator.comparison.compare(actual, value))
  return truth
}

function explain(
  statement: ParsedStatement,
  operator: string,
  key: string,
  known: ContextValue,
  values: readonly PolicyValue[],
  note: Note,
): void {
  const { policy, sid: label } = statement
  const variables = known.kind === 'values' ? values.flatMap((value) => value.resolve(false).unknownKeys) : []
  if (known.kind === 'prefix') note({ kind: 'session-name', policy, statement: label })
  else if (variables.length === 0) note({ kind: 'condition', key, operator, policy, statement: label })
  for (const variable of variables)
    note({ kind: 'condition', key: variable, operator, policy, statement: label })
}

function valueTexts(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const plain = list.every((entry) => ['string', 'number', 'boolean'].includes(typeof entry))
  return plain && list.length > 0 ? list.map(String) : undefined
}

function unreadOperator(
  statement: ParsedStatement,
  name: string,
  known: boolean,
  note: Note | undefined,
): Truth {
  const { policy, sid: label } = statement
  if (known) return malformed(statement, `${name} does not hold condition keys`, note)
  note?.({ kind: 'unknown-operator', name, policy, statement: label })
  return UNKNOWN
}

function malformed(statement: ParsedStatement, detail: string, note: Note | undefined): Truth {
  note?.({ kind: 'malformed', policy: statement.policy, statement: statement.sid, detail })
  return UNKNOWN
}
