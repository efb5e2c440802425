import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

// What a program prints of our values when they pass through a bundler that gives every class another name.
const PROGRAM = `
import { labelingJob, outputKey, resolveKey, s3Uri } from './src/index.js'
import { fakeAws } from './src/testing/index.js'

const thrownBy = async (call) => {
  try {
    await call()
  } catch (error) {
    return error
  }
}
const aws = fakeAws().connect()
const errors = [
  await thrownBy(() => s3Uri('nowhere')),
  await thrownBy(() => labelingJob().output('s3://acme/out/', '')),
  await thrownBy(() => resolveKey(outputKey('alias/gt-output'), aws)),
  await thrownBy(() => resolveKey(outputKey('alias/gt-output'), aws, { signal: AbortSignal.abort() })),
]
console.log(JSON.stringify(errors.map(({ name, code, stack }) => [name, code, stack.split(':')[0]])))
`

let folder: string
beforeAll(() => {
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true })
  folder = mkdtempSync(join(ROOT, 'node_modules/.cache/minified-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an error keeps its name in a minified bundle', async () => {
  const outfile = join(folder, 'program.mjs')
  await build({
    stdin: { contents: PROGRAM, resolveDir: ROOT },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['@aws-sdk/*'],
    logLevel: 'error',
  })
  writeFileSync(join(folder, 'package.json'), '{}')

  const printed = execFileSync(process.execPath, [outfile], { encoding: 'utf8' })

  expect(JSON.parse(printed)).toEqual([
    ['LabelingJobError', 'invalid-name', 'LabelingJobError'],
    ['LabelingJobError', 'invalid-name', 'LabelingJobError'],
    ['LabelingJobError', 'key-not-found', 'LabelingJobError'],
    ['AbortError', 'aborted', 'AbortError'],
  ])
})
