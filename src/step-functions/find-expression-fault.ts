import type { QueryLanguage } from './state.js'

/**
 * Says why an expression cannot be read, as far as that can be told without its interpreter: what is opened and not closed,
 * values without an operator between them, operators without a value, functions that AWS does not have. `undefined` when
 * nothing is found.
 */
export function findExpressionFault(text: string, language: QueryLanguage): string | undefined {
  if (language === 'JSONPath') return faultInJsonPath(text)
  const inside = text.slice(2, -2)
  if (/\{%|%\}/.test(inside)) return 'there is a second {% or %} in it'
  return faultInJsonata(inside)
}

// Comments, texts, numbers, names, operators of two characters, and every other character by itself.
const TOKEN =
  /\s+|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[$\w\u0080-\uffff]+|:=|!=|<=|>=|~>|\*\*|\.\.|\?:|\?\?|[\s\S]/g
const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
const WORDS = ['and', 'or', 'in']
// These stand for a value as well: every field, every field below, the parent, a parameter that is left open.
const WILDCARDS = ['*', '**', '%', '?']

function faultInJsonata(text: string): string | undefined {
  const open: string[] = []
  // A regular expression, the signature of a function and a transform have grammars of their own.
  const isPlain = !/~>\s*\||\/[^*]|\)\s*</.test(text)
  let before = ''
  let needsValue = true
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^\s|^\/\*/.test(token)) continue
    if (/^["'`]$/.test(token) && isPlain) return `${token} is not closed`
    const isValue = /^["'`\d$\w\u0080-\uffff]/.test(token) && !(WORDS.includes(token) && !needsValue)
    if (/^[([{]$/.test(token)) {
      open.push(token)
      needsValue = true
    } else if (CLOSES[token] !== undefined) {
      if (open.pop() !== CLOSES[token] && isPlain) return `${token} closes nothing`
      if (needsValue && isPlain && before !== CLOSES[token] && before !== ';')
        return `${before} has nothing behind it`
      needsValue = false
    } else if (isValue) {
      if (!needsValue && isPlain) return `${before} and ${token} stand side by side`
      needsValue = false
    } else if (needsValue && WILDCARDS.includes(token)) needsValue = false
    // A minus of one value, and the directions of an order.
    else if (needsValue && !['-', '<', '>'].includes(token) && isPlain)
      return `${token} has nothing before it`
    else needsValue = true
    before = token
  }
  if (open.length > 0 && isPlain) return `${open.at(-1)} is not closed`
  if (before === '') return 'it names nothing'
  return needsValue && isPlain ? `${before} has nothing behind it` : undefined
}

/** AWS's own: Step Functions developer guide, "Intrinsic functions for JSONPath states". */
const INTRINSICS = [
  'Format',
  'StringToJson',
  'JsonToString',
  'Array',
  'ArrayPartition',
  'ArrayContains',
  'ArrayRange',
  'ArrayGetItem',
  'ArrayLength',
  'ArrayUnique',
  'Base64Encode',
  'Base64Decode',
  'Hash',
  'JsonMerge',
  'MathRandom',
  'MathAdd',
  'StringSplit',
  'UUID',
]
const PATH =
  /^\$\$?(?:\.\.?(?:[^\s.,[\](){}'"*]+|\*)|\[(?:[^[\]'"]|'[^']*'|"[^"]*"|\[(?:[^[\]'"]|'[^']*'|"[^"]*")*\])+\])*$/

function faultInJsonPath(text: string): string | undefined {
  if (text.startsWith('$')) return PATH.test(text) ? undefined : 'it is no path, such as $.name'
  const [call, name = ''] = /^States\.(\w*)\s*\(/.exec(text) ?? [undefined, /^States\.(\w*)/.exec(text)?.[1]]
  if (!INTRINSICS.includes(name))
    return name === '' ? 'it names nothing' : `AWS has no function States.${name}`
  if (call === undefined) return `States.${name} is not called: write States.${name}(…)`
  if (!text.endsWith(')')) return '( is not closed'
  const given = partsOf(text.slice(call.length, -1))
  if (given === undefined) return 'its brackets or texts are not closed'
  if (given.length === 1 && given[0] === '') return undefined
  return given.map(faultInArgument).find((fault) => fault !== undefined)
}

function faultInArgument(text: string): string | undefined {
  if (/^(?:'(?:[^'\\]|\\[\s\S])*'|-?\d+(?:\.\d+)?|true|false|null)$/.test(text)) return undefined
  if (/^(?:\$|States\.)/.test(text)) return faultInJsonPath(text)
  return `${text || 'nothing'} stands where a path, a 'text', a number or a function belongs`
}

/** Cuts the arguments of a function at its own commas; `undefined` where something is not closed. */
function partsOf(text: string): readonly string[] | undefined {
  const parts = ['']
  let depth = 0
  for (const [token] of text.matchAll(/'(?:[^'\\]|\\[\s\S])*'|[\s\S]/g)) {
    if (token === "'") return undefined
    if (/^[([]$/.test(token)) depth++
    if (/^[)\]]$/.test(token) && --depth < 0) return undefined
    if (token === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += token
  }
  return depth === 0 ? parts.map((part) => part.trim()) : undefined
}
