// Compiles snippets of a user's program, all as one program, and gives the compiler's words for each.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** A call that must not compile, and what the compiler says to it. */
export interface Misuse {
  readonly title: string
  readonly code: string
  /** The lines of the compiler's message. */
  readonly says: readonly string[]
  /** Said by the types alone: at run time a key is a text, and other shapes are reported as problems. */
  readonly typesOnly?: boolean
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PRELUDE = readFileSync(new URL('./snippet-prelude.ts.txt', import.meta.url), 'utf8')

/** The misuses of the builder with the compiler's words, shared with the check of other compilers. */
export const MISUSES: readonly Misuse[] = JSON.parse(
  readFileSync(new URL('./misuses.json', import.meta.url), 'utf8'),
)

/** Gives the messages for each snippet, in the order of the snippets; none for one that compiles. */
export function compileSnippets(snippets: readonly string[]): readonly (readonly string[])[] {
  const { program, names } = programOf(snippets)
  return names.map((name) => {
    const file = program.getSourceFile(name)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((found) =>
      ts.flattenDiagnosticMessageText(found.messageText, '\n'),
    )
  })
}

/** Gives how many type instantiations a snippet costs, on top of a file that only has the imports. */
export function countInstantiations(snippet: string): number {
  return instantiationsOf(snippet) - instantiationsOf('')
}

function instantiationsOf(snippet: string): number {
  const { program, names } = programOf([snippet])
  const wrong = program.getSemanticDiagnostics(program.getSourceFile(names[0] as string))
  if (wrong.length > 0) throw new Error(ts.flattenDiagnosticMessageText(wrong[0]?.messageText, '\n'))
  return (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount()
}

function programOf(snippets: readonly string[]) {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const settings: ts.CompilerOptions = {
    ...options,
    isolatedModules: false,
    noUnusedLocals: false,
    verbatimModuleSyntax: false,
    paths: {
      'labeling-job': [`${ROOT}src/index.ts`],
      '@aws-sdk/*': [`${ROOT}test/types/no-sdk.d.ts`],
    },
  }
  const files = new Map(
    snippets.map((snippet, index) => [`${ROOT}test/types/snippet-${index}.ts`, `${PRELUDE}${snippet}\n`]),
  )
  const host = ts.createCompilerHost(settings)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name)
    return text === undefined
      ? getSourceFile.call(host, name, version, ...rest)
      : ts.createSourceFile(name, text, version)
  }
  const names = [...files.keys()]
  return { program: ts.createProgram(names, settings, host), names }
}
