import { DescribeLabelingJobCommand } from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import { automated, boxes, create, describeJob, labelingWorld, ROLE, stateOf } from './labeling-world.js'

const ALLOW_ALL = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }

const S3_ONLY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }

test('the volume key needs kms:CreateGrant, the output key does not', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
      },
    ],
  }
  const plain = labelingWorld({ policy })
  const auto = labelingWorld({ policy, objects: 1_250 })
  await create(plain.cloud, boxes(plain.keyArn))
  await create(auto.cloud, boxes(auto.keyArn, automated(auto.volumeArn)))

  plain.cloud.clock.advance(600_000)
  auto.cloud.clock.advance(600_000)

  expect(await stateOf(plain.cloud)).toEqual(['Completed', 3, 0, 0, 0])
  expect((await describeJob(auto.cloud)).FailureReason).toContain(
    `kms:CreateGrant on resource: ${auto.volumeArn}`,
  )
})

test.each(['Disabled', 'PendingDeletion', 'Unavailable'])('a job fails when its key is %s', async (state) => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn))
  cloud.clock.advance(92_000)

  cloud.setKeyState(keyArn, state)
  cloud.clock.advance(600_000)

  const { LabelingJobStatus, FailureReason, LabelCounters } = await describeJob(cloud)
  expect(LabelingJobStatus).toBe('Failed')
  expect(FailureReason).toMatch(/^ClientError: (DisabledException|KMSInvalidStateException): arn:aws:kms/)
  expect(LabelCounters).toMatchObject({ TotalLabeled: 1, Unlabeled: 2 })
})

test('a job fails when its role or its key is gone', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn))
  const other = labelingWorld()
  await create(other.cloud, boxes('1234abcd-12ab-34cd-56ef-1234567890ab'))

  cloud.deleteRole(ROLE)
  cloud.clock.advance(600_000)
  other.cloud.clock.advance(600_000)

  expect((await describeJob(cloud)).FailureReason).toContain(`The role ${ROLE} does not exist.`)
  expect((await describeJob(other.cloud)).FailureReason).toContain('NotFoundException: Key')
})

test('what nobody can know passes, unless the fake is strict', async () => {
  const condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: condition },
    ],
  }
  const lenient = labelingWorld({ policy })
  const strict = labelingWorld({ policy, strict: true, caller: 'arn:aws:iam::111122223333:root' })
  await create(lenient.cloud, boxes(lenient.keyArn))
  await create(strict.cloud, boxes(strict.keyArn))

  lenient.cloud.clock.advance(600_000)
  strict.cloud.clock.advance(600_000)

  expect(await stateOf(lenient.cloud)).toEqual(['Completed', 3, 0, 0, 0])
  expect((await describeJob(strict.cloud)).FailureReason).toMatch(
    /because FakeAws is strict and nobody can tell whether it is allowed$/,
  )
})

test('a strict role needs to read its input, and always needs the key of its input', async () => {
  const kmsOnly = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
  }
  const strict = labelingWorld({ policy: kmsOnly, strict: true, caller: 'arn:aws:iam::111122223333:root' })
  await create(strict.cloud, boxes(strict.keyArn))
  const locked = labelingWorld()
  const { keyArn: key } = locked.cloud.key({ policy: { Version: '2012-10-17', Statement: [] } })
  locked.cloud.object('s3://acme-gt/in/dataset.manifest', '{"source":"a"}', { key })
  await create(locked.cloud, boxes(locked.keyArn))

  strict.cloud.clock.advance(600_000)
  locked.cloud.clock.advance(600_000)

  expect((await describeJob(strict.cloud)).FailureReason).toContain(
    's3:GetObject on resource: arn:aws:s3:::acme-gt/in/dataset.manifest',
  )
  expect((await describeJob(locked.cloud)).FailureReason).toContain(`kms:Decrypt on resource: ${key}`)
})

test('managed policies, boundary, tags and organization of the role count', async () => {
  const { cloud, keyArn } = labelingWorld()
  const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
  const tagged = { StringEquals: { 'aws:PrincipalTag/team': 'vision' } }
  const run = async (name: string, change: object) => {
    cloud.role({
      name,
      attached: [{ name: `${name}Keys`, document: document({ ...ALLOW_ALL, Condition: tagged }) }],
      tags: { team: 'vision' },
      ...change,
    })
    await create(
      cloud,
      boxes(keyArn, (request) => {
        request.LabelingJobName = name
        request.RoleArn = `arn:aws:iam::111122223333:role/${name}`
      }),
    )
    cloud.clock.advance(600_000)
    return cloud.send(new DescribeLabelingJobCommand({ LabelingJobName: name }))
  }

  const managed = await run('Managed', {})
  const bounded = await run('Bounded', {
    boundary: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
  })
  cloud.organization({ rcps: [document({ ...ALLOW_ALL, Principal: '*', Effect: 'Deny' })] })
  const controlled = await run('Controlled', {})

  expect(managed.LabelingJobStatus).toBe('Completed')
  expect(bounded.FailureReason).toMatch(/because no permissions boundary allows the kms:\w+ action$/)
  expect(controlled.FailureReason).toContain('with an explicit deny in a resource control policy')
})

test('a Deny of the key policy is named as one', async () => {
  const { cloud } = labelingWorld()
  const { keyArn } = cloud.key({
    policy: {
      Version: '2012-10-17',
      Statement: [
        { ...ALLOW_ALL, Principal: { AWS: '111122223333' } },
        { ...ALLOW_ALL, Principal: '*', Effect: 'Deny' },
      ],
    },
  })
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(600_000)

  expect((await describeJob(cloud)).FailureReason).toContain(
    'with an explicit deny in a resource-based policy',
  )
})

test.each([
  ['calls through S3 alone', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }],
  ['an encryption context', { StringEquals: { 'kms:EncryptionContext:team': 'vision' } }],
  ['no endpoint of a VPC', { Null: { 'aws:SourceVpce': 'true' } }],
  ['another network', { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }],
])('an Allow for %s is enough for a job, and not when the fake is strict', async (_, Condition) => {
  const describe = { ...ALLOW_ALL, Action: 'kms:DescribeKey' }
  const policy = { Version: '2012-10-17', Statement: [{ ...ALLOW_ALL, Condition }, describe] }
  const outcomes = []

  for (const strict of [false, true]) {
    const caller = 'arn:aws:iam::111122223333:root'
    const { cloud, keyArn } = labelingWorld({ strict, caller })
    cloud.role({ name: 'GtExec', path: '/service-role/', inline: { Keys: policy, S3: S3_ONLY } })
    await create(cloud, boxes(keyArn))
    cloud.clock.advance(600_000)
    outcomes.push((await describeJob(cloud)).LabelingJobStatus)
  }

  expect(outcomes).toEqual(['Completed', 'Failed'])
})

test.each([
  ['an encryption context', { StringEquals: { 'kms:EncryptionContext:team': 'vision' } }],
  ['what a grant is for', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }],
])('an Allow under a condition on %s does not let the key be described', async (_, Condition) => {
  const caller = 'arn:aws:iam::111122223333:root'
  const { cloud, keyArn } = labelingWorld({ caller })
  const policy = { Version: '2012-10-17', Statement: [{ ...ALLOW_ALL, Condition }] }
  cloud.role({ name: 'GtExec', path: '/service-role/', inline: { Keys: policy, S3: S3_ONLY } })
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(600_000)

  expect((await describeJob(cloud)).FailureReason).toContain(
    'is not authorized to perform: kms:DescribeKey on',
  )
})

test('a grant under an encryption context is enough for a job, and not when the fake is strict', async () => {
  const outcomes = []

  for (const strict of [false, true]) {
    const caller = 'arn:aws:iam::111122223333:root'
    const { cloud } = labelingWorld({ strict, caller, policy: S3_ONLY })
    const { keyArn } = cloud.key({
      policy: { Version: '2012-10-17', Statement: [] },
      grants: [
        {
          GranteePrincipal: ROLE,
          Operations: ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey'],
          Constraints: { EncryptionContextSubset: { team: 'vision' } },
        },
      ],
    })
    await create(cloud, boxes(keyArn))
    cloud.clock.advance(600_000)
    outcomes.push((await describeJob(cloud)).LabelingJobStatus)
  }

  expect(outcomes).toEqual(['Completed', 'Failed'])
})
