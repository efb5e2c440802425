import { printable } from '../errors/printable.js'

/** Writes lines as a block of code that nothing in them can end. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const text = lines.map(printable).join('\n')
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)))
  return `${fence}${language}\n${text}\n${fence}`
}
