// Proves that a program which reaches the packed package through `import` in one file and `require` in another
// type-checks with `skipLibCheck: false`, brands passed between the two, on each TypeScript it supports; and that each
// misuse is refused there with the words that the tests pin for our own compiler.
// Usage: node scripts/check-consumer.mjs <tarball> <empty folder>
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPackage } from './install-package.mjs'
import { attempt, run } from './run-command.mjs'

const [tarball, folder] = process.argv.slice(2)
const COMPILERS = ['5.9.3', '6.0.3', '7.0.2']
const MISUSES = JSON.parse(readFileSync('test/types/misuses.json', 'utf8'))
const PRELUDE = readFileSync('test/types/snippet-prelude.ts.txt', 'utf8')
const SETTINGS = {
  target: 'ES2022',
  lib: ['ES2023'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: false,
}

installPackage(tarball, folder)
// Our declarations name types of Node (`AbortSignal`, `AsyncIterable`); every consumer on Node has them.
run(
  'npm',
  ['install', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps', '@types/node@20'],
  { cwd: folder },
)

const project = (name, settings, files) => {
  mkdirSync(join(folder, name), { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text)
  writeFileSync(
    join(folder, name, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { ...SETTINGS, types: ['node'], ...settings },
      include: ['*.ts', '*.mts', '*.cts'],
    }),
  )
}

const NODE16 = { module: 'node16', moduleResolution: 'node16' }
project('both', NODE16, {
  'keys.cts': `import library = require('labeling-job')
export const output: library.OutputKmsKey = library.outputKey('alias/gt-output')
export const volume: library.VolumeKmsKey = library.volumeKey('alias/gt-volume')
export const base = library.labelingJob('signs').output('s3://acme/out/', output)
import permissions = require('labeling-job/permissions')
import manifests = require('labeling-job/manifests')
import evidence = require('labeling-job/evidence')
import exporting = require('labeling-job/export')
import states = require('labeling-job/step-functions')
import testing = require('labeling-job/testing')
export const every = [permissions, manifests, evidence, exporting, states, testing]
`,
  'job.mts': `import { labelingJob, type OutputKmsKey, type VolumeKmsKey } from 'labeling-job'
import { base, output, volume } from './keys.cjs'
const same: OutputKmsKey = output
const other: VolumeKmsKey = volume
labelingJob().output('s3://acme/out/', same).autoLabeling(other)
base.autoLabeling(volume)
// @ts-expect-error a volume key is no output key, whichever way the library is reached
labelingJob().output('s3://acme/out/', volume)
import * as permissions from 'labeling-job/permissions'
import * as manifests from 'labeling-job/manifests'
import * as evidence from 'labeling-job/evidence'
import * as exporting from 'labeling-job/export'
import * as states from 'labeling-job/step-functions'
import * as testing from 'labeling-job/testing'
export const all = [permissions, manifests, evidence, exporting, states, testing]
`,
})
// A library on top of this one: what its functions give must have a name that its own declarations can use.
project(
  'library',
  { module: 'nodenext', moduleResolution: 'nodenext', declaration: true },
  {
    'library.mts': `import * as library from 'labeling-job'
import * as permissions from 'labeling-job/permissions'
import * as manifests from 'labeling-job/manifests'
import * as evidence from 'labeling-job/evidence'
import * as exporting from 'labeling-job/export'
import * as states from 'labeling-job/step-functions'
import { fakeAws } from 'labeling-job/testing'
declare const job: library.CompleteJob
const aws = library.connect()
export const check = () => library.checkPermissions(job, aws)
export const plan = () => library.planPermissions(job, aws)
export const ensure = () => library.ensurePermissions(job, aws, { apply: true })
export const apply = async () => permissions.applyPlan(await plan(), aws)
export const required = () => permissions.requiredPermissions(job, { region: 'us-east-1' })
export const decide = permissions.decidePermission
export const explain = permissions.explainAccessDenied
export const undo = permissions.undo
export const resolve = () => job.resolve(aws)
export const key = () => library.resolveKey('alias/gt', aws)
export const attach = () => library.attachJob('signs', aws)
export const audit = () => library.auditJobs(aws)
export const inspect = () => library.inspectJob('signs', aws)
export const prove = () => evidence.proveJob('signs', aws)
export const collect = () => evidence.collectEvidence(aws)
export const writeEvidence = evidence.writeEvidence
export const box = library.boundingBox
export const labels = manifests.readLabels
export const collected = manifests.collect
export const write = manifests.writeManifest
export const coco = exporting.toCoco([], { classes: ['stop'] })
export const state = states.labelingTask
export const fake = () => fakeAws()
export { aws }
`,
  },
)
project(
  'bundler',
  { module: 'esnext', moduleResolution: 'bundler' },
  {
    'job.ts': `import { labelingJob, outputKey } from 'labeling-job'
export const job = labelingJob().output('s3://acme/out/', outputKey('alias/gt'))
`,
  },
)
project(
  'misuses',
  NODE16,
  Object.fromEntries(MISUSES.map(({ code }, index) => [`misuse-${index}.mts`, `${PRELUDE}${code}\n`])),
)

const differing = new Set()
for (const version of COMPILERS) {
  const tsc = (name) =>
    attempt('npx', ['--yes', '-p', `typescript@${version}`, 'tsc', '--pretty', 'false', '-p', name], {
      cwd: folder,
    })
  for (const name of ['both', 'library', 'bundler']) {
    const { code, output } = tsc(name)
    if (code !== 0) throw new Error(`TypeScript ${version} refuses the ${name} program:\n${output}`)
  }
  const said = messagesByFile(tsc('misuses').output)
  for (const [index, { title, says }] of MISUSES.entries()) {
    const messages = said.get(`misuse-${index}.mts`) ?? []
    const refusal = /(?:Refused|StillMissing)<[^>]+>/.exec(says.join('\n'))?.[0] ?? says[0]
    // The order of a union of parts is the compiler's own.
    const fits = refusal.startsWith('StillMissing')
      ? messages.some((message) => words(message).join() === words(says.join('\n')).join())
      : messages.some((message) => message.includes(refusal))
    if (!fits)
      throw new Error(
        `TypeScript ${version} does not say to "${title}":\n${refusal}\nbut:\n${messages.join('\n')}`,
      )
    if (messages.length !== 1 || messages[0] !== says.join('\n')) differing.add(`${version}: ${title}`)
  }
  console.log(
    `note: TypeScript ${version} accepts the programs and refuses ${MISUSES.length} misuses with our sentences`,
  )
}
if (differing.size > 0)
  console.log(`note: around the sentence the words differ in: ${[...differing].join('; ')}`)

function messagesByFile(output) {
  const files = new Map()
  let messages
  for (const line of output.split('\n')) {
    const start = /([^/\s]+\.mts)\(\d+,\d+\): error TS\d+: (.*)/.exec(line)
    if (start !== null) {
      messages = files.get(start[1]) ?? []
      files.set(start[1], messages)
      messages.push(start[2])
    } else if (messages !== undefined && line.startsWith(' ')) messages.push(`${messages.pop()}\n${line}`)
  }
  return files
}

function words(message) {
  return [...message.matchAll(/"[a-z]+"/g)].map(([word]) => word).sort()
}
