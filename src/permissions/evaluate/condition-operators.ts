import { globOf, matchesEverything, matchesGlob, matchPrefix } from './glob.js'
import { instantOf } from './instant.js'
import { addressInRange } from './ip-range.js'
import { matchArn } from './match-arn.js'
import { type ResolvedText, resolveText } from './policy-variables.js'
import type { RequestContext } from './request-context.js'
import { FALSE, not, TRUE, type Truth, UNKNOWN } from './truth.js'

/** A condition operator, taken apart. */
export interface ConditionOperator {
  readonly comparison: Comparison
  readonly negated: boolean
  readonly ifExists: boolean
  readonly set: 'every' | 'some' | undefined
}

/** How one value of the request compares with one value of the policy, the operator's "not" left aside. */
interface Comparison {
  readonly compare: (value: string, expected: PolicyValue) => Truth
  /** What is known when only the beginning of the value is; unknown when left out. */
  readonly comparePrefix?: (prefix: string, expected: PolicyValue) => Truth
  /** Whether a value between two others can only answer as one of them does. */
  readonly ordered?: boolean
  /** For equality: whether the policy value lies outside two others. */
  readonly liesOutside?: (ends: readonly string[], expected: PolicyValue) => boolean
  /** Whether the policy value covers every present value. */
  readonly coversEverything?: (expected: PolicyValue) => boolean
  /** Whether the operator looks at the key's presence alone. */
  readonly presence?: boolean
}

/** A value of a policy's condition, read as its operator wants it. */
export interface PolicyValue {
  readonly text: string
  /** How the text reads with `*` and `?` as they are, or as wildcards. */
  readonly resolve: (wildcards: boolean) => ResolvedText
  /** Whether the text holds a variable; operators on other things than texts and ARNs do not promise to read it. */
  readonly hasVariable: boolean
}

/** Takes an operator's name apart; `undefined` for one that is not known. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  return OPERATORS.get(name)
}

/** Prepares a condition value for comparing. */
export function policyValue(text: string, variables: boolean, lookup: RequestContext): PolicyValue {
  return {
    text,
    hasVariable: variables && text.includes('${'),
    resolve: (wildcards) => resolveText(text, { variables, wildcards }, lookup),
  }
}

const EXACT: Comparison = {
  compare: (value, expected) =>
    expected.hasVariable ? matchText(value, expected.resolve(false)) : truthOf(value === expected.text),
  comparePrefix: (prefix, expected) => matchBeginning(prefix, expected.resolve(false)),
}

const EXACT_IGNORING_CASE: Comparison = {
  compare: (value, expected) => matchText(lowerCase(value), inLowerCase(expected.resolve(false))),
  comparePrefix: (prefix, expected) =>
    matchBeginning(lowerCase(prefix), inLowerCase(expected.resolve(false))),
}

const LIKE: Comparison = {
  compare: (value, expected) => matchText(value, expected.resolve(true)),
  comparePrefix: (prefix, expected) => matchBeginning(prefix, expected.resolve(true)),
  coversEverything: (expected) => !expected.hasVariable && matchesEverything(globOf(expected.text)),
}

const ARN: Comparison = {
  compare: (value, expected) => matchArn(expected.resolve(true), value, 'not-documented'),
}

const BOOLEAN: Comparison = {
  compare: (value, expected) => {
    const [left, right] = [value.toLowerCase(), expected.text.toLowerCase()]
    if (!isBoolean(left) || !isBoolean(right)) return UNKNOWN
    return truthOf(left === right)
  },
}

const BINARY: Comparison = {
  compare: (value, expected) => {
    if (!isBase64(value) || !isBase64(expected.text)) return UNKNOWN
    return truthOf(atob(value) === atob(expected.text))
  },
}

const ADDRESS: Comparison = {
  compare: (value, expected) => addressInRange(value, expected.text),
}

/** `Null` compares the text `true` or `false` with whether the key is missing; the caller supplies that text. */
const PRESENCE: Comparison = { ...BOOLEAN, presence: true }

type Order = (left: number, right: number) => boolean
const ORDERS: readonly (readonly [string, Order, boolean])[] = [
  ['Equals', (left, right) => left === right, false],
  ['LessThan', (left, right) => left < right, true],
  ['LessThanEquals', (left, right) => left <= right, true],
  ['GreaterThan', (left, right) => left > right, true],
  ['GreaterThanEquals', (left, right) => left >= right, true],
]

const PLAIN_OPERATORS: readonly (readonly [string, Omit<ConditionOperator, 'ifExists' | 'set'>])[] = [
  ...bothWays('StringEquals', 'StringNotEquals', EXACT),
  ...bothWays('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', EXACT_IGNORING_CASE),
  ...bothWays('StringLike', 'StringNotLike', LIKE),
  ...bothWays('ArnEquals', 'ArnNotEquals', ARN),
  ...bothWays('ArnLike', 'ArnNotLike', ARN),
  ...bothWays('IpAddress', 'NotIpAddress', ADDRESS),
  ...ordered('Numeric', numberOf),
  ...ordered('Date', instantOf),
  ['Bool', { comparison: BOOLEAN, negated: false }],
  ['BinaryEquals', { comparison: BINARY, negated: false }],
  ['Null', { comparison: PRESENCE, negated: false }],
]

const OPERATORS = new Map<string, ConditionOperator>(PLAIN_OPERATORS.flatMap(variants))

function variants([name, plain]: (typeof PLAIN_OPERATORS)[number]): readonly (readonly [
  string,
  ConditionOperator,
])[] {
  const alone = { ...plain, ifExists: false, set: undefined }
  if (plain.comparison.presence) return [[name, alone]]
  return [alone, { ...plain, ifExists: true, set: undefined }].flatMap((operator) => {
    const full = operator.ifExists ? `${name}IfExists` : name
    return [
      [full, operator],
      [`ForAllValues:${full}`, { ...operator, set: 'every' }],
      [`ForAnyValue:${full}`, { ...operator, set: 'some' }],
    ] as const
  })
}

function bothWays(name: string, negatedName: string, comparison: Comparison) {
  return [
    [name, { comparison, negated: false }],
    [negatedName, { comparison, negated: true }],
  ] as const
}

function ordered(family: string, read: (text: string) => number | undefined) {
  return [
    ...ORDERS.map(
      ([name, order, isOrder]) =>
        [family + name, { comparison: by(order, isOrder), negated: false }] as const,
    ),
    [
      `${family}NotEquals`,
      { comparison: by((left, right) => left === right, false), negated: true },
    ] as const,
  ]

  function by(order: Order, isOrder: boolean): Comparison {
    return {
      ...(isOrder ? { ordered: true } : { liesOutside }),
      compare: (value, expected) => {
        const [left, right] = [read(value), read(expected.text)]
        return left === undefined || right === undefined ? UNKNOWN : truthOf(order(left, right))
      },
    }
  }

  function liesOutside(ends: readonly string[], expected: PolicyValue): boolean {
    const value = read(expected.text)
    const limits = ends.map(read)
    if (value === undefined || !limits.every((limit) => limit !== undefined)) return false
    return value < Math.min(...limits) || value > Math.max(...limits)
  }
}

function numberOf(text: string): number | undefined {
  if (!/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return undefined
  // Beyond 15 digits two different numbers may compare as equal.
  return text.replace(/\D/g, '').length > 15 ? undefined : Number(text)
}

function matchText(value: string, expected: ResolvedText): Truth {
  if (expected.valueless || !matchesGlob(expected.glob, value)) return FALSE
  return expected.certain ? TRUE : UNKNOWN
}

function matchBeginning(prefix: string, expected: ResolvedText): Truth {
  if (expected.valueless) return FALSE
  const truth = matchPrefix(expected.glob, prefix)
  return truth === TRUE && !expected.certain ? UNKNOWN : truth
}

function inLowerCase(text: ResolvedText): ResolvedText {
  return { ...text, glob: text.glob.map((mark) => (mark < 0 ? mark : lowerCaseUnit(mark))) }
}

/** Unit by unit, as patterns are; a letter whose lower case is longer stays as it is. */
function lowerCase(text: string): string {
  let lower = ''
  for (let index = 0; index < text.length; index++)
    lower += String.fromCharCode(lowerCaseUnit(text.charCodeAt(index)))
  return lower
}

function lowerCaseUnit(unit: number): number {
  const lower = String.fromCharCode(unit).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

function isBoolean(text: string): boolean {
  return text === 'true' || text === 'false'
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

function truthOf(holds: boolean): Truth {
  return holds ? TRUE : FALSE
}

/** The negation of an operator, applied to what its comparison gave. */
export function withNegation(operator: ConditionOperator, truth: Truth): Truth {
  return operator.negated ? not(truth) : truth
}
