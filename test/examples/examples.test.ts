import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { DEEP } from '../support/runs.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const EXAMPLES = readdirSync(`${ROOT}examples`).filter((file) => file.endsWith('.ts'))
// Type-checking each takes ts-node seconds; `npm run check` compiles them all at once.
const ENV = DEEP ? process.env : { ...process.env, TS_NODE_TRANSPILE_ONLY: 'true' }

describe('examples, run as a user runs them', () => {
  test.concurrent.each(EXAMPLES)('%s prints what its header promises', async (file) => {
    const [, promised = ''] = /\* Prints: (.+)/.exec(readFileSync(`${ROOT}examples/${file}`, 'utf8')) ?? []

    const { stdout } = await promisify(execFile)('npx', ['ts-node', `examples/${file}`], {
      cwd: ROOT,
      env: ENV,
    })

    expect(promised).not.toBe('')
    for (const words of promised.split(', ')) expect(stdout).toContain(words)
  })
})
