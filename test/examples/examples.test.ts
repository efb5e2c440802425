import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { DEEP } from '../support/runs.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const EXAMPLES = readdirSync(`${ROOT}examples`).filter((file) => file.endsWith('.mts'))
// Type-checking each takes ts-node seconds; `npm run check` compiles them all at once.
const ENV = DEEP ? process.env : { ...process.env, TS_NODE_TRANSPILE_ONLY: 'true' }

// Each loads the SDK anew; the deep run and `npm run check` run them all.
const SOME = ['quickstart.mts', '07-preflight.mts', '12-labels.mts']

test.concurrent.each(DEEP ? EXAMPLES : SOME)(
  '%s runs cell by cell, as in a notebook, and prints what its header promises',
  async (file) => {
    const printed = await printedBy('test/examples/run-cells.mjs', `examples/${file}`)

    expect(printed.missing).toEqual([])
  },
)

test.concurrent.each(DEEP ? EXAMPLES : ['quickstart.mts'])(
  '%s runs as a whole under ts-node',
  async (file) => {
    const printed = await printedBy('--import', './examples/register.mjs', `examples/${file}`)

    expect(printed.missing).toEqual([])
  },
)

test.runIf(DEEP)('all compile with what ts-node takes on Node 20 without a tsconfig.json', async () => {
  const usual = '--target es2021 --lib es2021 --module nodenext --types node --skipLibCheck --strict --noEmit'
  const files = EXAMPLES.map((file) => `examples/${file}`)
  const tsc = ['node_modules/typescript/bin/tsc', '--ignoreConfig', ...usual.split(' '), ...files]

  const { stdout } = await promisify(execFile)(process.execPath, tsc, { cwd: ROOT })

  expect(stdout).toBe('')
})

test('a cell that needs a later one does not run', async () => {
  const running = printedBy('test/examples/run-cells.mjs', 'test/examples/later-helper.mts')

  await expect(running).rejects.toThrow('ReferenceError: greet is not defined')
})

/** Runs an example, and gives the promised words that it did not print. */
async function printedBy(...args: readonly string[]) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: ENV })
  const [, promised] = /\* Prints: (.+)/.exec(readFileSync(ROOT + args.at(-1), 'utf8')) ?? []
  if (promised === undefined) throw new Error('The header of the example promises nothing')
  return { missing: promised.split(', ').filter((words) => !`${stdout}${stderr}`.includes(words)) }
}
