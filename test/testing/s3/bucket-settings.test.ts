import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'

const Bucket = 'acme'

test.each([
  ['us-east-1', undefined],
  ['eu-west-1', 'eu-west-1'],
])('a bucket in %s is at the location %s', async (region, LocationConstraint) => {
  const cloud = fakeAws()
  cloud.bucket(Bucket, { region })

  const answer = await cloud.send(new GetBucketLocationCommand({ Bucket }))

  expect(answer.LocationConstraint).toBe(LocationConstraint)
})

test.each([
  ['a key of S3', false],
  ['its own key', true],
])('a bucket encrypts by default with %s', async (_, hasKey) => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  cloud.bucket(Bucket, hasKey ? { defaultKey: keyArn } : {})

  const { ServerSideEncryptionConfiguration } = await cloud.send(new GetBucketEncryptionCommand({ Bucket }))

  expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual(
    hasKey ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } : { SSEAlgorithm: 'AES256' },
  )
})

test('a bucket has the CORS rules that it was given', async () => {
  const cloud = fakeAws()
  cloud.bucket(Bucket, { cors: 'frames' })
  cloud.bucket('other', { cors: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] })

  const [frames, other] = await Promise.all(
    [Bucket, 'other'].map((name) => cloud.send(new GetBucketCorsCommand({ Bucket: name }))),
  )

  expect(frames.CORSRules?.[0]?.AllowedMethods).toEqual(['GET', 'HEAD', 'PUT'])
  expect(other.CORSRules).toEqual([{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }])
})

test.each([
  ['without CORS rules', 'acme', 'NoSuchCORSConfiguration'],
  ['that is not there', 'none', 'NoSuchBucket'],
])('a bucket %s is told by name', async (_, name, error) => {
  const cloud = fakeAws()
  cloud.bucket(Bucket)

  await expect(cloud.send(new GetBucketCorsCommand({ Bucket: name }))).rejects.toMatchObject({ name: error })
})
