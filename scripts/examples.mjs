// The examples, and what their headers promise.
import { readdirSync, readFileSync } from 'node:fs'

export const EXAMPLES = readdirSync('examples').filter((file) => file.endsWith('.mts'))

/** Throws when an example did not print all that its header promises. */
export function checkPrinted(example, output) {
  const [, promised] = /\* Prints: (.+)/.exec(readFileSync(`examples/${example}`, 'utf8')) ?? []
  if (promised === undefined) throw new Error(`The header of ${example} promises nothing`)
  const missing = promised.split(', ').filter((words) => !output.includes(words))
  if (missing.length > 0) throw new Error(`${example} does not print ${missing.join(', ')}, but:\n${output}`)
}
