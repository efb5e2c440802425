// @ts-check
// Proves that the examples run in Deno and in Bun from the packed package, and cell by cell as a notebook in Deno's Jupyter
// kernel; and that what the library gives shows itself there as text, Markdown and HTML.
// Usage: node scripts/check-runtimes.mjs <tarball> <empty folder>
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { attempt, run } from './run-command.mjs'

const [tarball = '', folder = ''] = process.argv.slice(2)
const DENO = 'deno@2.9.6'
const BUN = 'bun@1.4.5'
const NBCLIENT = 'nbclient==0.11.0'
const EXAMPLES = readdirSync('examples').filter((file) => file.endsWith('.mts'))
/** Values in a notebook, and what each shows. */
const SHOWN = {
  name: 'what shows itself',
  cells: [
    `import { boundingBox, checkPermissions, inspectJob, labelingJob, outputKey, planPermissions } from 'labeling-job'
import { collectEvidence, proveJob } from 'labeling-job/evidence'
import { fakeAws } from 'labeling-job/testing'
const cloud = fakeAws()
cloud.key({ alias: 'alias/gt-output' })
cloud.role({ name: 'GtExec' })
cloud.object('s3://acme-gt/in.manifest', '{"source-ref": "s3://acme-gt/1.jpg"}')
cloud.object('s3://acme-gt/labels.json', '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}')
const aws = cloud.connect()`,
    `const job = labelingJob('signs')
  .task(boundingBox({ title: 'Box', description: 'Box it', template: 's3://acme-gt/t', labels: 's3://acme-gt/labels.json' }))
  .input('s3://acme-gt/in.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
job`,
    'await checkPermissions(job, aws)',
    'await planPermissions(job, aws)',
    'const running = await job.create(aws)\nrunning',
    'await running.status()',
    'const ended = await running.completed()\nended',
    `await inspectJob('signs', aws)`,
    `await proveJob('signs', aws)`,
    'await collectEvidence(aws)',
  ],
  shows: [
    'labeling job signs',
    'kms:Decrypt',
    'kms:Decrypt',
    'signs',
    'signs',
    'signs',
    'signs',
    'signs',
    'signs',
  ],
}
/** The recipe of docs/notebooks.md for a wait that is interrupted; the clock is real, so that the job never ends. */
const INTERRUPTED = {
  name: 'an interrupted wait',
  cells: [
    ...SHOWN.cells.slice(0, 2),
    `import { attachJob, connect } from 'labeling-job'
const real = connect({ region: 'us-east-1', clients: cloud })
const waiting = await job.create(real)`,
    `const stop = new AbortController()
Deno.addSignalListener('SIGINT', () => stop.abort())
const told = await waiting
  .completed({ signal: stop.signal, onProgress: () => console.log('waiting') })
  .catch((error) => error.code)
if (told !== 'aborted') throw new Error('the wait ended with ' + told)`,
    `await attachJob('signs', real)`,
  ],
  shows: ['signs'],
}
const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline']
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
run('npm', ['install', ...QUIETLY, resolve(tarball), ...Object.keys(peerDependencies), DENO, BUN], {
  cwd: folder,
})
for (const example of EXAMPLES) cpSync(join('examples', example), join(folder, example))

const bin = (/** @type {string} */ name) => resolve(folder, 'node_modules/.bin', name)
for (const example of EXAMPLES) {
  runsWith(bin('deno'), ['run', '--allow-all', '--no-check', example])
  runsWith(bin('bun'), [example])
}
console.log(`note: ${EXAMPLES.length} examples run in ${DENO} and ${BUN}`)
runNotebooks()

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function runsWith(command, args) {
  const { code, output } = attempt(command, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
  if (code === 0) return
  console.error(`${command} ${args.join(' ')} ends with ${code}:\n${output}`)
  process.exit(1)
}

function runNotebooks() {
  if (attempt('python3', ['-c', 'import venv, ensurepip']).code !== 0) {
    console.log('note: not run as notebooks: that needs python3 with venv')
    return
  }
  const venv = resolve('.venv-notebooks')
  const python = join(venv, 'bin/python')
  if (!existsSync(python)) run('python3', ['-m', 'venv', venv])
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', NBCLIENT])
  const kernel = join(folder, 'jupyter/kernels/deno')
  mkdirSync(kernel, { recursive: true })
  const argv = [bin('deno'), 'jupyter', '--kernel', '--conn', '{connection_file}']
  writeFileSync(
    join(kernel, 'kernel.json'),
    JSON.stringify({ argv, display_name: 'Deno', language: 'typescript' }),
  )
  const notebooks = [...EXAMPLES.map(cellsOf), SHOWN, INTERRUPTED]
  const { code, output } = attempt(python, [resolve('scripts/run-notebooks.py')], {
    cwd: folder,
    input: JSON.stringify(notebooks),
    env: { ...process.env, JUPYTER_PATH: resolve(folder, 'jupyter'), NO_COLOR: '1' },
  })
  if (code !== 0) {
    console.error(output)
    process.exit(1)
  }
  console.log(`note: ${/.*notebooks run.*/.exec(output)?.[0]}`)
}

/** @param {string} example */
function cellsOf(example) {
  const text = readFileSync(join('examples', example), 'utf8')
  return { name: example, cells: text.split(/^\/\/ %%.*$/m).filter((cell) => cell.trim() !== '') }
}
