import { expect, test } from 'vitest'

import * as evidence from '../src/evidence/index.js'
import * as exports from '../src/export/index.js'
import * as root from '../src/index.js'
import * as manifests from '../src/manifests/index.js'
import * as permissions from '../src/permissions/index.js'
import * as states from '../src/step-functions/index.js'
import { fakeAws } from '../src/testing/index.js'

const aws = fakeAws().connect({ region: 'us-east-1' })
/** Stands for whatever the caller did not await. */
const promise = Promise.resolve({}) as never
const region = { region: 'us-east-1' } as const
const signs = { task: 'bounding-box', attribute: 'signs' } as const

/** Every function that takes what a promise yields: a call with the promise itself. */
const CALLS: Readonly<Record<string, () => unknown>> = {
  attachJob: () => root.attachJob(promise, aws),
  auditJobs: () => all(root.auditJobs(promise)),
  chainFrom: () => root.labelingJob('next').chainFrom(promise),
  checkPermissions: () => root.checkPermissions(promise, aws),
  collect: () => manifests.collect(promise),
  charts: () => exports.charts(promise),
  contactSheet: () => exports.contactSheet(promise),
  createAll: () => all(root.createAll(promise, aws)),
  drawLabel: () => exports.drawLabel(promise),
  ensurePermissions: () => root.ensurePermissions(promise, aws),
  fromDescribe: () => root.fromDescribe(promise),
  fromRequest: () => root.fromRequest(promise),
  inspectJob: () => root.inspectJob(promise, aws),
  inspectManifest: () => manifests.inspectManifest(promise),
  jobFromConfig: () => root.jobFromConfig(promise),
  labelingMap: () => states.labelingMap(promise, { ...region, items: 's3://acme-gt/jobs.json' }),
  labelingTask: () => states.labelingTask(promise, region),
  listJobs: () => all(root.listJobs(promise)),
  outcomeOfEvent: () => root.outcomeOfEvent(promise, aws),
  planPermissions: () => root.planPermissions(promise, aws),
  planReencryption: () => evidence.planReencryption(promise, 'alias/gt' as never, aws),
  preflight: () => root.preflight(promise, aws),
  proveJob: () => evidence.proveJob(promise, aws),
  readAnswers: () => manifests.readAnswers(promise),
  readJobEvent: () => root.readJobEvent(promise),
  readLabels: () => all(manifests.readLabels(signs, promise)),
  readMask: () => manifests.readMask(promise, {}),
  readPointMask: () => manifests.readPointMask(promise),
  readSequence: () => manifests.readSequence(promise),
  reencrypt: () => evidence.reencrypt(promise, aws),
  requiredPermissions: () => permissions.requiredPermissions(promise, region),
  resolveKey: () => root.resolveKey(promise, aws),
  rows: () => all(manifests.rows(promise)),
  sendObjects: () => all(root.sendObjects(promise, 'arn:aws:sns:us-east-1:111122223333:in', aws)),
  stateMachinePolicy: () => states.stateMachinePolicy(promise, { ...region, account: '111122223333' }),
  toAugmentedManifest: () => all(exports.toAugmentedManifest(promise, { for: 'training' })),
  toCoco: () => all(exports.toCoco(promise, { classes: ['sign'] })),
  toCsv: () => all(exports.toCsv(promise)),
  toLabelStudio: () => all(exports.toLabelStudio(promise, { classes: ['sign'] })),
  toYolo: () => all(exports.toYolo(promise, { classes: ['sign'] })),
  undo: () => permissions.undo(promise, aws),
  applyPlan: () => permissions.applyPlan(promise, aws),
  waitForAll: () => all(root.waitForAll(promise, aws)),
  'waitForAll of one': () => all(root.waitForAll([promise], aws)),
  'createAll of one': () => all(root.createAll([promise], aws)),
  writeEvidence: () => evidence.writeEvidence(promise, '/nowhere'),
  writeFiles: () => exports.writeFiles(promise, '/nowhere'),
  writeLabelCategories: () => manifests.writeLabelCategories(promise, 's3://acme-gt/labels.json', aws),
  writeManifest: () =>
    manifests.writeManifest(promise, 's3://acme-gt/in.manifest', aws, { task: 'bounding-box' }),
  writeSequence: () => manifests.writeSequence(promise, 's3://acme-gt/1.json', aws),
  writeWorkerTemplate: () => manifests.writeWorkerTemplate(promise, 's3://acme-gt/page.html', aws),
}

test.each(Object.keys(CALLS))('whoever forgets an await before %s is told so', async (name) => {
  const message = await refusal(CALLS[name] as () => unknown)

  expect(message).toMatch(/promise that was not awaited|is a promise: await it|is an await missing\?/)
})

async function refusal(call: () => unknown): Promise<string> {
  try {
    const made = (await call()) as readonly unknown[]
    const told = [made].flat().map((value) => value as { readonly error?: Error; readonly because?: Error })
    return told.map(({ error, because }) => (error ?? because)?.message).join() || 'nothing was refused'
  } catch (error) {
    return error instanceof root.LabelingJobError ? error.message : `not ours: ${error}`
  }
}

async function all(values: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const taken: unknown[] = []
  for await (const value of values) taken.push(value)
  return taken
}
