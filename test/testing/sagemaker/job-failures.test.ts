import { expect, test } from 'vitest'
import type { FakeAws } from '../../../src/testing/index.js'
import { boxes, create, describeJob, labelingWorld, stateOf } from './labeling-world.js'

const ALLOW_ALL = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }

test.each<[string, (cloud: FakeAws) => void, string]>([
  [
    'is not there',
    (cloud) => cloud.object('s3://acme-gt/in/other', ''),
    'ClientError: Unable to read the input manifest s3://acme-gt/in/none.manifest: The specified key does not exist.',
  ],
  [
    'has a line that is no JSON',
    (cloud) => cloud.object('s3://acme-gt/in/none.manifest', '{"source":"a"}\nhello'),
    'ClientError: Invalid line 2 in the input manifest s3://acme-gt/in/none.manifest: it must be a JSON object with "source" or "source-ref".',
  ],
  [
    'has a line without a source',
    (cloud) => cloud.object('s3://acme-gt/in/none.manifest', '{"src":"a"}'),
    'ClientError: Invalid line 1 in the input manifest s3://acme-gt/in/none.manifest: it must be a JSON object with "source" or "source-ref".',
  ],
])('a job fails when its manifest %s', async (_, prepare, reason) => {
  const { cloud, keyArn } = labelingWorld()
  prepare(cloud)
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.InputConfig.DataSource.S3DataSource = { ManifestS3Uri: 's3://acme-gt/in/none.manifest' }
    }),
  )

  cloud.clock.advance(60_000)

  expect(await describeJob(cloud)).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: reason })
})

test.each([
  ['is not there', undefined, 'The specified key does not exist.'],
  ['is no JSON', 'stop, yield', 'has no labels.'],
  ['has no labels', '{}', 'has no labels.'],
])('a job fails when its label file %s', async (_, text, reason) => {
  const { cloud, keyArn } = labelingWorld()
  if (text !== undefined) cloud.object('s3://acme-gt/ui/bad.json', text)
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.LabelCategoryConfigS3Uri = 's3://acme-gt/ui/bad.json'
    }),
  )

  cloud.clock.advance(60_000)

  expect((await describeJob(cloud)).FailureReason).toContain(reason)
})

test('a job fails when its output bucket is not in its region', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.bucket('acme-eu', { region: 'eu-west-1' })
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.OutputConfig.S3OutputPath = 's3://acme-eu/out'
    }),
  )

  cloud.clock.advance(60_000)

  expect((await describeJob(cloud)).FailureReason).toBe(
    'ClientError: Unable to write to s3://acme-eu/out: the bucket does not exist in us-east-1.',
  )
})

test.each<[string, object[], string]>([
  [
    'is not allowed to decrypt',
    [{ Effect: 'Allow', NotAction: 'kms:Decrypt', Resource: '*' }],
    'kms:Decrypt on resource: KEY because no identity-based policy allows the kms:Decrypt action',
  ],
  [
    'is denied',
    [ALLOW_ALL, { Effect: 'Deny', Action: 'kms:GenerateDataKey', Resource: '*' }],
    'kms:GenerateDataKey on resource: KEY with an explicit deny in an identity-based policy',
  ],
])('a job fails when its role %s', async (_, statements, reason) => {
  const policy = { Version: '2012-10-17', Statement: statements }
  const { cloud, keyArn } = labelingWorld({ policy })
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(60_000)
  const before = await stateOf(cloud)
  cloud.clock.advance(30_000)

  expect(before[0]).toBe('InProgress')
  expect(await describeJob(cloud)).toMatchObject({
    LabelingJobStatus: 'Failed',
    FailureReason: expect.stringMatching(
      /^ClientError: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role\/GtExec\/SageMaker-[0-9a-f]{12} is/,
    ),
  })
  expect((await describeJob(cloud)).FailureReason).toMatch(
    new RegExp(`is not authorized to perform: ${reason.replace('KEY', keyArn)}$`),
  )
})

test('a key policy that counts on the name of the session does not let a job in', async () => {
  const { cloud } = labelingWorld()
  const { keyArn } = cloud.key({
    policy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker' },
        Action: 'kms:*',
        Resource: '*',
      },
    },
  })
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(90_000)

  expect(await describeJob(cloud)).toMatchObject({ LabelingJobStatus: 'Failed' })
})
