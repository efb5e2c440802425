/** A command for a POSIX shell, in words that are quoted when it is shown. */
export interface ShellCommand {
  readonly run: readonly string[]
  /** A second command that reads what the first one prints. */
  readonly pipeTo?: readonly string[]
  /** The file that takes what is printed. */
  readonly into?: string
}

/** Writes a command so that it can be copied: whatever stands in a name, the shell takes it for that name. */
export function shellLine({ run, pipeTo, into }: ShellCommand): string {
  const parts = [commandLine(run), ...(pipeTo === undefined ? [] : [commandLine(pipeTo)])]
  return `${parts.join(' | ')}${into === undefined ? '' : ` > ${quoteForShell(into)}`}`
}

/** Writes one word so that a POSIX shell reads exactly this word. */
export function quoteForShell(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word
  if (/^[ -~]*$/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`
  // Control characters and what lies beyond ASCII could show something else than what is run.
  const bytes = [...new TextEncoder().encode(word)].map((byte) =>
    byte < 32 || byte > 126 || byte === 39 || byte === 92
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : String.fromCharCode(byte),
  )
  return `$'${bytes.join('')}'`
}

function commandLine(words: readonly string[]): string {
  return words.map(quoteForShell).join(' ')
}
