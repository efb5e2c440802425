import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { ENTRIES as BUILT } from '../../scripts/entries.mjs'
import { messagesOf, programsWith } from '../support/make-programs.js'
import { DEEP } from '../support/runs.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const ANY_SDK = `${ROOT}test/docs/any-sdk.d.ts`
const ENTRIES = Object.fromEntries(
  Object.entries(BUILT).map(([name, file]) => [
    name === 'index' ? 'labeling-job' : `labeling-job/${name}`,
    file,
  ]),
)
// What an example may take for granted, as its reader does.
const GIVEN = `
declare const aws: import('labeling-job').Aws
declare const job: import('labeling-job').CompleteJob & { create(aws: import('labeling-job').Aws): Promise<import('labeling-job').RunningJob<'bounding-box'>> }
`

interface Block {
  readonly where: string
  readonly code: string
}

describe('every code block of README, docs and JSDoc', () => {
  const blocks = [...markdownBlocks(), ...exampleBlocks()]
  const { found, withoutExample } = compile(blocks)

  test.each(blocks)('compiles: $where', ({ where }) => {
    expect(found.get(where) ?? []).toEqual([])
  })

  test('comes with every function, class and constant that a user can import', () => {
    expect(withoutExample).toEqual([])
  })

  test('is looked at: README and sources have some', () => {
    expect(blocks.filter(({ where }) => where.startsWith('README')).length).toBeGreaterThan(0)
    expect(blocks.filter(({ where }) => where.startsWith('src')).length).toBeGreaterThan(4)
  })
})

function markdownBlocks(): Block[] {
  return ['README.md', ...files('docs', '.md')].flatMap((file) =>
    [...readFileSync(ROOT + file, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map((match, index) => ({
      where: `${file} block ${index + 1}`,
      code: match[1] ?? '',
    })),
  )
}

function exampleBlocks(): Block[] {
  return files('src', '.ts').flatMap((file) =>
    [...readFileSync(ROOT + file, 'utf8').matchAll(/@example\n((?: *\*(?! @|\/).*\n)+)/g)].map(
      (match, index) => ({
        where: `${file} example ${index + 1}`,
        code: (match[1] ?? '').replace(/^ *\* ?/gm, '').replace(/```(ts)?/g, ''),
      }),
    ),
  )
}

function files(folder: string, ending: string): string[] {
  return readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`)
    .sort()
}

interface Compiled {
  /** What the compiler says of each block, by its place. */
  readonly found: ReadonlyMap<string, readonly string[]>
  /** The names of exported values whose JSDoc has no example. */
  readonly withoutExample: readonly string[]
}

/** Compiles all blocks as one program. */
function compile(blocks: readonly Block[]): Compiled {
  const entries = Object.values(ENTRIES).map((file) => ROOT + file)
  const programOf = programsWith({
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    paths: {
      ...Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, [ROOT + file]])),
      // Two files in three would be the SDK's: only the deep run asks what they say.
      ...(!DEEP && { '@aws-sdk/*': [ANY_SDK] }),
    },
  })
  const sdk = [ANY_SDK, anySdk(blocks)] as const
  const { exported, withoutExample } = exportedNames(programOf(new Map([sdk]), entries))
  const nameOf = (index: number) => `${ROOT}block-${index}.ts`
  const program = programOf(
    new Map([sdk, ...blocks.map(({ code }, index) => [nameOf(index), withImports(code, exported)] as const)]),
  )
  const found = new Map(blocks.map(({ where }, index) => [where, messagesOf(program, nameOf(index))]))
  return { found, withoutExample }
}

/** A module with every name that a block takes from the SDK, of any type. */
function anySdk(blocks: readonly Block[]): string {
  const imports = blocks.flatMap(({ code }) => [...code.matchAll(/import \{(.+)\} from '@aws-sdk\//g)])
  const names = new Set(imports.flatMap(([, list = '']) => list.split(',').map((name) => name.trim())))
  return [...names].map((name) => `export declare const ${name}: any\n`).join('')
}

function exportedNames(program: ts.Program) {
  const checker = program.getTypeChecker()
  const exported = new Map<string, string>()
  const withoutExample: string[] = []
  for (const [entry, file] of Object.entries(ENTRIES)) {
    const source = program.getSourceFile(ROOT + file)
    const symbol = source && checker.getSymbolAtLocation(source)
    for (const found of symbol ? checker.getExportsOfModule(symbol) : []) {
      const { name } = found
      if (!exported.has(name)) exported.set(name, entry)
      const meant = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found
      const isValue = (meant.flags & ts.SymbolFlags.Value) !== 0
      if (isValue && !meant.declarations?.some(hasExample)) withoutExample.push(`${entry}: ${name}`)
    }
  }
  return { exported, withoutExample }
}

// The program is read without its JSDoc, which would take as long again.
function hasExample(declaration: ts.Declaration): boolean {
  const statement = ts.findAncestor(declaration, ts.isStatement) ?? declaration
  const text = statement.getSourceFile().text
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? []
  return comments.slice(-1).some(({ pos, end }) => text.slice(pos, end).includes('@example'))
}

// A JSDoc example leaves out the imports that its reader knows; blocks of documents bring theirs.
function withImports(code: string, exported: ReadonlyMap<string, string>): string {
  const given = GIVEN.split('\n').filter((line) => {
    const name = /^declare (?:const|function) (\w+)/.exec(line)?.[1]
    return name !== undefined && !new RegExp(`(?:const|let|function) ${name}\\b`).test(code)
  })
  if (/^ *import /m.test(code)) return [...given, code, 'export {}'].join('\n')
  const used = [...new Set(code.match(/\b[A-Za-z]\w+\b/g))].filter(
    (name) => exported.has(name) && !new RegExp(`(?:const|let|function) ${name}\\b`).test(code),
  )
  const imports = used.map((name) => `import { ${name} } from '${exported.get(name)}'`)
  return [...imports, ...given, code, 'export {}'].join('\n')
}
