import { expect, test, vi } from 'vitest'
import { planReencryption, reencrypt } from '../../../src/evidence/index.js'
import { outputKey } from '../../../src/index.js'
import { ARN, endedJob } from './repair-world.js'

vi.mock('@aws-sdk/client-s3', async (original) => ({
  ...(await original<object>()),
  UpdateObjectEncryptionCommand: undefined,
}))

test('an SDK that is older than the call is told by name, and nothing is changed', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, outputKey('alias/ours'), aws)

  const { counts, endedBecause } = await reencrypt(plan, aws, { concurrency: 1 })

  expect(counts).toMatchObject({ done: 0, failed: 0, 'not-tried': 5 })
  expect(endedBecause).toContain('has no UpdateObjectEncryptionCommand')
  expect(endedBecause).toContain('Update @aws-sdk/client-s3 to 3.978.0 or newer')
  expect(cloud.calls.writes()).toEqual([])
})
