import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const ENTRIES = {
  'labeling-job': 'src/index.ts',
  'labeling-job/permissions': 'src/permissions/index.ts',
  'labeling-job/manifests': 'src/manifests/index.ts',
  'labeling-job/evidence': 'src/evidence/index.ts',
  'labeling-job/export': 'src/export/index.ts',
  'labeling-job/step-functions': 'src/step-functions/index.ts',
  'labeling-job/testing': 'src/testing/index.ts',
}
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
  const found = compile(blocks)

  test.each(blocks)('compiles: $where', ({ where }) => {
    expect(found.get(where) ?? []).toEqual([])
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

/** Compiles all blocks as one program and gives what the compiler says of each. */
function compile(blocks: readonly Block[]): ReadonlyMap<string, readonly string[]> {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    paths: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, [ROOT + file]])),
  }
  const host = ts.createCompilerHost(options)
  const exported = exportedNames(host, options)
  const texts = new Map(
    blocks.map((block, index) => [`${ROOT}block-${index}.ts`, withImports(block.code, exported)]),
  )
  const { readFile, fileExists, getSourceFile } = host
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file)
    return text === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, text, version)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  const messages = new Map<string, string[]>()
  for (const [index, block] of blocks.entries()) {
    const source = program.getSourceFile(`${ROOT}block-${index}.ts`)
    const words = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    )
    messages.set(block.where, words)
  }
  return messages
}

function exportedNames(host: ts.CompilerHost, options: ts.CompilerOptions): ReadonlyMap<string, string> {
  const program = ts.createProgram(
    Object.values(ENTRIES).map((file) => ROOT + file),
    options,
    host,
  )
  const checker = program.getTypeChecker()
  const names = new Map<string, string>()
  for (const [entry, file] of Object.entries(ENTRIES)) {
    const source = program.getSourceFile(ROOT + file)
    const symbol = source && checker.getSymbolAtLocation(source)
    for (const { name } of symbol ? checker.getExportsOfModule(symbol) : [])
      if (!names.has(name)) names.set(name, entry)
  }
  return names
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
