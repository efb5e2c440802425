import { expect, test } from 'vitest'
import {
  type BatchOptions,
  collectEvidence,
  planReencryption,
  proveJob,
  reencrypt,
  toBatchOperations,
  writeEvidence,
} from '../../src/evidence/index.js'
import { evidenceWorld } from './evidence-world.js'

const { aws, run } = evidenceWorld()
await run('a', { objects: 1 })
const BATCH: BatchOptions = {
  manifest: 's3://acme-ops/batch/a.csv',
  report: 's3://acme-ops/reports/',
  role: 'arn:aws:iam::111122223333:role/Batch',
}

test.each<[string, string, (promise: never) => unknown]>([
  ['writeEvidence', 'the evidence', (evidence) => writeEvidence(evidence, 'folder')],
  ['planReencryption', 'the proof', (proof) => planReencryption(proof, 'alias/other', aws)],
  ['reencrypt', 'the plan', (plan) => reencrypt(plan, aws)],
  ['toBatchOperations', 'the plan', (plan) => toBatchOperations(plan, BATCH)],
])('%s says of a promise that the await was forgotten', async (name, what, call) => {
  const promise = proveJob('a', aws)

  await expect((async () => call(promise as never))()).rejects.toMatchObject({
    code: 'refused-call',
    what: `Cannot call ${name}()`,
    why: `${what} is a promise: await it`,
  })
  await promise
})

test.each<[string, readonly unknown[], string]>([
  [
    'both',
    [],
    'evidence in S3 takes a connection and a key of yours: give the value of connect() and { key }',
  ],
  ['the key', [aws], 'evidence in S3 is written under a key of yours: give { key }'],
  ['the connection', [undefined, { key: 'alias/other' }], 'there is no connection to AWS'],
])('evidence that is written to S3 says what is missing: %s', async (_, rest, why) => {
  const evidence = await collectEvidence(aws, { objects: 'none' })
  const write = writeEvidence as (...given: readonly unknown[]) => Promise<unknown>

  await expect(write(evidence, 's3://acme-audit/2026/', ...rest)).rejects.toMatchObject({
    code: 'refused-call',
    why: expect.stringContaining(why),
  })
})
