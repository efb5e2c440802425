import { printable } from '../../errors/printable.js'

/** A piece of SVG that was made here; text that is none of it is escaped. */
export interface Svg {
  readonly markup: string
}

type Attribute = string | number | undefined

/** Makes an element. Attributes that are `undefined` are left out; children that are text are escaped. */
export function element(
  name: string,
  attributes: Readonly<Record<string, Attribute>>,
  ...children: readonly (Svg | string)[]
): Svg {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? short(value) : String(value))}"`)
    .join('')
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : child.markup)).join('')
  return { markup: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` }
}

/** Escapes a text for SVG and HTML: in an element, and in quotes. */
export function escaped(text: string): string {
  return withoutHalves(printable(text)).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Half a character is none that XML can hold. */
function withoutHalves(text: string): string {
  return text
    .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd')
    .replaceAll(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
}

function short(value: number): string {
  return String(rounded(value))
}

/** Rounds a length for a picture. One that no picture can have, of a label whose numbers are absurd, lies far outside. */
export function rounded(value: number): number {
  if (Number.isNaN(value)) return 0
  return Math.round(Math.max(Math.min(value, FARTHEST), -FARTHEST) * 100) / 100
}

const FARTHEST = 1_000_000
