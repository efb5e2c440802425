import { formatValue } from '../errors/format-value.js'
import { refusedCall } from '../errors/refused-call.js'
import { isObject } from '../json/json.js'
import { findExpressionFault } from './find-expression-fault.js'
import type { QueryLanguage } from './state.js'

/** Tells whether a value of an option is an expression and not a text that stands for itself. */
export function isExpression(value: string): boolean {
  return queryLanguageOf(value) !== undefined
}

/** The most characters of an expression: it is read more than once. */
const LONGEST = 10_000

/**
 * Refuses an expression of the other query language, which the state would take for plain text or not compile, one that
 * cannot be read, as far as that is told without an interpreter, and a text with an expression in it, which would be no
 * expression at all.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddExpression(
  call: string,
  option: string,
  value: string,
  queryLanguage: QueryLanguage,
): void {
  if (value.length > LONGEST)
    throw refusedCall(
      call,
      `${option} has ${value.length} characters: names and addresses come of shorter expressions, of at most ${LONGEST}`,
    )
  const language = queryLanguageOf(value)
  const given = `${option} is ${formatValue(value)}`
  if (language === undefined && /\{%|%\}/.test(value))
    throw refusedCall(
      call,
      `${given}, a text with an expression in it, which would stand as it is: write ${wholeExpression(value, queryLanguage)}`,
    )
  if (language === undefined) return
  const fault = findExpressionFault(value, language)
  if (fault === 'it names nothing' || value.endsWith('.'))
    throw refusedCall(call, `${given}, an expression that names nothing`)
  if (language !== queryLanguage)
    throw refusedCall(
      call,
      `${given}, an expression of ${language} in a state of ${queryLanguage}: ${
        queryLanguage === 'JSONata'
          ? 'write {% $states.input.name %} instead of $.name'
          : 'write $.name instead of {% $states.input.name %}'
      }`,
    )
  if (fault !== undefined)
    throw refusedCall(call, `${given}, which is no expression of ${language}: ${fault}`)
}

/** Says how a text with an expression in it is written as one expression. */
function wholeExpression(text: string, queryLanguage: QueryLanguage): string {
  if (queryLanguage === 'JSONPath') return "States.Format('s3://…/{}', $.name)"
  const marks = text.match(/\{%|%\}/g) ?? []
  const isPaired =
    marks.length % 2 === 0 && marks.every((mark, index) => mark === (index % 2 === 0 ? '{%' : '%}'))
  if (!isPaired || text.includes("'")) return "{% 's3://…' & $states.input.name %}"
  const pieces = text.split(/\{%|%\}/)
  const parts = pieces.map((piece, index) => (index % 2 === 0 ? piece && `'${piece}'` : piece.trim()))
  return `{% ${parts.filter((part) => part !== '').join(' & ')} %}`
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

function queryLanguageOf(value: string): QueryLanguage | undefined {
  if (/^\{%[\s\S]*%\}$/.test(value)) return 'JSONata'
  return /^(?:\$|States\.)/.test(value) ? 'JSONPath' : undefined
}
