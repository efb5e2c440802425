import ts from 'typescript'

/**
 * Gives what makes a program of texts, by the names of files that need not be there, and of all that they import. What
 * several programs import is read and parsed once.
 */
export function programsWith(
  options: ts.CompilerOptions,
): (texts: ReadonlyMap<string, string>, names?: readonly string[]) => ts.Program {
  const parsed = new Map<string, ts.SourceFile | undefined>()
  return (texts, names = [...texts.keys()]) => {
    const host = ts.createCompilerHost(options)
    host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors
    const { fileExists, readFile, getSourceFile } = host
    host.fileExists = (name) => texts.has(name) || fileExists(name)
    host.readFile = (name) => texts.get(name) ?? readFile(name)
    host.getSourceFile = (name, version, ...rest) => {
      const text = texts.get(name)
      if (text !== undefined) return ts.createSourceFile(name, text, version)
      if (!parsed.has(name)) parsed.set(name, getSourceFile.call(host, name, version, ...rest))
      return parsed.get(name)
    }
    return ts.createProgram(names, options, host)
  }
}

/** Gives what the compiler has to say of one file of a program, without the places. */
export function messagesOf(program: ts.Program, name: string): readonly string[] {
  const file = program.getSourceFile(name)
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  )
}
