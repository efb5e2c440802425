import { describe, expect, test } from 'vitest'
import { preflight, type ReaderArnText } from '../../src/index.js'
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
        'Check as somebody of account 111122223333 who is allowed iam:GetUser, iam:ListUserPolicies, iam:GetUserPolicy, iam:ListAttachedUserPolicies, iam:ListGroupsForUser, iam:ListGroupPolicies, iam:GetGroupPolicy, iam:ListAttachedGroupPolicies, iam:GetPolicy, iam:GetPolicyVersion',
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

  test('that IAM does not show is not said to be absent where AWS does not say whose account was asked', async () => {
    const cloud = wholeWorld()
    cloud.inject({ call: 'sts:GetCallerIdentity', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const { checks, ok } = await preflight(JOB, cloud.connect(), { reader: DANA })

    expect(ok).toBe(false)
    const ofReader = checks.filter(({ code }) => code === 'reader-may-read')
    expect(new Set(ofReader.map(({ status }) => status))).toEqual(new Set(['unknown']))
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
    fix: 'Give the ARN of the role itself as the option reader, or ask as somebody of account 111122223333 who is allowed iam:GetRole',
  })
})

test('a root user that is to read the labels is not known, and it is said whom to name', async () => {
  const aws = wholeWorld().connect({ as: 'arn:aws:iam::111122223333:root' })

  const { checks } = await preflight(JOB, aws, { reader: true })

  expect(checks.find(({ code }) => code === 'reader-may-read')?.why).toBe(
    'it is neither a role nor a user, and only their policies can be read',
  )
})

describe('a reader of whom a name alone would say too much', () => {
  async function checksOf(reader: ReaderArnText | true, cloud = wholeWorld()) {
    const { checks, ok } = await preflight(JOB, cloud.connect(), { reader })
    return { ok, checks: checks.filter(({ code }) => code === 'reader-may-read') }
  }

  test('a session of another account is not taken for the role of that name at home', async () => {
    const reader = 'arn:aws:sts::999988887777:assumed-role/GtExec/s'

    expect(await checksOf(reader)).toEqual({
      ok: false,
      checks: [
        {
          code: 'reader-may-read',
          about: 'caller',
          status: 'unknown',
          what: `whether ${reader} may read the labels: not known`,
          why: 'it is a session of a role of account 999988887777, and IAM shows roles to their own account alone, which asks here as 111122223333',
          fix: 'Give the ARN of the role itself as the option reader, path included, or ask from account 999988887777',
          owner: 'you',
        },
      ],
    })
  })

  test('nor where AWS does not say who calls: the role that IAM gives says whose it is', async () => {
    const cloud = wholeWorld()
    cloud.inject({ call: 'sts:GetCallerIdentity', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const { checks } = await checksOf('arn:aws:sts::999988887777:assumed-role/GtExec/s', cloud)

    expect(checks).toMatchObject([
      { status: 'unknown', why: expect.stringContaining('asks here as 111122223333') },
    ])
  })

  test('a session whose role is not there is said to be of none, if it is certain whose roles were looked at', async () => {
    const reader = 'arn:aws:sts::111122223333:assumed-role/Nobody/s'
    const cloud = wholeWorld()
    cloud.inject({ call: 'sts:GetCallerIdentity', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    expect((await checksOf(reader)).checks).toMatchObject([
      { status: 'failed', what: `the session ${reader}, which is to read the labels, is of no role` },
    ])
    expect((await checksOf(reader, cloud)).checks).toMatchObject([{ status: 'unknown' }])
  })

  test.each<[ReaderArnText]>([
    ['arn:aws-cn:sts::111122223333:assumed-role/GtExec/s'],
    ['arn:aws-us-gov:iam::111122223333:role/service-role/GtExec'],
  ])('%s of another partition is not the role of that name in this one', async (reader) => {
    expect((await checksOf(reader)).checks).toMatchObject([
      {
        status: 'failed',
        why: 'nobody is let into an account of another partition, whatever the policies say',
        fix: 'Give the option reader a role or user of the partition aws',
      },
    ])
  })

  test.each<[ReaderArnText, string, string]>([
    [
      'arn:aws:iam::111122223333:role/GtExec',
      'role GtExec',
      'arn:aws:iam::111122223333:role/service-role/GtExec',
    ],
    ['arn:aws:iam::111122223333:user/Dana', 'user Dana', DANA],
  ])('%s without its path is told with it', async (reader, name, arn) => {
    const cloud = wholeWorld()
    putDana(cloud, {})

    expect((await checksOf(reader, cloud)).checks).toMatchObject([
      {
        status: 'failed',
        why: `the ${name} has the ARN ${arn}; the path is part of it`,
        fix: `Give the option reader as '${arn}'`,
      },
    ])
  })

  test('a role of another account that is let in there is not known, and it is said from where to look', async () => {
    const reader = 'arn:aws:iam::999988887777:role/Data'
    const cloud = wholeWorld()
    putBucket(cloud, {
      policy: policy({ ...S3_ONLY, Principal: { AWS: reader }, Resource: 'arn:aws:s3:::acme-gt/*' }),
    })

    const { checks } = await checksOf(reader, cloud)

    expect(checks).toMatchObject([
      {
        status: 'unknown',
        fix: expect.stringContaining('Check as somebody of account 999988887777 who is allowed iam:'),
      },
      { status: 'failed', what: expect.stringContaining('kms:Decrypt') },
    ])
  })

  test('a session of single sign-on is the role behind it, under whatever path', async () => {
    const cloud = wholeWorld()
    const name = 'AWSReservedSSO_Data_0123456789abcdef'
    const path = '/aws-reserved/sso.amazonaws.com/eu-west-1/'
    cloud.role({ name, path, inline: { AwsSSOInlinePolicy: policy(READ) } })

    expect(
      await checksOf(`arn:aws:sts::111122223333:assumed-role/${name}/ann@example.com`, cloud),
    ).toMatchObject({
      ok: true,
      checks: [{ status: 'passed' }],
    })
  })

  test('a caller that AWS does not name is not known', async () => {
    const cloud = wholeWorld()
    cloud.inject({ call: 'sts:GetCallerIdentity', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    expect((await checksOf(true, cloud)).checks).toMatchObject([
      { status: 'unknown', what: 'whether the caller may read the labels: not known' },
    ])
  })
})
