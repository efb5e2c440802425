import { expect, test } from 'vitest'
import { connect } from '../../src/aws/connect.js'
import { fakeAws } from '../../src/testing/index.js'

const HOME = '111122223333'
const OTHER = '444455556666'
const OPEN = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HOME}:root` }, Action: 's3:*', Resource: '*' },
  ],
} as const

function twoBuckets() {
  const cloud = fakeAws()
  cloud.bucket('ours')
  cloud.bucket('taken', { account: OTHER, policy: OPEN })
  cloud.object('s3://ours/a.txt', 'a')
  cloud.object('s3://taken/a.txt', 'not ours')
  return cloud
}

test('a bucket that somebody else made under its name is not read when the connection says whose buckets are', async () => {
  const cloud = twoBuckets()
  const open = connect({ region: 'us-east-1', clients: cloud })
  const careful = connect({ region: 'us-east-1', clients: cloud, bucketOwner: HOME })
  const taken = { Bucket: 'taken', Key: 'a.txt' }

  await expect(open.call('s3:GetObject', taken)).resolves.toBeDefined()
  await expect(careful.call('s3:GetObject', { Bucket: 'ours', Key: 'a.txt' })).resolves.toBeDefined()
  await expect(careful.call('s3:GetObject', taken, { what: 'Cannot read it' })).rejects.toMatchObject({
    code: 'access-denied',
    what: `Cannot read it (its bucket has to be of account ${HOME})`,
  })
  await expect(
    careful.call('s3:GetObject', { Bucket: 'ours', Key: 'b' }, { what: 'Cannot read it' }),
  ).rejects.toMatchObject({ code: 'not-found', what: 'Cannot read it' })
})

test('a function tells the owner of each bucket, also of the one that is copied from', async () => {
  const sent: object[] = []
  const clients = { send: async ({ input }: { readonly input?: object }) => sent.push(input ?? {}) }
  const bucketOwner = (bucket: string) => ({ ours: HOME, theirs: OTHER })[bucket]
  const aws = connect({ region: 'us-east-1', clients, bucketOwner })

  await aws.call('s3:CopyObject', { Bucket: 'ours', Key: 'a', CopySource: 'theirs/a' })
  await aws.call('s3:HeadObject', { Bucket: 'unknown', Key: 'a' })
  await aws.call('kms:DescribeKey', { KeyId: 'alias/gt' })

  expect(sent).toStrictEqual([
    {
      ExpectedBucketOwner: HOME,
      ExpectedSourceBucketOwner: OTHER,
      Bucket: 'ours',
      Key: 'a',
      CopySource: 'theirs/a',
    },
    { Bucket: 'unknown', Key: 'a' },
    { KeyId: 'alias/gt' },
  ])
})

test('the fake refuses a copy whose source is of another account than it should be', async () => {
  const cloud = twoBuckets()
  const owners: Record<string, string> = { ours: HOME, taken: HOME }
  const aws = connect({ region: 'us-east-1', clients: cloud, bucketOwner: (bucket) => owners[bucket] })

  await expect(
    aws.call('s3:CopyObject', { Bucket: 'ours', Key: 'b', CopySource: 'taken/a.txt' }),
  ).rejects.toMatchObject({
    code: 'access-denied',
  })
})

test.each([['acme'], [''], [111122223333]])('%j is no owner of buckets', (bucketOwner) => {
  expect(() => connect({ bucketOwner } as never)).toThrow('Give the 12 digits of an account')
})
