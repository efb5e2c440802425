import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import { inWaves } from '../support/in-waves.js'
import { DEEP } from '../support/runs.js'
import { JOB, putImages, putManifest, wholeWorld } from './whole-world.js'

test('a plain job is looked at in four waves of calls at most, each thing once', async () => {
  const cloud = wholeWorld()
  putImages(cloud, 40)
  const { aws, waves } = inWaves(cloud.connect())

  await preflight(JOB, aws)

  expect(waves.length).toBeLessThanOrEqual(4)
  const asked = [...cloud.calls].map(({ name, input }) => `${name} ${JSON.stringify(input)}`)
  expect(asked.filter((call, index) => asked.indexOf(call) !== index)).toEqual([])
})

describe(`a manifest of ${DEEP ? '100,000' : '10,000'} lines`, () => {
  const count = DEEP ? 100_000 : 10_000

  test('is streamed once, and a sample of its objects looked at', async () => {
    const cloud = wholeWorld()
    const lines = Array.from(
      { length: count },
      (_, index) => `{"source-ref":"s3://acme-gt/in/${index % 3}.jpg"}`,
    )
    putManifest(cloud, lines)
    const small = wholeWorld()

    const report = await preflight(JOB, cloud.connect(), { sample: 30 })
    await preflight(JOB, small.connect())

    expect(report.ok).toBe(true)
    expect(cloud.calls.of('s3:GetObject')).toHaveLength(small.calls.of('s3:GetObject').length)
    expect(cloud.calls.of('s3:HeadObject').length).toBeLessThanOrEqual(30 + 3)
  })
})
