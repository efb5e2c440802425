import { printable } from '../errors/printable.js'
import { codeBlock } from './code-block.js'
import { preformatted } from './html.js'

/** A value that shows itself: in a message, in a terminal, on a page and in JSON. */
export interface Shown<Data> {
  /** The value for a terminal; `console.log()` prints the same. */
  toString(): string
  toMarkdown(): string
  toHtml(): string
  /** The value as plain data. */
  toJSON(): Data
}

/** How a value shows itself. */
export interface Faces<Data> {
  /** Lines for a terminal. */
  readonly text: () => string
  /** Default: the text, as a block of code. */
  readonly markdown?: () => string
  /** Escaped. Default: the text, as it is, on a card of its own. */
  readonly html?: () => string
  /** Part of a page of others, such as a notebook, where `html` is a page. Default: `html`. */
  readonly section?: () => string
  /** Default: all fields but functions. */
  readonly json?: () => Data
}

/**
 * Gives a value its faces and freezes it. They are not enumerable: a value spread into another, or printed by a tool
 * that knows nothing of them, is its data alone.
 */
export function makeShown<Fields extends object, Data = object>(
  fields: Fields,
  { text, markdown, html, section, json }: Faces<Data>,
): Readonly<Fields & Shown<Data>> {
  const asText = () => text().split('\n').map(printable).join('\n')
  const asMarkdown = () => markdown?.() ?? codeBlock('text', text().split('\n'))
  const asHtml = () => html?.() ?? preformatted(asText())
  const shown = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(fields))
  const faces: Readonly<Record<string | symbol, () => unknown>> = {
    toString: asText,
    toMarkdown: asMarkdown,
    toHtml: asHtml,
    toJSON: json ?? (() => dataOf(fields)),
    [Symbol.for('nodejs.util.inspect.custom')]: asText,
    [Symbol.for('Jupyter.display')]: () => displayOf(shown, section),
  }
  for (const face of Reflect.ownKeys(faces)) Object.defineProperty(shown, face, { value: faces[face] })
  return Object.freeze(shown)
}

/**
 * Has a value print itself as a text, also as `String()` where it has no text of its own, and as its faces in a notebook
 * where it has some. A method under such a symbol, in a class, would keep the class in every bundle: bundlers take a
 * computed name for an effect.
 */
export function printAs<Value extends object>(value: Value, text: () => string): Value {
  Object.defineProperty(value, Symbol.for('nodejs.util.inspect.custom'), { value: text })
  if (value.toString === {}.toString || Array.isArray(value))
    Object.defineProperty(value, 'toString', { value: text })
  if ('toHtml' in value)
    Object.defineProperty(value, Symbol.for('Jupyter.display'), {
      value: () => displayOf(value as Value & Shown<unknown>),
    })
  return value
}

/** What a notebook shows of a value. */
function displayOf(
  value: Shown<unknown>,
  section: () => string = () => value.toHtml(),
): Readonly<Record<string, string>> {
  return {
    'text/plain': value.toString(),
    'text/markdown': value.toMarkdown(),
    'text/html': section(),
  }
}

function dataOf(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value !== 'function'))
}
