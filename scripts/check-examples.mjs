// Proves that the examples run on the Nodes and with the runners that people use: types stripped by Node 22 and 24, and the
// quickstart with ts-node and tsx as well. The tests run them on this Node.
import { readdirSync } from 'node:fs'
import { attempt } from './run-command.mjs'

const EXAMPLES = readdirSync('examples').filter((file) => file.endsWith('.mts'))
const ways = [
  ...['22', '24'].flatMap((version) => [
    ...EXAMPLES.map((file) => ({ version, tools: [], command: ['node', `examples/${file}`] })),
    { version, tools: [], command: ['ts-node', 'examples/quickstart.mts'] },
  ]),
  { version: '20', tools: ['-p', 'tsx'], command: ['tsx', 'examples/quickstart.mts'] },
]

const ran = []
for (const { version, tools, command } of ways) {
  const node = ['--yes', '-p', `node@${version}`, ...tools]
  if (attempt('npx', [...node, 'node', '--version']).code !== 0) {
    console.log(`note: not tried: ${command.join(' ')} on Node ${version}, which could not be fetched`)
    continue
  }
  const { code, output } = attempt('npx', [...node, ...command])
  if (code !== 0) {
    console.error(`${command.join(' ')} on Node ${version} ends with ${code}:\n${output}`)
    process.exit(1)
  }
  ran.push(`${command.join(' ')} (${version})`)
}
console.log(`note: ran ${ran.join('; ')}`)
