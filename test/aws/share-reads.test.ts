import { expect, test } from 'vitest'
import { shareReads } from '../../src/aws/share-reads.js'
import { fakeAws } from '../../src/testing/index.js'

test('what was asked before is answered from memory, by whatever name it is asked for', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  cloud.role({ name: 'Other' })
  const aws = shareReads(cloud.connect())

  const [first, second, other] = await Promise.all([
    aws.call('iam:GetRole', { RoleName: 'GtExec' }),
    aws.call('iam:GetRole', { RoleName: 'GtExec' }, { what: 'Cannot read the role' }),
    aws.call('iam:GetRole', { RoleName: 'Other' }),
  ])

  expect(second).toBe(first)
  expect(other.Role?.RoleName).toBe('Other')
  expect(cloud.calls.names()).toEqual(['iam:GetRole', 'iam:GetRole'])
})

test('an object is read each time, and so is what failed', async () => {
  const cloud = fakeAws()
  cloud.object('s3://acme/text', 'hello')
  cloud.inject({ call: 'iam:GetRole', fault: 'throttle' })
  cloud.role({ name: 'GtExec' })
  const aws = shareReads(cloud.connect())
  const read = async () =>
    (await aws.call('s3:GetObject', { Bucket: 'acme', Key: 'text' })).Body?.transformToString()

  const texts = [await read(), await read()]
  await expect(aws.call('iam:GetRole', { RoleName: 'GtExec' })).rejects.toMatchObject({ code: 'throttled' })
  const again = await aws.call('iam:GetRole', { RoleName: 'GtExec' })

  expect(texts).toEqual(['hello', 'hello'])
  expect(again.Role?.RoleName).toBe('GtExec')
})

test('a connection moved elsewhere shares nothing with the one it came from', async () => {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  cloud.key({ alias: 'alias/gt', region: 'eu-west-1' })
  const aws = shareReads(cloud.connect())

  const here = await aws.call('kms:DescribeKey', { KeyId: 'alias/gt' })
  const there = await aws.with({ region: 'eu-west-1' }).call('kms:DescribeKey', { KeyId: 'alias/gt' })

  expect(here.KeyMetadata?.Arn).not.toBe(there.KeyMetadata?.Arn)
})

test.each([
  ['a refusal', 'access-denied' as const],
  ['that there is no such thing', undefined],
])('%s is an answer as well, and asked for once', async (_, fault) => {
  const cloud = fakeAws()
  if (fault !== undefined) cloud.inject({ call: 'iam:GetRole', fault, times: Number.POSITIVE_INFINITY })
  const aws = shareReads(cloud.connect())

  for (let time = 0; time < 3; time++)
    await expect(aws.call('iam:GetRole', { RoleName: 'Nobody' })).rejects.toThrow()

  expect(cloud.calls.names()).toEqual(['iam:GetRole'])
})
