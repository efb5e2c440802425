import type { RequestValue } from './context-value.js'
import { ANY_ONE, globOf, matchesEverything, matchesGlob, matchPrefix } from './glob.js'
import { instantOf } from './instant.js'
import { addressInRange } from './ip-range.js'
import { matchArn, matchArnBeginning } from './match-arn.js'
import { type ResolvedText, resolveText } from './policy-variables.js'
import type { RequestContext } from './request-context.js'
import { agreed, FALSE, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/** A condition operator, taken apart: what it compares, and what is made of that. */
export interface ConditionOperator {
  /** Tells whether one value of the request fits one value of the policy; what is absent fits none. */
  readonly holds: (known: RequestValue, expected: PolicyValue) => Truth
  readonly negated: boolean
  readonly ifExists: boolean
  readonly set: 'every' | 'some' | undefined
  /** Whether the operator asks for the key's presence alone. */
  readonly isPresence: boolean
}

/** A value of a policy's condition, read as its operator wants it. */
export interface PolicyValue {
  readonly text: string
  /** How the text reads with `*` and `?` as they are, or as wildcards. */
  readonly resolve: (wildcards: boolean) => ResolvedText
  /** Whether the text holds a variable; operators on other things than strings and ARNs do not promise to read it. */
  readonly hasVariable: boolean
}

/** Takes an operator's name apart; `undefined` for one that is not known. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  return OPERATORS.get(name)
}

/** Prepares a condition value for comparing. */
export function policyValue(text: string, variables: boolean, context: RequestContext): PolicyValue {
  return {
    text,
    hasVariable: variables && text.includes('${'),
    resolve: (wildcards) => resolveText(text, { variables, wildcards }, context),
  }
}

type Holds = ConditionOperator['holds']
type Comparison = (text: string, expected: PolicyValue) => Truth

const NEVER_CERTAIN = (): Truth => UNKNOWN

/** The families that read the value as text: what is known of a whole one, of its beginning, and of any. */
function onText(
  compare: Comparison,
  comparePrefix: Comparison = NEVER_CERTAIN,
  compareAny: (expected: PolicyValue) => Truth = NEVER_CERTAIN,
): Holds {
  return (known, expected) => {
    switch (known.kind) {
      case 'value':
        return compare(known.text, expected)
      case 'absent':
        return FALSE
      case 'prefix':
        return comparePrefix(known.prefix, expected)
      case 'present':
        return compareAny(expected)
      case 'between':
        return UNKNOWN
    }
  }
}

const exact = onText(
  (text, expected) =>
    expected.hasVariable ? matchText(text, expected.resolve(false)) : truthOf(text === expected.text),
  (prefix, expected) => matchBeginning(prefix, expected.resolve(false)),
)

const exactIgnoringCase = onText(ignoringCase(matchText), ignoringCase(matchBeginning))

const like = onText(
  (text, expected) => {
    const pattern = expected.resolve(true)
    // Whether `?` stands for one character or for half of one beyond the first 65,536 is not documented.
    return /[\ud800-\udfff]/.test(text) && pattern.glob.includes(ANY_ONE) ? UNKNOWN : matchText(text, pattern)
  },
  (prefix, expected) => matchBeginning(prefix, expected.resolve(true)),
  (expected) => (!expected.hasVariable && matchesEverything(globOf(expected.text)) ? TRUE : UNKNOWN),
)

const arn = onText(
  (text, expected) => matchArn(expected.resolve(true), text, 'not-documented'),
  (prefix, expected) => matchArnBeginning(expected.resolve(true), prefix, 'not-documented'),
)

const bool = onText((text, expected) => sameBoolean(text, expected))

const binary = onText((text, expected) =>
  isBase64(text) && isBase64(expected.text) ? truthOf(atob(text) === atob(expected.text)) : UNKNOWN,
)

const address = onText((text, expected) => addressInRange(text, expected.text))

/** `Null`: the policy says `true` for a key that must be absent. */
const presence: Holds = (known, expected) => sameBoolean(String(known.kind === 'absent'), expected)

/** The families that read the value as a number or a moment, so that what lies between two is known as well. */
function ordered(read: (text: string) => number | undefined, order: Order): Holds {
  return (known, expected) => {
    const limit = read(expected.text)
    if (known.kind === 'absent') return FALSE
    if (limit === undefined || known.kind === 'prefix' || known.kind === 'present') return UNKNOWN
    const ends = (known.kind === 'value' ? [known.text] : known.ends).map(read)
    if (!ends.every((end) => end !== undefined)) return UNKNOWN
    const first = ends.reduce((left, right) => Math.min(left, right), Number.POSITIVE_INFINITY)
    const last = ends.reduce((left, right) => Math.max(left, right), Number.NEGATIVE_INFINITY)
    if (order === equals && first < limit && limit < last) return UNKNOWN
    return agreed([truthOf(order(first, limit)), truthOf(order(last, limit))])
  }
}

type Order = (left: number, right: number) => boolean
const equals: Order = (left, right) => left === right

type Family = Pick<ConditionOperator, 'holds' | 'negated' | 'isPresence'>

const FAMILIES: readonly (readonly [string, Family])[] = [
  ...bothWays('StringEquals', 'StringNotEquals', exact),
  ...bothWays('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', exactIgnoringCase),
  ...bothWays('StringLike', 'StringNotLike', like),
  ...bothWays('ArnEquals', 'ArnNotEquals', arn),
  ...bothWays('ArnLike', 'ArnNotLike', arn),
  ...bothWays('IpAddress', 'NotIpAddress', address),
  ...inOrder('Numeric', numberOf),
  ...inOrder('Date', instantOf),
  ['Bool', { holds: bool, negated: false, isPresence: false }],
  ['BinaryEquals', { holds: binary, negated: false, isPresence: false }],
  ['Null', { holds: presence, negated: false, isPresence: true }],
]

const OPERATORS = new Map<string, ConditionOperator>(FAMILIES.flatMap(variants))

function variants([name, family]: (typeof FAMILIES)[number]): readonly (readonly [
  string,
  ConditionOperator,
])[] {
  const alone = { ...family, ifExists: false, set: undefined }
  if (family.isPresence) return [[name, alone]]
  return [alone, { ...alone, ifExists: true }].flatMap((operator) => {
    const full = operator.ifExists ? `${name}IfExists` : name
    return [
      [full, operator],
      [`ForAllValues:${full}`, { ...operator, set: 'every' }],
      [`ForAnyValue:${full}`, { ...operator, set: 'some' }],
    ] as const
  })
}

function bothWays(name: string, negatedName: string, holds: Holds) {
  return [
    [name, { holds, negated: false, isPresence: false }],
    [negatedName, { holds, negated: true, isPresence: false }],
  ] as const
}

function inOrder(prefix: string, read: (text: string) => number | undefined) {
  const compared = (order: Order, negated = false) => ({
    holds: ordered(read, order),
    negated,
    isPresence: false,
  })
  return [
    [`${prefix}Equals`, compared(equals)],
    [`${prefix}NotEquals`, compared(equals, true)],
    [`${prefix}LessThan`, compared((left, right) => left < right)],
    [`${prefix}LessThanEquals`, compared((left, right) => left <= right)],
    [`${prefix}GreaterThan`, compared((left, right) => left > right)],
    [`${prefix}GreaterThanEquals`, compared((left, right) => left >= right)],
  ] as const
}

function numberOf(text: string): number | undefined {
  if (!/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return undefined
  // Beyond 15 digits two different numbers may compare as equal.
  return text.replace(/\D/g, '').length > 15 ? undefined : Number(text)
}

function matchText(text: string, expected: ResolvedText): Truth {
  if (expected.valueless === TRUE || !matchesGlob(expected.glob, text)) return FALSE
  return expected.certain ? TRUE : UNKNOWN
}

function matchBeginning(prefix: string, expected: ResolvedText): Truth {
  if (expected.valueless === TRUE) return FALSE
  const truth = matchPrefix(expected.glob, prefix)
  return truth === TRUE && !expected.certain ? UNKNOWN : truth
}

/** Which letters beyond ASCII are the same but for their case is not documented. */
function ignoringCase(match: (text: string, expected: ResolvedText) => Truth): Comparison {
  return (text, policyValue) => {
    const expected = policyValue.resolve(false)
    const glob = expected.glob.map((mark) => (mark > 64 && mark < 91 ? mark + 32 : mark))
    const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    const truth = match(lower, { ...expected, glob })
    const isAscii = glob.every((mark) => mark < 128) && !/[^\0-\x7f]/.test(text)
    return isAscii ? truth : or(truth, UNKNOWN)
  }
}

function sameBoolean(text: string, expected: PolicyValue): Truth {
  const [left, right] = [text.toLowerCase(), expected.text.toLowerCase()]
  return isBoolean(left) && isBoolean(right) ? truthOf(left === right) : UNKNOWN
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
