import { describe, expect, test } from 'vitest'
import { outputKey, type PreflightOptions, preflight, preflightAll } from '../../src/index.js'
import type { PolicyDocument } from '../../src/permissions/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { JOB, OUTPUT_KEY, policy, ROLE, wholeWorld } from './whole-world.js'

const CENTRAL = '444455556666'
const HOME = 'arn:aws:iam::111122223333:root'
const KEY = `arn:aws:kms:us-east-1:${CENTRAL}:key/0a1b2c3d-0000-4000-8000-00000000cafe` as const
const BUCKET = 'arn:aws:s3:::acme-labels'
const DESCRIBE = {
  Sid: 'Look',
  Effect: 'Allow',
  Principal: { AWS: HOME },
  Action: 'kms:DescribeKey',
  Resource: '*',
}
const OWNER = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${CENTRAL}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const KEY_POLICY = policy(OWNER, { ...OWNER, Sid: 'GroundTruth', Principal: { AWS: ROLE } }, DESCRIBE)
const IN_BUCKET = { Resource: [BUCKET, `${BUCKET}/*`] }
const BUCKET_POLICY = policy({
  Sid: 'Team',
  Effect: 'Allow',
  Principal: { AWS: HOME },
  Action: 's3:*',
  ...IN_BUCKET,
})

const JOB_ELSEWHERE = JOB.output('s3://acme-labels/out/', outputKey(KEY))

/** A world whose output key and output bucket are of a central account. */
function central(
  keyPolicy: PolicyDocument = KEY_POLICY,
  bucketPolicy: PolicyDocument = BUCKET_POLICY,
): FakeAws {
  const cloud = wholeWorld()
  cloud.key({ account: CENTRAL, keyId: KEY.slice(-36), policy: keyPolicy })
  cloud.bucket('acme-labels', { account: CENTRAL, policy: bucketPolicy, cors: 'images' })
  return cloud
}

async function lookAt(cloud: FakeAws, options: PreflightOptions) {
  const report = await preflight(JOB_ELSEWHERE, cloud.connect(), options)
  const told = report.checks.filter(({ status, assumes }) => status !== 'passed' || assumes !== undefined)
  return {
    report,
    told: told.map(({ code, status, assumes }) => [code, status, ...(assumes ?? [])].join(' ')),
  }
}

describe('a job whose key and bucket are of another account', () => {
  test('cannot be ok by reading alone', async () => {
    const { report, told } = await lookAt(central(), {})

    expect(report.ok).toBe(false)
    expect(told).toEqual(['keys-allowed unknown', 'bucket-allowed unknown'])
  })

  test('is ok by the policies that are given, and says that they are', async () => {
    const policies = { [KEY]: JSON.stringify(KEY_POLICY), [BUCKET]: BUCKET_POLICY }
    const cloud = central()

    const { report, told } = await lookAt(cloud, { policies })

    expect(report.ok).toBe(true)
    expect(told).toEqual(['keys-allowed passed given', 'bucket-allowed passed given'])
    const said = report.checks.filter(
      ({ code, assumes }) => code === 'policies-given' || assumes !== undefined,
    )
    expect(said.map(({ what }) => what)).toEqual([
      `AWS does not show the policy of ${KEY} here, and it was taken as given`,
      `AWS does not show the policy of ${BUCKET} here, and it was taken as given`,
      `the role may use the output key ${KEY}: 9 actions allowed, with the key policy as given`,
      'the role may s3:ListBucket, s3:GetBucketLocation, s3:PutObject, s3:AbortMultipartUpload, s3:GetObject on acme-labels, acme-gt, with the policy of acme-labels as given',
    ])
    expect(String(report).split('\n')[0]).toBe(
      'Labeling job street-signs in us-east-1: nothing found that keeps it from running, if the policies are as they were given (29 passed)',
    )
    expect(report.toTicket('key')).toContain('Nothing is asked of the owner of the KMS key.')
    expect((await (await JOB_ELSEWHERE.create(cloud.connect())).completed()).outcome).toBe('completed')
  })

  test('keeps in its report on permissions what was read', async () => {
    const { report } = await lookAt(central(), { policies: { [KEY]: KEY_POLICY } })

    expect(report.permissions?.decisions.map(({ verdict }) => verdict)).toEqual(Array(9).fill('unknown'))
  })

  test('fails by a Deny of a policy that is given, and says that it is', async () => {
    const Deny = { Sid: 'NoWrites', Effect: 'Deny', Principal: '*', Action: ['s3:PutObject'], ...IN_BUCKET }
    const denying = policy(BUCKET_POLICY.Statement[0] as object, Deny)

    const { report, told } = await lookAt(central(KEY_POLICY, denying), {
      policies: { [KEY]: KEY_POLICY, [BUCKET]: denying },
    })

    expect(told).toEqual(['keys-allowed passed given', 'bucket-allowed failed given'])
    expect(report.checks.find(({ status }) => status === 'failed')).toMatchObject({
      what: `The execution role is denied s3:PutObject on ${BUCKET}/out/street-signs/*, with the policy of acme-labels as given`,
      why: 'bucket-policy NoWrites',
      owner: 'bucket',
    })
  })

  test('is not ok by a bucket policy alone, whatever account the bucket is of', async () => {
    const cloud = central()
    cloud.role({
      name: 'GtExec',
      path: '/service-role/',
      inline: { Keys: policy({ ...OWNER, Principal: undefined } as never) },
    })
    const named = policy({ ...(BUCKET_POLICY.Statement[0] as object), Principal: { AWS: ROLE } })

    const { report } = await lookAt(cloud, { policies: { [KEY]: KEY_POLICY, [BUCKET]: named } })

    const [check] = report.checks.filter(({ code, about }) => code === 'bucket-allowed' && about === 'output')
    expect(check).toMatchObject({
      status: 'unknown',
      why: expect.stringContaining('the account of the bucket cannot be read'),
    })
  })

  test('tells a reader by what is given as well', async () => {
    const reader = 'arn:aws:iam::111122223333:role/Analyst'
    const cloud = central()
    cloud.role({
      name: 'Analyst',
      inline: { Read: policy({ Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }) },
    })

    const { told } = await lookAt(cloud, { reader, policies: { [KEY]: KEY_POLICY, [BUCKET]: BUCKET_POLICY } })

    // The key policy names the execution role, and nobody else but for a look.
    expect(told.filter((check) => check.startsWith('reader'))).toEqual(['reader-may-read unknown'])
  })
})

describe('a policy that is given', () => {
  test('does not count where AWS shows one, and it is told whether they differ', async () => {
    const cloud = wholeWorld()
    const { Policy = '' } = await cloud
      .connect()
      .call('kms:GetKeyPolicy', { KeyId: OUTPUT_KEY, PolicyName: 'default' })
    const policies = {
      [OUTPUT_KEY]: JSON.stringify(JSON.parse(Policy), undefined, 4),
      'arn:aws:s3:::acme-gt': BUCKET_POLICY,
    }

    const { ok, checks } = await preflight(JOB, cloud.connect(), { policies })

    expect(ok).toBe(true)
    expect(
      checks.filter(({ code, assumes }) => code === 'policies-given' || assumes !== undefined),
    ).toMatchObject([
      { status: 'passed', what: `the policy of ${OUTPUT_KEY} was read, and is as it was given` },
      {
        status: 'warning',
        what: 'the policy of arn:aws:s3:::acme-gt that was given is not the one that AWS shows',
      },
    ])
  })

  test('that nothing asks for is told, but not of each of many jobs', async () => {
    const policies = { [KEY]: KEY_POLICY }
    const aws = wholeWorld().connect()

    const alone = await preflight(JOB, aws, { policies })
    const { value: ofMany } = await preflightAll([JOB], aws, { policies }).next()

    expect(alone.checks.filter(({ status }) => status !== 'passed')).toMatchObject([
      {
        code: 'policies-given',
        status: 'warning',
        what: `the policy of ${KEY} was given, and nothing asked for it`,
      },
    ])
    expect(String(ofMany)).toBe('labeling job street-signs: ok')
  })

  test('counts for many jobs', async () => {
    const policies = { [KEY]: KEY_POLICY, [BUCKET]: BUCKET_POLICY }

    const { value: result } = await preflightAll([JOB_ELSEWHERE], central().connect(), { policies }).next()

    expect(String(result)).toBe('labeling job street-signs: ok, if the policies are as they were given')
  })

  test('of a bucket that is not there is no news beside that', async () => {
    const job = JOB.output('s3://acme-none/out/', outputKey('alias/gt-output'))
    const policies = { 'arn:aws:s3:::acme-none': BUCKET_POLICY } as const

    const { checks } = await preflight(job, wholeWorld().connect(), { policies })

    expect(checks.filter(({ code }) => code === 'policies-given')).toEqual([])
    expect(checks.find(({ status }) => status === 'failed')?.code).toBe('bucket-exists')
  })

  test.each([
    [
      'a text',
      'its option policies is "a text": give an object of policies by the ARN of their key or bucket',
    ],
    [
      { 'alias/gt-output': '{}' },
      'its option policies names "alias/gt-output": give the ARN of a key (arn:aws:kms:…:key/…, not of an alias) or of a bucket (arn:aws:s3:::name)',
    ],
    [
      { [`${BUCKET}/out/*`]: '{}' },
      `its option policies names "${BUCKET}/out/*": give the ARN of a key (arn:aws:kms:…:key/…, not of an alias) or of a bucket (arn:aws:s3:::name)`,
    ],
    [{ [KEY]: '{"Statement": [' }, `its option policies has no policy for ${KEY}: the policy is not JSON`],
    [{ [KEY]: '{}' }, `its option policies has no policy for ${KEY}: the policy has no statement`],
    [{ [KEY]: 'UNREADABLE' }, `its option policies has no policy for ${KEY}: it is "UNREADABLE"`],
    [{ [KEY]: 7 }, `its option policies has no policy for ${KEY}: it is 7`],
    [{ [KEY]: undefined }, `its option policies has no policy for ${KEY}: it is undefined`],
  ])('that is none is refused: %j', async (policies, why) => {
    const looking = preflight(JOB, wholeWorld().connect(), { policies: policies as never })

    await expect(looking).rejects.toMatchObject({ code: 'refused-call', why })
  })

  test.each<[string, PolicyDocument]>([
    ['lets the account use the key', policy({ ...OWNER, Principal: { AWS: HOME } })],
    ['names the role', policy({ ...OWNER, Principal: { AWS: ROLE } })],
    ['lets nobody use the key', policy(DESCRIBE)],
    [
      'denies the role a part',
      policy(
        { ...OWNER, Principal: { AWS: HOME } },
        { ...OWNER, Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' },
      ),
    ],
    [
      'asks for the service',
      policy({
        ...OWNER,
        Principal: { AWS: ROLE },
        Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
      }),
    ],
  ])('says what it would say if it were read: one that %s', async (_, keyPolicy) => {
    const look = async (isShown: boolean) => {
      const cloud = wholeWorld()
      cloud.key({ alias: 'alias/gt-output', keyId: OUTPUT_KEY.slice(-36), policy: keyPolicy })
      const times = Number.POSITIVE_INFINITY
      if (!isShown) cloud.inject({ call: 'kms:GetKeyPolicy', fault: 'access-denied', times })
      const options = isShown ? {} : { policies: { [OUTPUT_KEY]: keyPolicy } }
      const { checks } = await preflight(JOB, cloud.connect(), options)
      return checks
        .filter(({ code }) => code === 'keys-allowed')
        .map(({ assumes: _given, what, ...check }) => ({
          ...check,
          what: what.replace(', with the key policy as given', ''),
        }))
    }

    expect(await look(false)).toEqual(await look(true))
  })
})
