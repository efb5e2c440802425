import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { DescribeKeyCommand, GetKeyPolicyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import { ListLabelingJobsCommand } from '@aws-sdk/client-sagemaker'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { type Fault, fakeAws } from '../../src/testing/index.js'
import { refusal } from './refusal.js'

const ROOT = 'arn:aws:iam::111122223333:root'

function policy(...extra: object[]) {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }, ...extra],
  })
}

const OURS = policy({ Sid: 'Ours', Effect: 'Allow', Principal: '*', Action: 'kms:Encrypt', Resource: '*' })
const THEIRS = policy({ Sid: 'Theirs', Effect: 'Deny', Principal: '*', Action: 'kms:Sign', Resource: '*' })

const INLINE =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}'
const OTHER = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*"}]}'

const CALLS = {
  kms: () => new DescribeKeyCommand({ KeyId: 'alias/x' }),
  iam: () => new GetRoleCommand({ RoleName: 'R' }),
  sts: () => new GetCallerIdentityCommand({}),
  s3: () => new GetObjectCommand({ Bucket: 'b', Key: 'k' }),
  sagemaker: () => new ListLabelingJobsCommand({}),
}

test.each<[Fault, Record<keyof typeof CALLS, string>]>([
  [
    'throttle',
    {
      kms: 'ThrottlingException',
      iam: 'Throttling',
      sts: 'Throttling',
      s3: 'SlowDown',
      sagemaker: 'ThrottlingException',
    },
  ],
  [
    'server-error',
    {
      kms: 'KMSInternalException',
      iam: 'ServiceFailureException',
      sts: 'InternalFailure',
      s3: 'InternalError',
      sagemaker: 'InternalFailure',
    },
  ],
  [
    'access-denied',
    {
      kms: 'AccessDeniedException',
      iam: 'AccessDenied',
      sts: 'AccessDenied',
      s3: 'AccessDenied',
      sagemaker: 'AccessDeniedException',
    },
  ],
])('%s goes by the name each service gives it', async (fault, names) => {
  const cloud = fakeAws()
  cloud.inject({ call: '*', fault, times: 5 })

  const refused = await Promise.all(
    Object.entries(CALLS).map(async ([service, make]) => [service, (await refusal(cloud.send(make()))).name]),
  )

  expect(Object.fromEntries(refused)).toEqual(names)
  expect(cloud.calls.writes()).toEqual([])
})

test('a fault hits as many calls as it says, after as many as it says', async () => {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/x' })
  cloud.inject({ call: 'kms:DescribeKey', fault: 'throttle', times: 2, after: 1 })
  cloud.inject({ call: 'sts:*', fault: 'throttle' })
  const outcomes: string[] = []

  for (let call = 0; call < 5; call += 1) {
    await cloud.send(CALLS.kms()).then(
      () => outcomes.push('ok'),
      ({ name }) => outcomes.push(name),
    )
  }

  expect(outcomes).toEqual(['ok', 'ThrottlingException', 'ThrottlingException', 'ok', 'ok'])
})

test('an error of any name can be had', async () => {
  const cloud = fakeAws()
  cloud.inject({ call: 'kms:*', fault: { name: 'OddException', message: 'Odd.', status: 418 } })

  const sent = cloud.send(CALLS.kms())

  await expect(sent).rejects.toMatchObject({
    name: 'OddException',
    message: 'Odd.',
    $fault: 'client',
    $metadata: { httpStatusCode: 418 },
  })
})

test('server errors are the fault of the server', async () => {
  const cloud = fakeAws()
  cloud.inject({ call: 'kms:*', fault: 'server-error' })

  await expect(cloud.send(CALLS.kms())).rejects.toMatchObject({
    $fault: 'server',
    $metadata: { httpStatusCode: 500 },
  })
})

test('a connection that breaks before the call leaves everything as it was', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ policy: policy() })
  cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'crash-before' })

  const put = cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: OURS }))

  await expect(put).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect((await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy).toBe(policy())
})

test.each<[Fault, string]>([
  ['timeout-after-write', 'TimeoutError'],
  ['server-error-after-write', 'KMSInternalException'],
])('%s: the write has happened', async (fault, name) => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  cloud.inject({ call: 'kms:PutKeyPolicy', fault })

  const refused = await refusal(cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: OURS })))

  expect(refused.name).toBe(name)
  expect((await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy).toBe(OURS)
  expect(cloud.calls.writes()).toMatchObject([{ name: 'kms:PutKeyPolicy', error: name }])
})

test.each([
  ['what was there before', undefined, policy()],
  ['the policy of the other writer', THEIRS, THEIRS],
  ['a document of the other writer', JSON.parse(THEIRS), JSON.stringify(JSON.parse(THEIRS), null, 2)],
])('an update of a key policy is lost to %s', async (_, theirs, expected) => {
  const cloud = fakeAws()
  const { keyArn, keyId } = cloud.key({ policy: policy() })
  cloud.inject({
    call: 'kms:PutKeyPolicy',
    fault: 'lost-update',
    ...(theirs !== undefined && { policy: theirs }),
  })

  await cloud.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: OURS }))

  expect((await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy).toBe(expected)
})

test('an update of a role policy is lost', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'R', inline: { Base: INLINE } })
  const put = (PolicyName: string) =>
    cloud.send(new PutRolePolicyCommand({ RoleName: 'R', PolicyName, PolicyDocument: OTHER }))
  const read = (PolicyName: string) => cloud.send(new GetRolePolicyCommand({ RoleName: 'R', PolicyName }))
  cloud.inject({ call: 'iam:PutRolePolicy', fault: 'lost-update', times: 2 })
  cloud.inject({ call: 'iam:PutRolePolicy', fault: 'lost-update', policy: INLINE })

  await put('Base')
  await put('New')
  const base = await read('Base')
  const fresh = await refusal(read('New'))
  await put('New')

  expect(decodeURIComponent(base.PolicyDocument)).toBe(INLINE)
  expect(fresh.name).toBe('NoSuchEntityException')
  expect(decodeURIComponent((await read('New')).PolicyDocument)).toBe(INLINE)
})

test('a lost update of nothing is refused as any other', async () => {
  const cloud = fakeAws()
  cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'lost-update' })
  cloud.inject({ call: 'iam:PutRolePolicy', fault: 'lost-update' })

  const key = await refusal(cloud.send(new PutKeyPolicyCommand({ KeyId: 'none', Policy: OURS })))
  const role = await refusal(
    cloud.send(new PutRolePolicyCommand({ RoleName: 'R', PolicyName: 'P', PolicyDocument: OTHER })),
  )

  expect([key.name, role.name]).toEqual(['NotFoundException', 'NoSuchEntityException'])
})

test('changes take their time to be seen', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ policy: policy() })
  cloud.role({ name: 'R', inline: { Base: INLINE } })
  const readKey = async () => (await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy
  const readRole = (PolicyName: string) =>
    cloud.send(new GetRolePolicyCommand({ RoleName: 'R', PolicyName })).then(
      ({ PolicyDocument }) => decodeURIComponent(PolicyDocument),
      ({ name }) => name,
    )
  cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'slow-propagation' })
  cloud.inject({ call: 'iam:PutRolePolicy', fault: 'slow-propagation', delay: 5_000 })
  cloud.inject({ call: 'iam:DeleteRolePolicy', fault: 'slow-propagation' })

  await cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: OURS }))
  await cloud.send(new PutRolePolicyCommand({ RoleName: 'R', PolicyName: 'New', PolicyDocument: OTHER }))
  await cloud.send(new DeleteRolePolicyCommand({ RoleName: 'R', PolicyName: 'Base' }))
  cloud.clock.advance(4_999)
  const early = [await readKey(), await readRole('New'), await readRole('Base')]
  cloud.clock.advance(1)
  const late = [await readKey(), await readRole('New'), await readRole('Base')]

  expect(early).toEqual([policy(), 'NoSuchEntityException', INLINE])
  expect(late).toEqual([OURS, OTHER, 'NoSuchEntityException'])
})

test('a key policy may come back in another order', async () => {
  const cloud = fakeAws()
  const statement = (Principal: string | Record<string, string | string[]>) => ({
    Effect: 'Allow',
    Principal,
    Action: 'kms:*',
  })
  const service = statement({ Service: 'logs.amazonaws.com' })
  const { keyArn } = cloud.key({
    policy: {
      Statement: [
        statement({ AWS: ['111122223333', 'arn:aws:iam::444455556666:root'] }),
        statement({ AWS: '111122223333' }),
        statement('*'),
        service,
        { Effect: 'Deny', NotPrincipal: { AWS: ['a', 'b'] } },
      ],
    },
  })
  cloud.inject({ call: 'kms:GetKeyPolicy', fault: 'reordered-policy' })

  const { Policy } = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))

  expect(JSON.parse(Policy ?? '').Statement).toEqual([
    statement({ AWS: ['arn:aws:iam::444455556666:root', ROOT] }),
    statement({ AWS: ROOT }),
    statement('*'),
    service,
    { Effect: 'Deny', NotPrincipal: { AWS: ['b', 'a'] } },
  ])
})

test.each<[string, Fault]>([
  ['kms:DescribeKey', 'lost-update'],
  ['iam:*', 'slow-propagation'],
  ['kms:PutKeyPolicy', 'reordered-policy'],
])('a fault that %s cannot have is refused', (call, fault) => {
  const cloud = fakeAws()

  expect(() => cloud.inject({ call, fault })).toThrow(`The fault '${fault}' does not fit ${call}`)
})
