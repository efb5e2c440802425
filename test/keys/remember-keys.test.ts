import { beforeEach, expect, test } from 'vitest'
import type { Aws } from '../../src/index.js'
import { rememberKeys } from '../../src/keys/remember-keys.js'
import { lookUpKey } from '../../src/keys/resolve-key.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'

const HOUR = 3_600_000

let cloud: FakeAws
let aws: Aws

beforeEach(() => {
  cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  aws = rememberKeys(cloud.connect())
})

const asked = () => cloud.calls.of('kms:DescribeKey').length
const code = (promise: Promise<unknown>) => promise.then(() => undefined).catch((thrown) => thrown.code)

test('a key is asked for once, however long the work takes', async () => {
  await lookUpKey('alias/gt', aws)
  cloud.clock.advance(HOUR)
  await lookUpKey('alias/gt', aws)

  expect(asked()).toBe(1)
})

test('a key that is not there, or that cannot be used, is asked for once', async () => {
  const { keyArn } = cloud.key({ state: 'Disabled' })

  for (let time = 0; time < 3; time++) {
    expect(await code(lookUpKey('alias/missing', aws))).toBe('key-not-found')
    expect(await code(lookUpKey(keyArn, aws))).toBe('key-disabled')
  }

  expect(asked()).toBe(2)
})

test('throttling is waited out for minutes, and what still fails is asked again', async () => {
  cloud.inject({ call: 'kms:DescribeKey', fault: 'throttle', times: 8 })
  await lookUpKey('alias/gt', aws)
  expect(asked()).toBe(9)

  cloud.key({ alias: 'alias/other' })
  cloud.inject({ call: 'kms:DescribeKey', fault: 'throttle', times: 40 })
  expect(await code(lookUpKey('alias/other', aws))).toBe('throttled')
  expect(await code(lookUpKey('alias/other', aws))).toBeUndefined()
})

test('the same connection for another region has a memory of its own, and other calls are made each time', async () => {
  cloud.key({ alias: 'alias/gt', region: 'eu-west-1' })
  const elsewhere = aws.with({ region: 'eu-west-1' })

  expect((await lookUpKey('alias/gt', elsewhere)).region).toBe('eu-west-1')
  expect((await lookUpKey('alias/gt', aws)).region).toBe('us-east-1')
  for (let time = 0; time < 2; time++) await aws.call('sagemaker:ListLabelingJobs', {})
  expect(cloud.calls.of('sagemaker:ListLabelingJobs')).toHaveLength(2)
})
