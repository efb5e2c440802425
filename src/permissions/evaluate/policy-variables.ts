import type { ContextValue } from './context-value.js'
import { appendGlob, appendLiteral, type Glob, NOT_KNOWN } from './glob.js'
import type { RequestContext } from './request-context.js'
import { FALSE, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/** A policy text with its variables put in. */
export interface ResolvedText {
  readonly glob: Glob
  /** Whether every variable's value is known. */
  readonly certain: boolean
  /** Whether a variable has no value, so that the text matches nothing. */
  readonly valueless: Truth
  /** The condition keys whose values are not known, or are none. */
  readonly unknownKeys: readonly string[]
}

/** How a policy text is to be read. */
export interface TextReading {
  /** Version 2012-10-17; in older policies `${…}` stands for itself. */
  readonly variables: boolean
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean
}

/**
 * Puts the values of `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}` into a policy text
 * (IAM user guide, "policy elements: variables").
 */
export function resolveText(text: string, reading: TextReading, context: RequestContext): ResolvedText {
  const append = reading.wildcards ? appendGlob : appendLiteral
  const glob: number[] = []
  if (!reading.variables || !text.includes('${')) {
    append(glob, text)
    return { glob, certain: true, valueless: FALSE, unknownKeys: [] }
  }
  const unknownKeys: string[] = []
  let valueless: Truth = FALSE
  let position = 0
  while (position < text.length) {
    const start = text.indexOf('${', position)
    append(glob, text.slice(position, start < 0 ? text.length : start))
    if (start < 0) break
    const variable = readVariable(text, start)
    position = variable.end
    const value = variableValue(variable, context)
    // Whether AWS reads a wildcard inside a value as one is not documented.
    const isPattern =
      value.kind === 'text' && !variable.escaped && reading.wildcards && /[*?]/.test(value.text)
    if (value.kind === 'text' && !isPattern) appendLiteral(glob, value.text)
    if (value.kind === 'unknown') appendLiteral(glob, value.prefix)
    if (value.kind === 'unknown' || isPattern) glob.push(NOT_KNOWN)
    if (value.kind === 'unknown' || isPattern || isPerhapsNothing(value)) unknownKeys.push(variable.key)
    if (isPerhapsNothing(value)) valueless = or(valueless, value.kind === 'nothing' ? TRUE : UNKNOWN)
  }
  return { glob, certain: unknownKeys.length === 0, valueless, unknownKeys }
}

interface Variable {
  readonly key: string
  readonly fallback: string | undefined
  readonly understood: boolean
  /** `${*}`, `${?}`, `${$}`: the character itself. */
  readonly escaped: boolean
  readonly end: number
}

type VariableValue =
  /** Unless certain, it may as well be nothing. */
  | { readonly kind: 'text'; readonly text: string; readonly certain: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly prefix: string; readonly mayBeNothing: boolean }

function readVariable(text: string, start: number): Variable {
  const close = text.indexOf('}', start)
  if (close < 0)
    return {
      key: text.slice(start),
      fallback: undefined,
      understood: false,
      escaped: false,
      end: text.length,
    }
  const comma = text.indexOf(',', start)
  if (comma < 0 || comma > close) {
    const key = text.slice(start + 2, close).trim()
    const escaped = key === '*' || key === '?' || key === '$'
    return {
      key,
      fallback: undefined,
      understood: (key !== '' && !key.includes('$')) || escaped,
      escaped,
      end: close + 1,
    }
  }
  const key = text.slice(start + 2, comma).trim()
  const open = text.indexOf("'", comma)
  const shut = open < 0 ? -1 : text.indexOf("'", open + 1)
  const end = shut < 0 ? -1 : text.indexOf('}', shut)
  const understood =
    end >= 0 &&
    key !== '' &&
    text.slice(comma + 1, open).trim() === '' &&
    text.slice(shut + 1, end).trim() === ''
  if (!understood) return { key, fallback: undefined, understood, escaped: false, end: close + 1 }
  return { key, fallback: text.slice(open + 1, shut), understood, escaped: false, end: end + 1 }
}

function variableValue(variable: Variable, context: RequestContext): VariableValue {
  if (variable.escaped) return { kind: 'text', text: variable.key, certain: true }
  if (!variable.understood) return { kind: 'unknown', prefix: '', mayBeNothing: false }
  return valueIn(context(variable.key), variable.fallback)
}

function valueIn(known: ContextValue, fallback: string | undefined): VariableValue {
  switch (known.kind) {
    case 'value':
      return { kind: 'text', text: known.text, certain: true }
    case 'absent':
      return fallback === undefined ? { kind: 'nothing' } : { kind: 'text', text: fallback, certain: true }
    case 'one-of':
      return oneOf(known.members.map((member) => valueIn(member, fallback)))
    case 'prefix':
      return { kind: 'unknown', prefix: known.prefix, mayBeNothing: false }
    default:
      return { kind: 'unknown', prefix: '', mayBeNothing: false }
  }
}

/** A text that may be missing is still that text or none; other values have nothing in common. */
function oneOf(values: readonly VariableValue[]): VariableValue {
  const texts = new Set(values.flatMap((value) => (value.kind === 'text' ? [value.text] : [])))
  const [text] = texts
  if (text !== undefined && texts.size === 1 && values.every(({ kind }) => kind !== 'unknown'))
    return { kind: 'text', text, certain: values.every((value) => value.kind === 'text' && value.certain) }
  return { kind: 'unknown', prefix: '', mayBeNothing: values.some(isPerhapsNothing) }
}

function isPerhapsNothing(value: VariableValue): boolean {
  if (value.kind === 'text') return !value.certain
  return value.kind === 'nothing' || value.mayBeNothing
}
