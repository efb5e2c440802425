import { expect, test } from 'vitest'
import { auditJobs, collectEvidence, proveJob } from '../../../src/evidence/index.js'
import { outputKey } from '../../../src/index.js'
import { evidenceWorld } from '../evidence-world.js'

const FOUR_MINUTES = 4 * 60_000
const KEY = outputKey('alias/gt-output')

async function audit(aws: Parameters<typeof auditJobs>[0]) {
  const rows = []
  for await (const row of auditJobs(aws)) rows.push(row)
  return rows
}

test('a key that was disabled after it had been looked up is not taken for fine', async () => {
  const { aws, cloud, output, run } = evidenceWorld()
  await run('a', { objects: 1 })
  expect((await collectEvidence(aws)).ok).toBe(true)
  cloud.setKeyState(output, 'Disabled')
  cloud.clock.advance(FOUR_MINUTES)

  const evidence = await collectEvidence(aws)
  const expected = await collectEvidence(aws, { expect: { outputKey: KEY } }).catch(({ code }) => code)
  const proof = await proveJob('a', aws)
  const audited = await audit(aws)

  expect(evidence.ok).toBe(false)
  expect(evidence.jobs[0]?.job).toMatchObject({ findings: [{ code: 'key-disabled' }] })
  expect(expected).toBe('key-disabled')
  expect(proof.findings.map(({ code }) => code)).toEqual(['key-disabled'])
  expect(audited).toMatchObject([{ findings: [{ code: 'key-disabled' }] }])
})

test('an alias that was pointed elsewhere after it had been looked up is seen to be', async () => {
  const { aws, cloud, output, run } = evidenceWorld()
  // A job sends the ARN of its key, so that the alias is met in what is expected.
  await run('a', { objects: 1 })
  const before = await proveJob('a', aws, { expect: { outputKey: KEY } })
  const { keyArn: elsewhere } = cloud.key({ alias: 'alias/gt-output' })
  cloud.clock.advance(FOUR_MINUTES)

  const evidence = await collectEvidence(aws, { expect: { outputKey: KEY } })

  expect(before.ok).toBe(true)
  expect(elsewhere).not.toBe(output)
  expect(evidence.scope.expect).toEqual({ outputKey: elsewhere })
  expect(evidence.ok).toBe(false)
})

test('a key is looked up once in each run, of however many jobs', async () => {
  const { aws, cloud, run } = evidenceWorld()
  for (const name of ['a', 'b', 'c']) await run(name, { objects: 1 })
  const lookUps = () => cloud.calls.of('kms:DescribeKey').length

  await collectEvidence(aws)
  const first = lookUps()
  await collectEvidence(aws)

  expect([first, lookUps()]).toEqual([1, 2])
})
