// Proves that the packed package works for those who use it: the Nodes, compilers, SDKs, bundlers, test runners and package
// managers of consumers. Prints one table. Usage: node scripts/check-consumers.mjs [<tarball>] [--only <group>]
// Without a tarball it packs what is built.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { awsSdkConsumers } from './consumers/aws-sdk.mjs'
import { bundlerConsumers } from './consumers/bundlers.mjs'
import { makeLimit } from './consumers/limit.mjs'
import { nodeConsumers } from './consumers/node.mjs'
import { packageManagerConsumers } from './consumers/package-managers.mjs'
import { testRunnerConsumers } from './consumers/test-runners.mjs'
import { typescriptConsumers } from './consumers/typescript.mjs'
import { run } from './run-command.mjs'

// The slowest to install first.
const GROUPS = {
  bundlers: bundlerConsumers,
  'test-runners': testRunnerConsumers,
  typescript: typescriptConsumers,
  'aws-sdk': awsSdkConsumers,
  'package-managers': packageManagerConsumers,
  node: nodeConsumers,
}
const {
  values: { only },
  positionals: [given],
} = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } })

const started = performance.now()
const work = mkdtempSync(join(tmpdir(), 'labeling-job-consumers-'))
try {
  const tarball = given === undefined ? pack() : resolve(given)
  const atOnce = makeLimit(2)
  const groups = await Promise.all(
    Object.entries(GROUPS)
      .filter(([name]) => only === undefined || name === only)
      .map(([name, makeConsumers]) =>
        runGroup(name, makeConsumers, { tarball, folder: join(work, name) }, atOnce),
      ),
  )
  const results = groups.flat()
  const failed = results.filter(({ failure }) => failure !== undefined)
  for (const { name, failure, seconds, said = '' } of results)
    console.log(
      `${failure === undefined ? 'ok  ' : 'FAIL'}  ${name.padEnd(60)} ${seconds} s  ${said}`.trimEnd(),
    )
  for (const { name, failure } of failed) console.log(`\n${name}\n${shorten(failure)}`)
  const took = Math.round((performance.now() - started) / 1000)
  console.log(`\nnote: ${results.length - failed.length} consumers ok, ${failed.length} not, in ${took} s`)
  if (failed.length > 0 || results.length === 0) process.exitCode = 1
} finally {
  rmSync(work, { recursive: true, force: true })
}

function pack() {
  run(process.execPath, ['scripts/build-if-missing.mjs'])
  return join(work, run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work]).trim())
}

/** Sets the projects of a group up, and runs its consumers. */
async function runGroup(group, makeConsumers, place, atOnce) {
  const { value: consumers = [], ...result } = await atOnce(() => timed(() => makeConsumers(place)))
  if (result.failure !== undefined) return [{ name: `${group}: its projects`, ...result }]
  return Promise.all(
    consumers.map(({ name, run: runConsumer }) =>
      atOnce(async () => {
        const { value: said, ...rest } = await timed(runConsumer)
        return { name, said, ...rest }
      }),
    ),
  )
}

/** The beginning of what was said: a line of a minified bundle fills a terminal. */
function shorten(text) {
  const lines = text.split('\n').map((line) => (line.length > 400 ? `${line.slice(0, 400)} …` : line))
  return lines.slice(0, 40).join('\n')
}

async function timed(work) {
  const start = performance.now()
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1)
  try {
    const value = await work()
    return { value, seconds: seconds() }
  } catch (thrown) {
    return { failure: thrown instanceof Error ? thrown.message : String(thrown), seconds: seconds() }
  }
}
