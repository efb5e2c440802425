import { expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { JOB, wholeWorld } from './whole-world.js'

async function looked(change: (cloud: FakeAws, keyArn: string) => void) {
  const cloud = wholeWorld()
  const { keyArn } = cloud.key()
  for (const name of ['0', '1', '2', '3']) cloud.object(`s3://acme-gt/in/${name}.jpg`, 'x', { key: keyArn })
  change(cloud, keyArn)
  const { ok, checks } = await preflight(JOB, cloud.connect())
  const told = checks
    .filter(({ what }) => what.includes(keyArn))
    .map(({ code, status, owner }) => `${code} ${status} ${owner ?? ''}`.trim())
  return {
    ok,
    told,
    others: checks.some(({ code, about }) => code === 'bucket-allowed' && about === 'output'),
  }
}

test.each(['Disabled', 'PendingDeletion'])(
  'objects under a key that is %s cannot be read by the job',
  async (state) => {
    const { ok, told, others } = await looked((cloud, keyArn) => cloud.setKeyState(keyArn, state))

    expect(ok).toBe(false)
    expect(told).toEqual(['keys-usable failed key'])
    expect(others).toBe(true)
  },
)

test('a key of objects whose grants cannot be listed keeps nothing else from being looked at', async () => {
  const { told, others } = await looked((cloud, keyArn) =>
    cloud.inject({
      call: 'kms:ListGrants',
      fault: {
        before: ({ input }) =>
          input['KeyId'] === keyArn ? { name: 'NotFoundException', message: 'no such key' } : undefined,
      },
      times: Number.POSITIVE_INFINITY,
    }),
  )

  expect(told).toEqual(['bucket-allowed unknown you'])
  expect(others).toBe(true)
})
