import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attachJob,
  createAll,
  isLabelingJobError,
  jobFromConfig,
  LabelingJobError,
  preflight,
  waitForAll,
} from '../src/index.js'
import type { FakeAws } from '../src/testing/index.js'
import { putSigns, SIGNS_CONFIG } from './support/signs-config.js'

// A program may load the library twice, as ESM and as CommonJS, or in two versions: here its fake is of another copy, and
// with it every error that a connection throws.
let fakeOfAnotherCopy: () => FakeAws
let folder: string
beforeAll(async () => {
  const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url))
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'two-copies-'))
  const outfile = join(folder, 'testing.mjs')
  const entry = fileURLToPath(new URL('../src/testing/index.ts', import.meta.url))
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  fakeOfAnotherCopy = (await import(pathToFileURL(outfile).href)).fakeAws
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function emptyWorld() {
  const cloud = fakeOfAnotherCopy()
  return { cloud, aws: cloud.connect() }
}

function fullWorld() {
  const cloud = fakeOfAnotherCopy()
  putSigns(cloud)
  return { cloud, aws: cloud.connect() }
}

async function only<Item>(items: AsyncIterable<Item>): Promise<Item> {
  for await (const item of items) return item
  throw new Error('there was none')
}

describe('a connection of another copy of the library', () => {
  test('gives a report of a job whose role is not there, where preflight() threw not-found', async () => {
    const report = await preflight(jobFromConfig(SIGNS_CONFIG), emptyWorld().aws)

    expect(report.checks.find(({ code }) => code === 'role-exists')?.status).toBe('failed')
  })

  test('lets a job that is there be taken up, where createAll() said name-taken', async () => {
    const { aws } = fullWorld()
    await only(createAll([jobFromConfig(SIGNS_CONFIG)], aws))

    const again = await only(createAll([jobFromConfig(SIGNS_CONFIG)], aws, { ifExists: 'attach' }))

    expect(again.status).toBe('attached')
  })

  test('has throttling of creations waited out', async () => {
    const { cloud, aws } = fullWorld()
    cloud.inject({ call: 'sagemaker:CreateLabelingJob', fault: 'throttle', times: 3 })

    expect((await only(createAll([jobFromConfig(SIGNS_CONFIG)], aws))).status).toBe('created')
  })

  test('makes a missing key a value of createAll()', async () => {
    const config = { ...SIGNS_CONFIG, output: { folder: 's3://acme/out/', key: 'alias/none' } }

    expect(await only(createAll([jobFromConfig(config)], fullWorld().aws))).toMatchObject({
      status: 'failed',
      error: { code: 'key-not-found' },
    })
  })

  test('has throttling waited out by waitForAll()', async () => {
    const { cloud, aws } = fullWorld()
    await only(createAll([jobFromConfig(SIGNS_CONFIG)], aws))
    cloud.inject({ call: 'sagemaker:ListLabelingJobs', fault: 'throttle', times: 3 })

    expect((await only(waitForAll(['signs'], aws))).outcome).toBe('completed')
  })

  test('has one fault of AWS waited out by completed()', async () => {
    const { cloud, aws } = fullWorld()
    await only(createAll([jobFromConfig(SIGNS_CONFIG)], aws))
    const running = await attachJob('signs', aws)
    cloud.inject({ call: 'sagemaker:DescribeLabelingJob', fault: 'server-error', times: 1 })

    expect((await running.completed()).outcome).toBe('completed')
  })

  test('throws errors that are told as ours, by instanceof as well', async () => {
    const thrown = await attachJob('nowhere', emptyWorld().aws).catch((error: unknown) => error)

    expect([isLabelingJobError(thrown, 'not-found'), thrown instanceof LabelingJobError]).toEqual([
      true,
      true,
    ])
  })
})
