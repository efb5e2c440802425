import { formatValue } from '../errors/format-value.js'
import { refusedCall } from '../errors/refused-call.js'
import { isObject } from '../json/json.js'
import type { QueryLanguage } from './state.js'

/** Tells whether a value of an option is an expression and not a text that stands for itself. */
export function isExpression(value: string): boolean {
  return languageOf(value) !== undefined
}

/**
 * Refuses an expression of the other query language, which the state would take for plain text or not compile, and one
 * that says nothing.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddExpression(
  call: string,
  option: string,
  value: string,
  queryLanguage: QueryLanguage,
): void {
  const language = languageOf(value)
  if (language !== undefined && (/^\{%\s*%\}$/.test(value) || value.endsWith('.')))
    throw refusedCall(call, `${option} is ${formatValue(value)}, an expression that names nothing`)
  if (language === undefined || language === queryLanguage) return
  throw refusedCall(
    call,
    `${option} is ${formatValue(value)}, an expression of ${language} in a state of ${queryLanguage}: ${
      queryLanguage === 'JSONata'
        ? 'write {% $states.input.name %} instead of $.name'
        : 'write $.name instead of {% $states.input.name %}'
    }`,
  )
}

/**
 * Gives a value that stands for itself in a JSONata state: a text that begins with `{%` or ends with `%}`, a title for
 * instance, would be run there.
 */
export function quoteJsonata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(quoteJsonata)
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, quoteJsonata(one)]))
  return typeof value === 'string' && /^\{%|%\}$/.test(value) ? quoted(value) : value
}

// Cut through every delimiter, so that there is one at each end and none between.
function quoted(text: string): string {
  const pieces = text.split(/(?<=\{)(?=%)|(?<=%)(?=\})/)
  return `{% ${pieces.map((piece) => JSON.stringify(piece)).join(' & ')} %}`
}

function languageOf(value: string): QueryLanguage | undefined {
  if (/^\{%[\s\S]*%\}$/.test(value)) return 'JSONata'
  return /^(?:\$|States\.)/.test(value) ? 'JSONPath' : undefined
}
