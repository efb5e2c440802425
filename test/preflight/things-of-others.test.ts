import { expect, test } from 'vitest'
import { checkPermissions, outputKey, preflight, preflightAll } from '../../src/index.js'
import { JOB, policy, putRole, ROLE, wholeWorld } from './whole-world.js'

const FOREIGN = 'arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-4000-8000-00000000f0e1'
const NOBODY = 'arn:aws:iam::111122223333:role/Nobody'

test('a key of another account that cannot be looked up is a matter of its owner', async () => {
  const cloud = wholeWorld()
  cloud.inject({ call: 'kms:DescribeKey', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

  const { checks } = await preflight(JOB.output('s3://acme-gt/out/', outputKey(FOREIGN)), cloud.connect())

  expect(checks.filter(({ about }) => about === 'keys')).toEqual([
    {
      code: 'keys-usable',
      about: 'keys',
      status: 'unknown',
      what: `the output key ${FOREIGN}: not known`,
      why: 'it is a key of account 444455556666, and kms:DescribeKey is not allowed for the caller in us-east-1',
      fix: `Have the owner of the key, in account 444455556666, allow both the caller and ${ROLE} in the key policy; each needs an Allow in its own IAM policies as well`,
      owner: 'key',
    },
    {
      code: 'keys-allowed',
      about: 'keys',
      status: 'unknown',
      what: 'what the role may do with the keys: not known',
      why: 'not looked at, since the key could not be looked up',
      fix: 'Put the check of the key right first',
      owner: 'you',
    },
  ])
})

test('what a role may do with a key that cannot be used is not looked at', async () => {
  const job = JOB.output('s3://acme-gt/out/', outputKey('alias/of-nobody'))

  const { checks } = await preflight(job, wholeWorld().connect())

  expect(checks.find(({ code }) => code === 'keys-allowed')).toMatchObject({
    status: 'unknown',
    why: 'not looked at, since the key cannot be used',
    fix: 'Put the checks that failed right first',
  })
})

test('a role that does not exist is said not to exist, and nobody is sent to read its policies', async () => {
  const { checks } = await preflight(JOB.role(NOBODY), wholeWorld().connect())

  const open = checks.filter(({ status }) => status !== 'passed')
  expect(open.map(({ code, status, why }) => `${code} ${status}: ${why}`)).toEqual([
    'role-exists failed: IAM has no role Nobody in account 111122223333',
    'keys-allowed unknown: not looked at, since the role does not exist',
    expect.stringContaining('page-renders unknown: '),
    'bucket-allowed unknown: not looked at, since the role does not exist',
  ])
})

test('a reader that does not exist is said not to exist', async () => {
  const { checks, ok } = await preflight(JOB, wholeWorld().connect(), { reader: NOBODY })

  expect(ok).toBe(false)
  expect(checks.filter(({ status }) => status !== 'passed')).toEqual([
    {
      code: 'reader-may-read',
      about: 'caller',
      status: 'failed',
      what: `the role ${NOBODY}, which is to read the labels, does not exist`,
      why: 'IAM has no role Nobody in account 111122223333',
      fix: 'Correct the option reader, or create the role',
      owner: 'you',
    },
  ])
})

test.each([
  [
    's3.us-east-1',
    'unknown',
    'the call paths to KMS differ: direct missing, via-s3 allowed, via-sagemaker missing',
  ],
  [
    's3.eu-west-1',
    'failed',
    "no Allow in the role's IAM policies; inline:Work asks for kms:ViaService s3.eu-west-1",
  ],
])(
  'a role that may use the key through %s only is told what the report on permissions says',
  async (via, status, said) => {
    const cloud = wholeWorld()
    const Condition = { StringEquals: { 'kms:ViaService': `${via}.amazonaws.com` } }
    const useKey = { Sid: 'UseKey', Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition }
    cloud.role({
      name: 'GtExec',
      path: '/service-role/',
      inline: { Work: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }, useKey) },
    })

    const { checks } = await preflight(JOB, cloud.connect())
    const check = checks.find(({ code }) => code === 'keys-allowed')

    expect(check?.status).toBe(status)
    expect(check?.why).toContain(said)
    const permissions = String(await checkPermissions(JOB, cloud.connect()))
    for (const words of check?.why?.split('; ') ?? []) expect(permissions).toContain(words)
  },
)

test('a role of another account is not known, and it is said from where to ask', async () => {
  const elsewhere = 'arn:aws:iam::999988887777:role/service-role/GtExec'

  const { ok, checks } = await preflight(JOB.role(elsewhere), wholeWorld().connect())

  expect(ok).toBe(false)
  expect(checks.find(({ code }) => code === 'role-exists')).toEqual({
    code: 'role-exists',
    about: 'role',
    status: 'unknown',
    what: `the role ${elsewhere}: not known`,
    why: 'IAM shows a role in its own account alone, and the caller is in 111122223333',
    fix: 'Ask from account 999988887777',
    owner: 'you',
  })
})

test('a trust policy as AWS advises it leaves a job ok, and the first line says by what', async () => {
  const cloud = wholeWorld()
  putRole(cloud, {
    trust: {
      Effect: 'Allow',
      Principal: { Service: 'sagemaker.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  })

  const report = await preflight(JOB, cloud.connect())
  const result = (await preflightAll([JOB], cloud.connect()).next()).value

  expect(report.ok).toBe(true)
  expect(report.checks.filter(({ status }) => status !== 'passed')).toMatchObject([
    { code: 'role-trust', status: 'warning', assumes: ['documented'] },
  ])
  const reserved = ', if AWS does as it documents'
  expect(String(report).split('\n')[0]).toContain(`nothing found that keeps it from running${reserved} (`)
  expect(String(result)).toBe(`labeling job street-signs: ok${reserved} (1 warning)`)
})

test('a role named by a wrong path does not pass for one that trusts SageMaker', async () => {
  const cloud = wholeWorld()
  const Service = 'ec2.amazonaws.com'
  putRole(cloud, { trust: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' } })

  const { checks } = await preflight(JOB.role('arn:aws:iam::111122223333:role/GtExec'), cloud.connect())

  expect(checks.filter(({ code }) => code === 'role-exists' || code === 'role-trust')).toMatchObject([
    { status: 'failed', fix: `Use .role('${ROLE}')` },
    { status: 'failed', what: `The trust policy of ${ROLE}` },
  ])
})

test('a role of whom nobody says whose it is is not known, and it is said what would tell', async () => {
  const cloud = wholeWorld()
  cloud.inject({ call: 'sts:GetCallerIdentity', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

  const { checks } = await preflight(JOB.role(NOBODY), cloud.connect())

  expect(checks.find(({ code }) => code === 'role-exists')).toMatchObject({
    status: 'unknown',
    why: 'IAM shows a role in its own account alone, and AWS did not say whose account this is',
    fix: 'Ask from account 111122223333, as somebody who is allowed sts:GetCallerIdentity',
  })
})
