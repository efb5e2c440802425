import { appendGlob, appendLiteral, type Glob, NOT_KNOWN } from './glob.js'
import type { RequestContext } from './request-context.js'

/** A policy text with its variables put in. */
export interface ResolvedText {
  readonly glob: Glob
  /** Whether every variable's value is known. */
  readonly certain: boolean
  /** Whether a variable certainly has no value, so that the text matches nothing. */
  readonly valueless: boolean
  /** The condition keys whose values are not known. */
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
    return { glob, certain: true, valueless: false, unknownKeys: [] }
  }
  const unknownKeys: string[] = []
  let valueless = false
  let position = 0
  while (position < text.length) {
    const start = text.indexOf('${', position)
    append(glob, text.slice(position, start < 0 ? text.length : start))
    if (start < 0) break
    const variable = readVariable(text, start)
    position = variable.end
    const value = variableValue(variable, context)
    if (value.kind === 'nothing') valueless = true
    else if (value.kind === 'text') {
      // Whether AWS reads a wildcard inside a value as one is not documented.
      const doubtful = reading.wildcards && !variable.escaped && /[*?]/.test(value.text)
      if (doubtful) appendUnknown(glob, unknownKeys, variable.key)
      else appendLiteral(glob, value.text)
    } else {
      appendLiteral(glob, value.prefix)
      appendUnknown(glob, unknownKeys, variable.key)
    }
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
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly prefix: string }

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
  if (variable.escaped) return { kind: 'text', text: variable.key }
  if (!variable.understood) return { kind: 'unknown', prefix: '' }
  const known = context(variable.key)
  if (known.kind === 'absent') {
    return variable.fallback === undefined ? { kind: 'nothing' } : { kind: 'text', text: variable.fallback }
  }
  if (known.kind === 'value') return { kind: 'text', text: known.text }
  return { kind: 'unknown', prefix: known.kind === 'prefix' ? known.prefix : '' }
}

function appendUnknown(glob: number[], unknownKeys: string[], key: string): void {
  glob.push(NOT_KNOWN)
  unknownKeys.push(key)
}
