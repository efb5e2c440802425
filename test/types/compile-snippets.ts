// Compiles snippets of a user's program, all as one program, and gives the compiler's words for each.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { messagesOf, programsWith } from '../support/make-programs.js'

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
  const files = filesOf(snippets)
  const program = programOf(files)
  return [...files.keys()].map((name) => messagesOf(program, name))
}

/** Gives how many type instantiations a snippet costs, on top of a file that only has the imports. */
export function countInstantiations(snippet: string): number {
  return instantiationsOf(snippet) - instantiationsOf('')
}

function instantiationsOf(snippet: string): number {
  const files = filesOf([snippet])
  const program = programOf(files)
  const wrong = [...files.keys()].flatMap((name) => messagesOf(program, name))
  if (wrong.length > 0) throw new Error(wrong[0])
  return (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount()
}

function filesOf(snippets: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    snippets.map((snippet, index) => [`${ROOT}test/types/snippet-${index}.ts`, `${PRELUDE}${snippet}\n`]),
  )
}

const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile)
const programOf = programsWith({
  // Without the list of the repository's own files, which takes the disk.
  ...ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options,
  isolatedModules: false,
  noUnusedLocals: false,
  verbatimModuleSyntax: false,
  paths: {
    'labeling-job': [`${ROOT}src/index.ts`],
    '@aws-sdk/*': [`${ROOT}test/types/no-sdk.d.ts`],
  },
})
