// Writes what each entry exports, with its types, to api/<entry>.txt, so that a change of the public surface shows in the
// diff of a commit: `npm run api`. With --check it compares instead, and fails where they differ. Needs a build.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
const entries = Object.entries(exports)
  .filter(([, target]) => typeof target === 'object')
  .map(([path, target]) => [path === '.' ? 'labeling-job' : path.slice(2), target.import.types])

const program = ts.createProgram({
  rootNames: entries.map(([, file]) => file),
  options: {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
  },
})
const checker = program.getTypeChecker()
const printer = ts.createPrinter({ removeComments: true })

const reports = new Map(entries.map(([name, file]) => [`${name}.txt`, reportOf(name, file)]))
if (process.argv.includes('--check')) compare()
else write()

function reportOf(name, file) {
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error(`There is no ${file}: run \`npm run build\` first`)
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source))
  const texts = exported.map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const declarations = (target.declarations ?? []).map(textOf)
    const renamed = target.name === symbol.name ? '' : `// exported as ${symbol.name}\n`
    return [symbol.name, `${renamed}${[...new Set(declarations)].join('\n')}`]
  })
  const sorted = texts.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text)
  return `// What ${name === 'labeling-job' ? name : `labeling-job/${name}`} exports. Written by: npm run api\n\n${sorted.join('\n\n')}\n`
}

/** The declaration without its comments; of a variable the whole statement. */
function textOf(declaration) {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^declare /, '')
}

function write() {
  rmSync('api', { recursive: true, force: true })
  mkdirSync('api')
  for (const [file, text] of reports) writeFileSync(`api/${file}`, text)
}

function compare() {
  const kept = existsSync('api') ? readdirSync('api') : []
  const differing = [...new Set([...kept, ...reports.keys()])].filter(
    (file) => !kept.includes(file) || readFileSync(`api/${file}`, 'utf8') !== reports.get(file),
  )
  if (differing.length === 0) return
  console.error(
    `The public surface is not that of api/${differing.join(', api/')}: run \`npm run api\`, look at the diff, and commit it.`,
  )
  process.exit(1)
}
