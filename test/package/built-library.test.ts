import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const RECORDER = fileURLToPath(new URL('./record-loads.mjs', import.meta.url))

const BUILD_A_JOB = `
  const job = library.labelingJob('signs')
    .task(library.boundingBox({ title: 'Box', description: 'Box it', template: 's3://acme/t', labels: 's3://acme/l' }))
    .input('s3://acme/in.manifest')
    .output('s3://acme/out/')
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
    .autoLabeling()
  if (job.problems('us-east-1').some(({ severity }) => severity === 'error')) throw new Error('the job has problems')
  if (job.toRequest({ region: 'us-east-1' }).LabelingJobName !== 'signs') throw new Error('no request')`

// Nothing listens there, so the call fails at once; by then the client has been loaded.
const SEND_A_CALL = `
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
  const aws = library.connect({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', credentials })
  await aws.call('sts:GetCallerIdentity', {}).then(() => { throw new Error('sent') }, () => {})`

let built: string

beforeAll(() => {
  mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true })
  built = mkdtempSync(join(ROOT, 'node_modules/.cache/built-library-'))
  execFileSync(process.execPath, [join(ROOT, 'node_modules/tsup/dist/cli-default.js'), '--out-dir', built], {
    cwd: ROOT,
    stdio: 'pipe',
  })
})

afterAll(() => rmSync(built, { recursive: true, force: true }))

/** Runs a program on the built library and gives the packages and modules of Node it loaded after the start. */
function loadsOf(format: 'import' | 'require', program: string): readonly string[] {
  const log = join(built, `${format}-loads.txt`)
  const script = join(built, 'program.mjs')
  const library =
    format === 'import'
      ? "const library = await import('./index.js')"
      : "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\nawait mark()\nconst library = require('./index.cjs')"
  writeFileSync(log, '')
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs'
     const mark = async () => appendFileSync(${JSON.stringify(log)}, '--- start\\n')
     await mark()
     ${library}
     ${program}
     appendFileSync(${JSON.stringify(log)}, '--- end\\n')
     process.exit(0)`,
  )
  execFileSync(process.execPath, ['--import', RECORDER, script], {
    env: { ...process.env, LOADS: log, AWS_MAX_ATTEMPTS: '1' },
    stdio: 'pipe',
    timeout: 50_000,
  })
  const lines = readFileSync(log, 'utf8').split('\n')
  return lines.slice(lines.lastIndexOf('--- start') + 1, lines.indexOf('--- end'))
}

const isSdk = (name: string) => /^@(aws-sdk|smithy)\//.test(name)
const isNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name)

describe.each(['import', 'require'] as const)('the library, reached through %s', (format) => {
  test('loads neither the SDK nor a module of Node to build and check a job', () => {
    const loads = loadsOf(format, BUILD_A_JOB)

    expect(loads.filter((name) => isSdk(name) || isNode(name))).toEqual([])
  })

  test('loads the client of the one service that is called', () => {
    const loads = loadsOf(format, SEND_A_CALL)

    const clients = new Set(loads.filter((name) => /^@aws-sdk\/client-/.test(name)))
    expect([...clients]).toEqual(['@aws-sdk/client-sts'])
  })
})

test('no file of the library makes or calls anything while it is loaded that a bundler could not leave out', async () => {
  const files = readdirSync(built).filter((name) => name.endsWith('.js'))

  const { outputFiles } = await build({
    stdin: { contents: files.map((name) => `import './${name}'`).join('\n'), resolveDir: built },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['@aws-sdk/*', 'fast-png'],
    plugins: [
      {
        name: 'as-if-every-file-had-effects',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\// }, ({ path, kind }) => ({
            path: join(built, path),
            sideEffects: true,
            external: kind === 'dynamic-import',
          }))
        },
      },
    ],
  })

  // What is left are numbers, and the modules of Node.
  const left = outputFiles[0]?.text.split('\n').filter((line) => !/^(?:\/\/|import \{|$)/.test(line))
  expect(files.length).toBeGreaterThan(20)
  expect(left?.filter((line) => !/^(?:var \w+ = |[ }])[\w\s*+/<.,:{}-]*;$/.test(line))).toEqual([])
})
