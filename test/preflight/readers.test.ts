import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { JOB, OUTPUT_KEY, policy, putBucket, wholeWorld } from './whole-world.js'

const DANA = 'arn:aws:iam::111122223333:user/team/Dana'
const READ = { Effect: 'Allow', Action: ['s3:GetObject', 'kms:Decrypt'], Resource: '*' }
const S3_ONLY = { ...READ, Action: 's3:GetObject' }

type User = Parameters<FakeAws['user']>[0]

function putDana(cloud: FakeAws, user: Omit<User, 'name'>): void {
  cloud.user({ name: 'Dana', path: '/team/', ...user })
}

/** What preflight says of Dana, and whether Dana can read an object that the job may have written. */
async function reading(cloud: FakeAws) {
  const { checks } = await preflight(JOB, cloud.connect(), { reader: DANA })
  const ofReader = checks.filter(({ code }) => code === 'reader-may-read')
  cloud.object('s3://acme-gt/out/street-signs/manifests/output/output.manifest', '{}', { key: OUTPUT_KEY })
  const key = 'out/street-signs/manifests/output/output.manifest'
  const reads = await cloud
    .connect({ as: DANA })
    .call('s3:GetObject', { Bucket: 'acme-gt', Key: key })
    .then(
      () => true,
      () => false,
    )
  return { statuses: ofReader.map(({ status }) => status), reads, checks: ofReader }
}

describe('a user who is to read the labels', () => {
  test.each<[string, Omit<User, 'name'>, ('passed' | 'failed')[]]>([
    ['an inline policy that allows', { policies: { Read: policy(READ) } }, ['passed']],
    ['a group that allows', { groups: { Readers: { Read: policy(READ) } } }, ['passed']],
    ['administrator access', {}, ['passed']],
    ['no policy', { policies: {} }, ['failed', 'failed']],
    ['no right on the key', { policies: { Read: policy(S3_ONLY) } }, ['failed']],
    [
      'a boundary without the key',
      { policies: { Read: policy(READ) }, boundary: policy(S3_ONLY) },
      ['failed'],
    ],
    [
      'a Deny in a group',
      {
        policies: { Read: policy(READ) },
        groups: { Contractors: { No: policy({ ...S3_ONLY, Effect: 'Deny' }) } },
      },
      ['failed'],
    ],
    [
      'a folder for each user',
      {
        policies: {
          Read: policy({ ...READ, Resource: ['arn:aws:s3:::acme-gt/${aws:username}/*', OUTPUT_KEY] }),
        },
      },
      ['failed'],
    ],
  ])('with %s', async (_, user, statuses) => {
    const cloud = wholeWorld()
    putDana(cloud, user)

    const seen = await reading(cloud)

    expect(seen.statuses).toEqual(statuses)
    expect(seen.reads).toBe(statuses.every((status) => status === 'passed'))
  })

  test('is let in by a bucket policy that names it, whatever the boundary says', async () => {
    const cloud = wholeWorld()
    const Decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }
    putDana(cloud, { policies: { Use: policy(Decrypt) }, boundary: policy(Decrypt) })
    const named = { ...S3_ONLY, Principal: { AWS: DANA }, Resource: 'arn:aws:s3:::acme-gt/*' }
    putBucket(cloud, { policy: policy(named) })

    expect(await reading(cloud)).toMatchObject({ statuses: ['passed'], reads: true })
  })

  test('under a condition on MFA is not known, and it is said which', async () => {
    const cloud = wholeWorld()
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
    putDana(cloud, { policies: { Read: policy({ Sid: 'Mfa', ...READ, Condition }) } })

    const { checks } = await reading(cloud)

    expect(checks.map(({ status, why }) => ({ status, why }))).toEqual(
      Array.from({ length: 2 }, () => ({
        status: 'unknown',
        why: 'inline:Read Mfa depends on aws:MultiFactorAuthPresent (Bool)',
      })),
    )
  })

  test('whose groups may not be read is not known, with the permissions that would help', async () => {
    const cloud = wholeWorld()
    putDana(cloud, { policies: { Read: policy(READ) } })
    cloud.inject({ call: 'iam:ListGroupsForUser', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const { checks } = await reading(cloud)

    expect(checks.map(({ status, why, fix }) => [status, why?.slice(0, 61), fix])).toEqual(
      Array.from({ length: 2 }, () => [
        'unknown',
        'the policies of the user cannot be read (iam:GetUser, iam:Lis',
        'Check as somebody who is allowed iam:GetUser, iam:ListUserPolicies, iam:GetUserPolicy, iam:ListAttachedUserPolicies, iam:ListGroupsForUser, iam:ListGroupPolicies, iam:GetGroupPolicy, iam:ListAttachedGroupPolicies, iam:GetPolicy, iam:GetPolicyVersion',
      ]),
    )
  })

  test('that does not exist is said not to exist', async () => {
    const { checks, ok } = await preflight(JOB, wholeWorld().connect(), { reader: DANA })

    expect(ok).toBe(false)
    expect(checks.find(({ code }) => code === 'reader-may-read')).toMatchObject({
      status: 'failed',
      what: `the user ${DANA}, which is to read the labels, does not exist`,
    })
  })

  test('of another account is not let in where no policy of bucket and key names it', async () => {
    const reader = 'arn:aws:iam::999988887777:user/Dana'
    const { checks } = await preflight(JOB, wholeWorld().connect(), { reader })

    expect(checks.filter(({ code }) => code === 'reader-may-read').map(({ status }) => status)).toEqual([
      'failed',
      'failed',
    ])
  })

  test('is whoever asks, if that is a user', async () => {
    const cloud = wholeWorld()
    const all = { Effect: 'Allow', Action: '*', Resource: '*' }
    putDana(cloud, { policies: { All: policy(all, { ...all, Effect: 'Deny', Action: 'kms:Decrypt' }) } })

    const { checks } = await preflight(JOB, cloud.connect({ as: DANA }), { reader: true })

    expect(checks.filter(({ code }) => code === 'reader-may-read')).toMatchObject([
      { status: 'failed', what: `Whoever reads the labels is denied kms:Decrypt on ${OUTPUT_KEY}` },
    ])
  })
})

test('a session that is to read the labels is its role', async () => {
  const cloud = wholeWorld()
  cloud.role({ name: 'Analyst', path: '/data/', inline: { Read: policy(READ) } })
  const reader = 'arn:aws:sts::111122223333:assumed-role/Analyst/ann'

  const { checks } = await preflight(JOB, cloud.connect(), { reader })
  const hidden = wholeWorld()
  hidden.inject({ call: 'iam:GetRole', fault: 'access-denied', times: Number.POSITIVE_INFINITY })
  const unseen = await preflight(JOB, hidden.connect(), { reader })

  expect(checks.find(({ code }) => code === 'reader-may-read')?.status).toBe('passed')
  expect(unseen.checks.find(({ code }) => code === 'reader-may-read')).toMatchObject({
    status: 'unknown',
    fix: 'Check as somebody who is allowed iam:GetRole',
  })
})

test('a root user that is to read the labels is not known, and it is said whom to name', async () => {
  const aws = wholeWorld().connect({ as: 'arn:aws:iam::111122223333:root' })

  const { checks } = await preflight(JOB, aws, { reader: true })

  expect(checks.find(({ code }) => code === 'reader-may-read')?.why).toBe(
    'not documented: whoever reads the labels is neither a role nor a user: give { reader } the ARN of one',
  )
})
