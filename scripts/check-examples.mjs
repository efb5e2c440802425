// Proves that each example runs as a whole with the Nodes and runners that people use: types stripped by Node 22 and 24,
// ts-node on 20, 22 and 24, and tsx; and that it prints what its header promises.
import { makeLimit } from './consumers/limit.mjs'
import { checkPrinted, EXAMPLES } from './examples.mjs'
import { findNode } from './node-versions.mjs'
import { runBeside } from './run-command.mjs'

// Type-checked all at once, by the step before.
const env = { ...process.env, TS_NODE_TRANSPILE_ONLY: 'true' }
const TS_NODE = 'node_modules/ts-node/dist/bin.js'
const node = async (version, ...args) => runBeside(await findNode(version), args, { env })
const WAYS = {
  'Node 22': (file) => node('22', file),
  'Node 24': (file) => node('24', file),
  'ts-node on Node 20': (file) => node('20', '--import', './examples/register.mjs', file),
  'ts-node on Node 22': (file) => node('22', TS_NODE, file),
  'ts-node on Node 24': (file) => node('24', TS_NODE, file),
  tsx: (file) => runBeside('npx', ['--yes', '-p', 'tsx', 'tsx', file]),
}

const atOnce = makeLimit(2)
const runs = Object.entries(WAYS).flatMap(([name, run]) =>
  EXAMPLES.map((example) =>
    atOnce(async () => {
      try {
        checkPrinted(example, await run(`examples/${example}`))
      } catch (thrown) {
        throw new Error(`${example} with ${name}: ${thrown.message}`)
      }
    }),
  ),
)
const failed = (await Promise.allSettled(runs)).flatMap(({ reason }) => reason ?? [])
for (const { message } of failed) console.error(message.slice(0, 2_000))
console.log(`note: ${EXAMPLES.length} examples ran with ${Object.keys(WAYS).join(', ')}`)
if (failed.length > 0) process.exit(1)
