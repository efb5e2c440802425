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

test.each([
  [
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    'S3 names the key 1234abcd-12ab-34cd-56ef-1234567890ab, which is no ARN',
  ],
  [undefined, 'S3 does not name the key'],
])(
  'objects under a key that S3 names by no ARN are not known to be readable: %s',
  async (SSEKMSKeyId, why) => {
    const cloud = wholeWorld()
    const instead = () => ({
      ContentLength: 1,
      ServerSideEncryption: 'aws:kms',
      ...(SSEKMSKeyId && { SSEKMSKeyId }),
    })
    cloud.inject({ call: 's3:HeadObject', fault: { instead }, times: Number.POSITIVE_INFINITY })

    const { ok, checks } = await preflight(JOB, cloud.connect())

    expect(ok).toBe(false)
    expect(checks.filter(({ status }) => status !== 'passed')).toEqual([
      {
        code: 'bucket-allowed',
        about: 'input',
        status: 'unknown',
        what: 'what the role may do with a key that files or objects of the input are under: not known',
        why,
        fix: 'Look up the key, and whether the role may kms:Decrypt with it',
        owner: 'you',
      },
    ])
  },
)
