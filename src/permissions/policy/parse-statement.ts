import { isPlainObject, stringsOf } from './plain-values.js'

/** A statement with what is needed to judge and to name it. */
export interface ParsedStatement {
  readonly policy: string
  /** The Sid, or the index in the policy as `#0`. */
  readonly sid: string
  /** `undefined` when the statement cannot be understood: it may allow, and it may deny. */
  readonly effect: 'Allow' | 'Deny' | undefined
  readonly principals: Listed | 'absent' | 'malformed'
  /** Whether a principal is given by the canonical user id of its account, which only S3 takes. */
  readonly namesCanonicalUser: boolean
  readonly actions: Listed | 'absent' | 'malformed'
  readonly resources: Listed | 'absent' | 'malformed'
  readonly conditions: readonly ParsedCondition[]
  /** Whether there is more in the condition, which cannot be understood. */
  readonly hasUnreadCondition: boolean
  /** Whether `${…}` is a variable (Version 2012-10-17) or stands for itself. */
  readonly variables: boolean
  /** What in the statement cannot be understood, in words. */
  readonly defects: readonly string[]
}

/** What an element lists. */
interface Listed {
  readonly entries: readonly string[]
  /** Whether these are the exceptions: `NotAction` instead of `Action`. */
  readonly negated: boolean
}

/** One operator on one condition key. */
export interface ParsedCondition {
  readonly operator: string
  readonly key: string
  /** At least one. */
  readonly values: readonly string[]
}

/** Where a statement is. */
interface StatementPlace {
  readonly policy: string
  readonly index: number
  readonly variables: boolean
  /** What is already known to be wrong with it. */
  readonly defect: string | undefined
  /** What is already known to be wrong with its conditions alone, the only element that holds numbers. */
  readonly conditionDefect: string | undefined
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])
const PRINCIPAL_TYPES = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser'])

/** Reads one statement; the only code that looks at it as it was given. */
export function parseStatement(statement: unknown, place: StatementPlace): ParsedStatement {
  const { policy, index, variables } = place
  const defect = place.defect ?? statementDefect(statement)
  if (defect !== undefined || !isPlainObject(statement)) {
    const sid = sidOf(isPlainObject(statement) ? statement['Sid'] : undefined, index)
    return { ...NOT_UNDERSTOOD, policy, sid, variables, defects: [defect ?? ''] }
  }
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement
  const principals = parseListed(Principal, NotPrincipal, principalEntries)
  const actions = parseListed(Action, NotAction, stringsOf)
  const resources = parseListed(Resource, NotResource, stringsOf)
  const { conditions, defects: found } = parseConditions(statement['Condition'])
  const defects = place.conditionDefect === undefined ? found : [...found, place.conditionDefect]
  return {
    policy,
    sid: sidOf(Sid, index),
    effect: Effect === 'Allow' ? 'Allow' : 'Deny',
    principals,
    namesCanonicalUser: namesCanonicalUser(Principal) || namesCanonicalUser(NotPrincipal),
    actions,
    resources,
    conditions,
    hasUnreadCondition: defects.length > 0,
    variables,
    defects: [
      principals === 'malformed' && PRINCIPALS_DEFECT,
      typeof actions === 'string' && ACTIONS_DEFECT,
      typeof resources === 'string' && RESOURCES_DEFECT,
      ...defects,
    ].filter((defect) => defect !== false),
  }
}

const NOT_UNDERSTOOD = {
  effect: undefined,
  principals: 'malformed',
  namesCanonicalUser: false,
  actions: 'malformed',
  resources: 'malformed',
  conditions: [],
  hasUnreadCondition: true,
} as const
const PRINCIPALS_DEFECT =
  'a statement has either Principal or NotPrincipal, "*" or an object of strings by type'
const ACTIONS_DEFECT = 'a statement has either Action or NotAction, a string or an array of strings'
const RESOURCES_DEFECT = 'a statement has either Resource or NotResource, a string or an array of strings'

function sidOf(sid: unknown, index: number): string {
  return typeof sid === 'string' && sid !== '' ? sid : `#${index}`
}

function statementDefect(statement: unknown): string | undefined {
  if (!isPlainObject(statement)) return 'the statement is not an object'
  const { Effect: effect } = statement
  if (effect !== 'Allow' && effect !== 'Deny') return 'Effect is neither Allow nor Deny'
  for (const key in statement) {
    if (!ELEMENTS.has(key)) return `${key} is not an element of a statement`
  }
  return undefined
}

function parseListed(
  listed: unknown,
  excepted: unknown,
  entriesOf: (value: unknown) => readonly string[] | undefined,
): Listed | 'absent' | 'malformed' {
  if (listed !== undefined && excepted !== undefined) return 'malformed'
  const negated = listed === undefined
  const element = negated ? excepted : listed
  if (element === undefined) return 'absent'
  const entries = entriesOf(element)
  return entries === undefined ? 'malformed' : { entries, negated }
}

/** The AWS principals alone: those of other types are never the role. */
function principalEntries(element: unknown): readonly string[] | undefined {
  if (element === '*') return ['*']
  if (!isPlainObject(element)) return undefined
  let found: readonly string[] = []
  for (const type in element) {
    const value = element[type]
    const entries = Array.isArray(value) && value.length === 0 ? [] : stringsOf(value)
    if (entries === undefined || !PRINCIPAL_TYPES.has(type)) return undefined
    if (type === 'AWS') found = entries
  }
  return found
}

function namesCanonicalUser(element: unknown): boolean {
  return isPlainObject(element) && 'CanonicalUser' in element
}

interface ParsedConditions {
  readonly conditions: readonly ParsedCondition[]
  readonly defects: readonly string[]
}

const UNCONDITIONAL: ParsedConditions = { conditions: [], defects: [] }

function parseConditions(element: unknown): ParsedConditions {
  if (element === undefined) return UNCONDITIONAL
  if (!isPlainObject(element)) return { conditions: [], defects: ['Condition is not an object'] }
  const conditions: ParsedCondition[] = []
  const defects: string[] = []
  for (const operator of Object.keys(element)) {
    const keys = element[operator]
    if (!isPlainObject(keys)) defects.push(`${operator} does not hold condition keys`)
    else
      for (const key of Object.keys(keys)) {
        const values = valuesOf(keys[key])
        if (values !== undefined) conditions.push({ operator, key, values })
        else defects.push(`the values of ${key} are not strings, or numbers of more than 15 digits`)
      }
  }
  return { conditions, defects }
}

function valuesOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  const values: readonly unknown[] = Array.isArray(value) ? [...value] : [value]
  const isPlain = values.length > 0 && values.every(isValue)
  return isPlain ? values.map(String) : undefined
}

/** Of a number beyond these, it is not certain that the policy says the same one. */
function isValue(value: unknown): boolean {
  if (typeof value !== 'number') return typeof value === 'string' || typeof value === 'boolean'
  return Number.isFinite(value) && String(value).replace(/\D/g, '').length <= 15
}
