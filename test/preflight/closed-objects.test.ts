import { expect, test } from 'vitest'
import type { Aws } from '../../src/aws/aws.js'
import { type CheckCode, preflight } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { JOB, wholeWorld } from './whole-world.js'

async function told(cloud: FakeAws, code: CheckCode, aws: Aws = cloud.connect()) {
  const { checks } = await preflight(JOB, aws)
  return checks.filter((check) => check.code === code)
}

/** Says of every object that S3 has it archived, as HEAD does. */
function withHead(aws: Aws, head: object): Aws {
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: (change) => withHead(aws.with(change), head),
    async call(name, input, options) {
      const answer = await aws.call(name, input, options)
      return name === 's3:HeadObject' ? { ...answer, ...head } : answer
    },
  }
}

test('an object in GLACIER, which nobody can read, is not told to be readable', async () => {
  const cloud = wholeWorld()
  cloud.object('s3://acme-gt/in/1.jpg', 'x', { storageClass: 'GLACIER' })

  expect(await told(cloud, 'objects-readable')).toEqual([
    {
      code: 'objects-readable',
      about: 'input',
      status: 'failed',
      what: '1 of 3 objects looked at (the manifest has 3 in S3) are archived (GLACIER or DEEP_ARCHIVE), and cannot be read before they are restored',
      why: 'line 2: s3://acme-gt/in/1.jpg',
      fix: 'Restore them for as long as the job may last, or copy them to another storage class',
      owner: 'you',
    },
  ])
})

test.each([
  [{ StorageClass: 'GLACIER', Restore: 'ongoing-request="false", expiry-date="…"' }, 'passed'],
  [{ StorageClass: 'GLACIER', Restore: 'ongoing-request="true"' }, 'failed'],
  [{ StorageClass: 'GLACIER_IR' }, 'passed'],
  [{ StorageClass: 'INTELLIGENT_TIERING' }, 'passed'],
  [{ StorageClass: 'INTELLIGENT_TIERING', ArchiveStatus: 'ARCHIVE_ACCESS' }, 'failed'],
])('objects of which HEAD says %j have %s', async (head, status) => {
  const cloud = wholeWorld()

  const [check] = await told(cloud, 'objects-readable', withHead(cloud.connect(), head))

  expect(check?.status).toBe(status)
})

test('an object under SSE-C is told to be closed, not to be an error of AWS', async () => {
  const cloud = wholeWorld()
  cloud.object('s3://acme-gt/in/1.jpg', 'x', { encryption: 'customer-provided' })

  const [check] = await told(cloud, 'objects-readable')

  expect(check).toMatchObject({
    status: 'failed',
    what: '1 of 3 objects looked at (the manifest has 3 in S3) are encrypted with a key that only their writer has (SSE-C)',
    fix: 'Have their writer put them there under a key of KMS, which the role may use',
  })
})

test.each([
  [{ storageClass: 'DEEP_ARCHIVE' }, 'it is archived, and cannot be read before it is restored'],
  [{ encryption: 'customer-provided' }, 'only its writer has the key that it is encrypted with (SSE-C)'],
] as const)('a page with %j cannot be read', async (setup, why) => {
  const cloud = wholeWorld()
  cloud.object('s3://acme-gt/ui/box.liquid.html', '', setup)

  const [check] = await told(cloud, 'page-renders')

  expect(check).toMatchObject({
    status: 'failed',
    what: 'the worker page s3://acme-gt/ui/box.liquid.html cannot be read',
    why,
  })
})

test('a check sends nobody to an error that the report does not have', async () => {
  const cloud = wholeWorld()
  cloud.inject({ call: 's3:GetBucketLocation', fault: { name: 'Strange', message: 'who knows' } })

  const { checks } = await preflight(JOB, cloud.connect())

  expect(checks.filter(({ code }) => code === 'bucket-exists')).toMatchObject([
    {
      code: 'bucket-exists',
      status: 'unknown',
      fix: 'Have AWS answer s3:GetBucketLocation without an error, and check again',
    },
  ])
})
