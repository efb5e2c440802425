// Sids and names come from policies that anybody may have written: they must not move the cursor of a terminal, turn
// the direction of a line, or break out of a table.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Gives a line for a terminal. */
export function printable(line: string): string {
  return line.replace(UNPRINTABLE, '\ufffd')
}

/** Gives a text for Markdown, in which nothing of it is markup. */
export function plainMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#~&]/g, '\\$&')
}

/** Writes a number with commas. */
export function withCommas(value: number): string {
  return value.toLocaleString('en-US')
}
