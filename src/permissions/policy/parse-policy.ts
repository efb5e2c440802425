import { findDuplicateKeys } from './find-duplicate-keys.js'

/** A policy as far as it can be read; nothing in it is trusted to have the right shape. */
export interface ParsedPolicy {
  readonly name: string
  /** Set when no statement of the policy can be judged. */
  readonly why: 'unreadable' | 'malformed' | undefined
  readonly detail: string
  readonly statements: readonly ParsedStatement[]
}

/** A statement with what is needed to judge and to name it. */
export interface ParsedStatement {
  readonly policy: string
  /** The Sid, or the place in the policy as `#0`. */
  readonly sid: string
  readonly effect: 'Allow' | 'Deny' | undefined
  /** Empty when the statement has a defect, so that nothing in it counts as certain. */
  readonly elements: Readonly<Record<string, unknown>>
  /** Whether `${…}` is a variable (Version 2012-10-17) or stands for itself. */
  readonly variables: boolean
  /** What keeps the statement from being understood as a whole. */
  readonly defect: string | undefined
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
const DOCUMENT_ELEMENTS = new Set(['Version', 'Id', 'Statement'])

/** Reads a policy given as an object or as JSON text; what cannot be understood is kept as an why or a defect. */
export function parsePolicy(source: unknown, name: string): ParsedPolicy {
  if (source === 'UNREADABLE') return { name, why: 'unreadable', detail: '', statements: [] }
  const text = typeof source === 'string' ? source : undefined
  const document = text === undefined ? source : parsed(text)
  if (!isRecord(document)) return malformed(name, 'the policy is not a JSON object')
  const duplicates = text === undefined ? [] : findDuplicateKeys(decoded(text))
  const misplaced = duplicates.find((place) => place.statement === undefined)
  if (misplaced) return malformed(name, `the key ${misplaced.key} stands twice`)
  const stranger = Object.keys(document).find((key) => !DOCUMENT_ELEMENTS.has(key))
  if (stranger !== undefined) return malformed(name, `${stranger} is not an element of a policy`)
  const version = document['Version']
  if (version !== undefined && version !== '2008-10-17' && version !== '2012-10-17') {
    return malformed(name, `the version ${String(version)} is not known`)
  }
  const statements = document['Statement']
  if (!Array.isArray(statements) && !isRecord(statements))
    return malformed(name, 'the policy has no statement')
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements]
  return {
    name,
    why: undefined,
    detail: '',
    statements: list.map((statement, index) => {
      const twice = duplicates.find((place) => place.statement === index)
      const doubled = twice && `the key ${twice.key} stands twice`
      return readStatement(statement, index, name, version === '2012-10-17', doubled)
    }),
  }
}

/** Gives the statements of a policy, unjudged; `undefined` when it is no policy that can be read. */
export function statementsIn(source: unknown): readonly unknown[] | undefined {
  const document = typeof source === 'string' ? parsed(source) : source
  const statement = isRecord(document) ? document['Statement'] : undefined
  return Array.isArray(statement) ? statement : isRecord(statement) ? [statement] : undefined
}

/** Tells whether a value is an object that is not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Gives the texts of an element that may be one or a list; `undefined` when it is neither or empty. */
export function textList(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.every((entry) => typeof entry === 'string') ? value : undefined
}

function readStatement(
  statement: unknown,
  index: number,
  policy: string,
  variables: boolean,
  doubled: string | undefined,
): ParsedStatement {
  const sid = isRecord(statement) ? statement['Sid'] : undefined
  const label = typeof sid === 'string' && sid !== '' ? sid : `#${index}`
  const defect = doubled ?? defectOf(statement)
  if (defect !== undefined || !isRecord(statement)) {
    return { policy, sid: label, effect: undefined, elements: {}, variables, defect }
  }
  const effect = statement['Effect'] === 'Allow' ? 'Allow' : 'Deny'
  return { policy, sid: label, effect, elements: statement, variables, defect }
}

function defectOf(statement: unknown): string | undefined {
  if (!isRecord(statement)) return 'the statement is not an object'
  const { Effect: effect } = statement
  if (effect !== 'Allow' && effect !== 'Deny') return 'Effect is neither Allow nor Deny'
  return strangeElement(statement)
}

function strangeElement(statement: Readonly<Record<string, unknown>>): string | undefined {
  for (const key in statement) {
    if (!ELEMENTS.has(key)) return `${key} is not an element of a statement`
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(decoded(text))
  } catch {
    return undefined
  }
}

/** IAM hands policies out URL-encoded; JSON never begins with a percent sign. */
function decoded(text: string): string {
  return text.startsWith('%') ? decodeURIComponent(text) : text
}

function malformed(name: string, detail: string): ParsedPolicy {
  return { name, why: 'malformed', detail, statements: [] }
}
