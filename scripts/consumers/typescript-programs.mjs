// The programs that every supported TypeScript has to accept.

const ENTRIES = `import * as permissions from 'labeling-job/permissions'
import * as manifests from 'labeling-job/manifests'
import * as evidence from 'labeling-job/evidence'
import * as exporting from 'labeling-job/export'
import * as states from 'labeling-job/step-functions'
import * as testing from 'labeling-job/testing'
export const all = [permissions, manifests, evidence, exporting, states, testing]
`

/** One program that reaches the library through \`import\` in one file and \`require\` in another, brands passed between. */
export const BOTH = {
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
${ENTRIES}`,
}

/** Every entry, and brands that keep apart. */
export const ENTRIES_AND_BRANDS = {
  'job.ts': `import { labelingJob, outputKey, volumeKey } from 'labeling-job'
export const job = labelingJob().output('s3://acme/out/', outputKey('alias/gt')).autoLabeling(volumeKey('alias/gt'))
// @ts-expect-error a volume key is no output key
labelingJob().output('s3://acme/out/', volumeKey('alias/gt'))
${ENTRIES}`,
}

/** A library on top of this one: what its functions give must have a name that its own declarations can use. */
export const LIBRARY = {
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
export const preflight = () => library.preflight(job, aws)
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
}

const STRIPPED = `const job = labelingJob('signs')
  .task(boundingBox({ title: 'Box', description: 'Box it', template: 's3://acme/t', labels: 's3://acme/l' }))
  .input('s3://acme/in.manifest')
  .output('s3://acme/out/', outputKey('alias/gt'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
// @ts-expect-error A role is no key.
labelingJob('other').output('s3://acme/out/', 'arn:aws:iam::111122223333:role/GtExec')
`

/** What is checked, and runs, without a compiler: JavaScript whose types are JSDoc, and TypeScript whose types are stripped. */
export const UNCOMPILED = {
  'package.json': '{ "type": "module" }',
  'program.js': `/** @import { Aws } from 'labeling-job' */
/** @typedef {import('labeling-job/permissions').PermissionQuestion} Question */
import { boundingBox, labelingJob, outputKey } from 'labeling-job'
import { decidePermission } from 'labeling-job/permissions'
${STRIPPED}
/** @param {Aws} aws */
export const create = async (aws) => (await job.create(aws)).name
/** @param {Question} question @returns {string} */
export const verdict = (question) => decidePermission(question).verdict
`,
  'program.ts': `import type { Aws } from 'labeling-job'
import { boundingBox, labelingJob, outputKey } from 'labeling-job'
import { decidePermission, type PermissionQuestion } from 'labeling-job/permissions'
${STRIPPED}
export const create = async (aws: Aws): Promise<string> => (await job.create(aws)).name
export const verdict = (question: PermissionQuestion): string => decidePermission(question).verdict
`,
}
