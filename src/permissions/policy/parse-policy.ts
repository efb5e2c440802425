import { findDuplicateKeys, findInexactNumbers, type TextDefect } from './find-text-defects.js'
import { type ParsedStatement, parseStatement } from './parse-statement.js'
import { isPlainObject } from './plain-values.js'
import { scanJson } from './scan-json.js'

/** A policy as far as it can be read; nothing in it is trusted to have the right shape. */
export interface ParsedPolicy {
  readonly name: string
  /** Set when no statement of the policy can be judged. */
  readonly why: 'unreadable' | 'malformed' | undefined
  /** What is wrong with a malformed policy. */
  readonly detail: string
  readonly statements: readonly ParsedStatement[]
}

/** Reads a policy given as an object or as JSON text; what cannot be understood is said, and nothing is thrown. */
export function parsePolicy(source: unknown, name: string): ParsedPolicy {
  if (source === 'UNREADABLE') return { name, why: 'unreadable', detail: '', statements: [] }
  try {
    return parseReadable(source, name)
  } catch {
    return malformed(
      name,
      typeof source === 'string' ? 'the policy is not JSON' : 'the policy cannot be read',
    )
  }
}

/** Reads a policy, as `parsePolicy` does. */
export type ParsePolicy = typeof parsePolicy

/** Gives a reader that reads each policy once, for many questions about the same ones. */
export function makePolicyParser(): ParsePolicy {
  const known = new Map<string, Map<unknown, ParsedPolicy>>()
  return (source, name) => {
    const ofName = known.get(name) ?? new Map<unknown, ParsedPolicy>()
    known.set(name, ofName)
    const parsed = ofName.get(source) ?? parsePolicy(source, name)
    ofName.set(source, parsed)
    return parsed
  }
}

/** Gives the statements of a policy, unjudged; `undefined` when it is no policy that can be read. */
export function statementsIn(source: unknown): readonly unknown[] | undefined {
  const document = typeof source === 'string' ? parseText(source) : source
  const statement = isRecord(document) ? document['Statement'] : undefined
  return Array.isArray(statement) ? statement : isRecord(statement) ? [statement] : undefined
}

/** Tells whether a value is an object that is not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Gives the strings of an element that may be one or an array; `undefined` when it is neither or empty. */
export function textList(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.every((entry) => typeof entry === 'string') ? value : undefined
}

const ELEMENTS = new Set(['Version', 'Id', 'Statement'])
const VERSIONS: readonly unknown[] = [undefined, '2008-10-17', '2012-10-17']

function parseReadable(source: unknown, name: string): ParsedPolicy {
  const text = typeof source === 'string' ? decoded(source) : undefined
  const document: unknown = text === undefined ? source : JSON.parse(text)
  if (!isPlainObject(document)) return malformed(name, 'the policy is not a JSON object')
  const { duplicates, numbers } = text === undefined ? NO_DEFECTS : textDefects(text)
  const { Version: version, Statement: statement } = document
  const defect =
    defectIn(duplicates, undefined) ?? strangeElement(document) ?? shapeDefect(version, statement)
  if (defect !== undefined) return malformed(name, defect)
  const statements: readonly unknown[] = Array.isArray(statement) ? [...statement] : [statement]
  return {
    name,
    why: undefined,
    detail: '',
    statements: statements.map((one, index) =>
      parseStatement(one, {
        policy: name,
        index,
        variables: version === '2012-10-17',
        defect: defectIn(duplicates, index),
        conditionDefect: defectIn(numbers, index),
      }),
    ),
  }
}

interface TextDefects {
  readonly duplicates: readonly TextDefect[]
  readonly numbers: readonly TextDefect[]
}

const NO_DEFECTS: TextDefects = { duplicates: [], numbers: [] }

function textDefects(text: string): TextDefects {
  const policy = scanJson(text)
  return { duplicates: findDuplicateKeys(policy), numbers: findInexactNumbers(policy, text) }
}

function defectIn(defects: readonly TextDefect[], statement: number | undefined): string | undefined {
  return defects.find((each) => each.statement === statement)?.defect
}

function strangeElement(document: Readonly<Record<string, unknown>>): string | undefined {
  const stranger = Object.keys(document).find((key) => !ELEMENTS.has(key))
  return stranger && `${stranger} is not an element of a policy`
}

function shapeDefect(version: unknown, statement: unknown): string | undefined {
  if (!VERSIONS.includes(version)) return `the version ${String(version)} is not known`
  return Array.isArray(statement) || isPlainObject(statement) ? undefined : 'the policy has no statement'
}

function parseText(text: string): unknown {
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
