import { GetRoleCommand } from '@aws-sdk/client-iam'
import { DescribeKeyCommand, GetKeyPolicyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateWorkforceCommand } from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import { type Fault, fakeAws, type InjectedCall } from '../../src/testing/index.js'
import { refusal } from './refusal.js'

const describe = new DescribeKeyCommand({ KeyId: 'alias/gt' })

test('code before a call sees it, without contents, and may change the fake', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ alias: 'alias/gt' })
  cloud.bucket('acme-gt')
  const seen: InjectedCall[] = []
  cloud.inject({ call: 's3:PutObject', fault: { before: (call) => void seen.push(call) } })
  cloud.inject({
    call: 'kms:DescribeKey',
    fault: { before: () => void cloud.setKeyState(keyArn, 'Disabled') },
  })

  await cloud.send(new PutObjectCommand({ Bucket: 'acme-gt', Key: 'a', Body: 'secret' }))
  const { KeyMetadata } = await cloud.send(describe)

  expect(seen).toEqual([
    {
      service: 's3',
      name: 's3:PutObject',
      input: { Bucket: 'acme-gt', Key: 'a' },
      caller: 'arn:aws:iam::111122223333:user/dev',
      region: 'us-east-1',
      at: new Date('2026-11-23T09:00:00Z'),
    },
  ])
  expect(KeyMetadata.KeyState).toBe('Disabled')
})

test('code before a call says which fault strikes, by what the call asks for', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  cloud.role({ name: 'Ops' })
  const before = ({ input }: InjectedCall): Fault | undefined =>
    input['RoleName'] === 'Ops' ? 'access-denied' : undefined
  cloud.inject({ call: 'iam:GetRole', fault: { before }, times: Number.POSITIVE_INFINITY })

  const refused = await refusal(cloud.send(new GetRoleCommand({ RoleName: 'Ops' })))
  const { Role } = await cloud.send(new GetRoleCommand({ RoleName: 'GtExec' }))

  expect(refused.name).toBe('AccessDenied')
  expect(Role.RoleName).toBe('GtExec')
})

test('code that has nothing against a call leaves it to the faults behind it', async () => {
  const cloud = fakeAws()
  cloud.inject({ call: '*', fault: { before: () => undefined } })
  cloud.inject({ call: '*', fault: { before: async () => 'throttle' as const } })
  cloud.inject({ call: '*', fault: { before: () => 'server-error' } })
  cloud.inject({ call: '*', fault: 'crash-before' })

  const refused = await refusal(cloud.send(describe))

  expect(refused.name).toBe('ThrottlingException')
})

test('code in place of a call answers it, and nothing happens', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  cloud.inject({ call: 'kms:PutKeyPolicy', fault: { instead: () => ({}) } })
  const before = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))

  const answer = await cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: 'no policy at all' }))

  expect(answer).toMatchObject({ $metadata: { httpStatusCode: 200 } })
  expect((await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy).toBe(before.Policy)
  expect(cloud.calls.writes()).toEqual([])
})

test('code after a call may write over it, or have its answer lost', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  const { Policy } = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))
  const put = () => cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy: Policy?.replace('{', '{ ') }))
  cloud.inject({
    call: 'kms:PutKeyPolicy',
    fault: { after: () => void cloud.setKeyState(keyArn, 'Disabled') },
  })
  cloud.inject({
    call: 'kms:PutKeyPolicy',
    fault: {
      after: async () => {
        throw Object.assign(new Error('Lost.'), { name: 'TimeoutError' })
      },
    },
    after: 1,
  })

  await put()
  const lost = await refusal(put())

  expect(lost).toEqual({ name: 'TimeoutError', message: 'Lost.' })
  expect(cloud.calls.writes().map(({ error }) => error)).toEqual([undefined, 'TimeoutError'])
})

test('code after a call does not run when the call ends in an error', async () => {
  const cloud = fakeAws()
  const seen: InjectedCall[] = []
  cloud.inject({ call: 'kms:DescribeKey', fault: { after: (call) => void seen.push(call) } })

  await refusal(cloud.send(describe))

  expect(seen).toEqual([])
})

test.each<[string, object, string]>([
  [
    'a call',
    { call: 'sagemaker:CreateLabelingJobs', fault: 'throttle' },
    'There is no call sagemaker:CreateLabelingJobs; sagemaker:CreateLabelingJob is probably meant.',
  ],
  ['a fault', { call: '*', fault: 'throtle' }, 'There is no fault throtle; throttle is probably meant.'],
  [
    'a field',
    { call: '*', fault: 'throttle', time: 2 },
    'inject() has no field time; times is probably meant.',
  ],
  ['a group of calls', { call: 'kms', fault: 'throttle' }, 'There is no call kms.'],
  [
    'an error without a message',
    { call: '*', fault: { name: 'X', mesage: 'x' } },
    'has no field mesage; message is',
  ],
  ['an error of no name', { call: '*', fault: {} }, 'A fault of its own needs a name and a message'],
  [
    'two moments at once',
    { call: '*', fault: { before() {}, after() {} } },
    'Inject before and after by themselves.',
  ],
  [
    'code that is none',
    { call: '*', fault: { before: 'throttle' } },
    'before is a function that is given the call.',
  ],
  ['half a call', { call: '*', fault: 'throttle', times: 1.5 }, 'times counts calls: 1.5 is no count.'],
  ['less than no call', { call: '*', fault: 'throttle', after: -1 }, 'after counts calls: -1 is no count.'],
  ['a delay back in time', { call: 'kms:PutKeyPolicy', fault: 'slow-propagation', delay: -1 }, 'not -1.'],
  [
    'a delay of nothing',
    { call: '*', fault: 'throttle', delay: 5 },
    "delay is for the fault 'slow-propagation' alone.",
  ],
  [
    'a policy of nobody',
    { call: '*', fault: 'throttle', policy: '{}' },
    "policy is for the fault 'lost-update' alone.",
  ],
  ['nothing', null as never, 'inject() takes an object with call, fault'],
])('%s that does not exist is refused by name', (_, plan, message) => {
  const cloud = fakeAws()

  expect(() => cloud.inject(plan as never)).toThrow(TypeError)
  expect(() => cloud.inject(plan as never)).toThrow(message)
})

test.each<[Fault, string]>([
  ['throtle' as never, 'There is no fault throtle; throttle is probably meant.'],
  [{ before: () => 'throttle' }, 'Code that is injected gives a fault, not more code.'],
  ['lost-update', "The fault 'lost-update' does not fit kms:DescribeKey"],
])('code that gives %s is told so', async (fault, message) => {
  const cloud = fakeAws()
  cloud.inject({ call: 'kms:DescribeKey', fault: { before: () => fault } })

  await expect(cloud.send(describe)).rejects.toThrow(message)
})

test('code of yours answers a call that the fake does not know', async () => {
  const cloud = fakeAws()
  const create = new CreateWorkforceCommand({ WorkforceName: 'private' })
  const asked: InjectedCall[] = []
  const instead = (call: InjectedCall) => {
    asked.push(call)
    return { WorkforceArn: 'arn:x' }
  }
  cloud.inject({ call: 'sagemaker:CreateWorkforce', fault: { instead } })
  cloud.inject({
    call: 'sagemaker:CreateWorkforce',
    fault: { name: 'ResourceInUse', message: 'there is one' },
    after: 1,
  })

  const answer = await cloud.send(create)
  const second = await refusal(cloud.send(create))
  const third = await refusal(cloud.send(create))

  expect(answer).toMatchObject({ WorkforceArn: 'arn:x' })
  expect(asked).toMatchObject([{ name: 'sagemaker:CreateWorkforce', input: { WorkforceName: 'private' } }])
  expect(second).toEqual({ name: 'ResourceInUse', message: 'there is one' })
  expect(third.message).toMatch(/^FakeAws does not know CreateWorkforceCommand/)
  expect(cloud.calls.of('sagemaker:CreateWorkforce')).toHaveLength(3)
})

test.each([
  [
    'sagemaker:DescribeLabelingjob',
    { instead: () => ({}) },
    'sagemaker:DescribeLabelingJob is probably meant',
  ],
  ['ec2:RunInstances', { instead: () => ({}) }, 'There is no call ec2:RunInstances'],
  ['sagemaker:CreateWorkforce', 'throttle', 'There is no call sagemaker:CreateWorkforce'],
])('nothing is injected into %s by mistake', (call, fault, message) => {
  expect(() => fakeAws().inject({ call, fault: fault as Fault })).toThrow(message)
})
