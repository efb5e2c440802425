// Runs a program cell by cell in one context, as a notebook does: a cell sees what those before it declared, and nothing of
// those after it. Usage: node test/examples/run-cells.mjs <file>
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { transformSync } from 'esbuild'

const [, , file = ''] = process.argv
const cells = readFileSync(file, 'utf8').split(/^(?=\/\/ %% )/m)
if (cells.length < 3) throw new Error(`${file} has no cells: none of its lines begins with "// %% "`)

// What is evaluated has no module of its own to import into.
globalThis['load'] = (name) => import(name)
const session = new Session()
session.connect()
for (const cell of cells) {
  const { exceptionDetails } = await session.post('Runtime.evaluate', {
    expression: scriptOf(cell),
    replMode: true,
    awaitPromise: true,
  })
  if (exceptionDetails === undefined) continue
  const { text, exception } = exceptionDetails
  console.error(`In the cell "${cell.split('\n')[0]}":\n${exception?.description ?? text}`)
  process.exit(1)
}
session.disconnect()

/** Strips the types of a cell, and loads what it imports. */
function scriptOf(cell) {
  const { code } = transformSync(cell, {
    loader: 'ts',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  return code.replace(
    /^import \{([^}]*)\} from ['"]([^'"]+)['"];$/gm,
    (_, names, from) => `const {${names.replaceAll(' as ', ': ')}} = await load('${from}');`,
  )
}
