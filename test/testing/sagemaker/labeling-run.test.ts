import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import {
  CreateLabelingJobCommand,
  DescribeLabelingJobCommand,
  StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import type { FakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'
import { automated, boxes, labelingWorld, ROLE, streaming, TOPIC } from './labeling-world.js'

const NAME = { LabelingJobName: 'street-signs' }
const MANIFEST = 's3://acme-gt/out/Street-Signs/manifests/output/output.manifest'

function create(cloud: FakeAws, request: CreateLabelingJobRequest) {
  return cloud.send(new CreateLabelingJobCommand(request))
}

function describeJob(cloud: FakeAws) {
  return cloud.send(new DescribeLabelingJobCommand(NAME))
}

function stop(cloud: FakeAws) {
  return cloud.send(new StopLabelingJobCommand(NAME))
}

async function stateOf(cloud: FakeAws) {
  const { LabelingJobStatus, LabelCounters: counters } = await describeJob(cloud)
  const { HumanLabeled, MachineLabeled, FailedNonRetryableError, Unlabeled, TotalLabeled } = counters
  expect(TotalLabeled).toBe(HumanLabeled + MachineLabeled)
  return [LabelingJobStatus, HumanLabeled, MachineLabeled, FailedNonRetryableError, Unlabeled]
}

function manifestOf(cloud: FakeAws) {
  return cloud
    .read(MANIFEST)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('a job moves with the clock, object by object', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn))
  const states: unknown[] = []

  for (const seconds of [0, 59, 1, 30, 2, 2, 1, 1, 1_000]) {
    cloud.clock.advance(seconds * 1_000)
    states.push(await stateOf(cloud))
  }

  expect(states).toEqual([
    ['Initializing', 0, 0, 0, 0],
    ['Initializing', 0, 0, 0, 0],
    ['InProgress', 0, 0, 0, 3],
    ['InProgress', 0, 0, 0, 3],
    ['InProgress', 1, 0, 0, 2],
    ['InProgress', 2, 0, 0, 1],
    ['InProgress', 2, 0, 0, 1],
    ['Completed', 3, 0, 0, 0],
    ['Completed', 3, 0, 0, 0],
  ])
  expect((await describeJob(cloud)).LastModifiedTime).toEqual(new Date('2026-11-23T09:01:36Z'))
})

test('one long wait ends where many short ones do', async () => {
  const slow = labelingWorld()
  const fast = labelingWorld()
  await create(slow.cloud, boxes(slow.keyArn))
  await create(fast.cloud, boxes(fast.keyArn))

  for (let second = 0; second < 120; second += 1) slow.cloud.clock.advance(1_000)
  fast.cloud.clock.advance(120_000)

  expect(await stateOf(fast.cloud)).toEqual(await stateOf(slow.cloud))
  expect(fast.cloud.read(MANIFEST)).toBe(slow.cloud.read(MANIFEST))
})

test('the output manifest grows, and lies under the output key', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn))
  cloud.clock.advance(90_000)
  const early = await refusal(
    cloud.send(new HeadObjectCommand({ Bucket: 'acme-gt', Key: MANIFEST.slice(13) })),
  )

  cloud.clock.advance(2_000)

  const label = { 'source-ref': 's3://acme-gt/in/0.jpg' }
  expect(early.name).toBe('NotFound')
  expect(manifestOf(cloud)).toEqual([
    {
      ...label,
      signs: {
        image_size: [{ width: 1024, height: 768, depth: 3 }],
        annotations: [{ class_id: 0, left: 10, top: 20, width: 120, height: 80 }],
      },
      'signs-metadata': {
        objects: [{ confidence: 0.81 }],
        'class-map': { 0: 'stop' },
        type: 'groundtruth/object-detection',
        'job-name': 'labeling-job/street-signs',
        'human-annotated': 'yes',
        'creation-date': '2026-11-23T09:01:32.000000',
      },
    },
    { 'source-ref': 's3://acme-gt/in/1.jpg' },
    { 'source-ref': 's3://acme-gt/in/2.jpg' },
  ])
  const listed = await cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt', Prefix: 'out/' }))
  const keys = listed.Contents.map(({ Key }: { Key: string }) => Key)
  expect(keys).toEqual([
    'out/Street-Signs/annotations/worker-response/iteration-1/0/2026-11-23T09-01-32-000Z.json',
    'out/Street-Signs/manifests/output/output.manifest',
  ])
  for (const Key of keys) {
    const head = await cloud.send(new HeadObjectCommand({ Bucket: 'acme-gt', Key }))
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })
  }
})

test('a custom job without Lambdas has empty labels that name the place of the answers', async () => {
  const { cloud, keyArn } = labelingWorld({ objects: 1 })
  await create(
    cloud,
    boxes(keyArn, ({ HumanTaskConfig }) => {
      delete HumanTaskConfig.PreHumanTaskLambdaArn
      delete HumanTaskConfig.AnnotationConsolidationConfig
    }),
  )
  cloud.clock.advance(600_000)

  const answers =
    's3://acme-gt/out/Street-Signs/annotations/worker-response/iteration-1/0/2026-11-23T09-01-32-000Z.json'
  expect(manifestOf(cloud)).toEqual([
    {
      'source-ref': 's3://acme-gt/in/0.jpg',
      signs: {},
      'signs-metadata': {
        job_name: 'street-signs',
        type: 'groundTruth/custom',
        'human-annotated': 'yes',
        creation_date: '2026-11-23T09:01:32.000000',
        'worker-response-ref': answers,
      },
    },
  ])
  expect(JSON.parse(cloud.read(answers)).answers[0].answerContent).toEqual({ signs: { answer: 'stop' } })
})

test('without an output key the output lies under the key of S3', async () => {
  const { cloud } = labelingWorld()
  await create(cloud, boxes(undefined))
  cloud.clock.advance(600_000)

  const { SSEKMSKeyId } = await cloud.send(
    new GetObjectCommand({ Bucket: 'acme-gt', Key: MANIFEST.slice('s3://acme-gt/'.length) }),
  )

  expect((await describeJob(cloud)).LabelingJobStatus).toBe('Completed')
  expect(SSEKMSKeyId).toMatch(/^arn:aws:kms:us-east-1:111122223333:key\//)
})

test('objects fail as told, with the reason in their metadata', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ failEvery: 2, secondsPerObject: 10, initializingSeconds: 0 })
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject = 1
    }),
  )

  cloud.clock.advance(60_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 2, 0, 1, 0])
  const [first, second] = manifestOf(cloud)
  expect(first['signs-metadata'].objects).toEqual([{ confidence: 0 }])
  expect(second).toEqual({
    'source-ref': 's3://acme-gt/in/1.jpg',
    'signs-metadata': {
      'failure-reason':
        'ClientError: Annotation tasks expired. No worker answered in the time the task was available.',
      type: 'groundtruth/object-detection',
      'job-name': 'labeling-job/street-signs',
      'human-annotated': 'yes',
      'creation-date': '2026-11-23T09:00:50.000000',
    },
  })
})

test('when nobody works, a job completes without a label once its time is over', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ workers: 'absent' })
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(29 * 86_400_000)
  const before = await stateOf(cloud)
  cloud.clock.advance(2 * 86_400_000)

  expect(before).toEqual(['InProgress', 0, 0, 0, 3])
  expect(await stateOf(cloud)).toEqual(['Completed', 0, 0, 3, 0])
})

test('the time objects are on offer can be set', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ workers: 'absent' })
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.HumanTaskConfig.TaskAvailabilityLifetimeInSeconds = 3_600
    }),
  )

  cloud.clock.advance(3_700_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 0, 0, 3, 0])
})

test('lines that have the label already are left alone', async () => {
  const { cloud, keyArn } = labelingWorld()
  const done = { 'source-ref': 's3://acme-gt/in/0.jpg', signs: { annotations: [] }, 'signs-metadata': {} }
  cloud.object(
    's3://acme-gt/in/dataset.manifest',
    `${JSON.stringify(done)}\r\n\r\n{"source-ref":"s3://acme-gt/in/1.jpg"}\r\n`,
  )
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(600_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 1, 0, 0, 0])
  expect(manifestOf(cloud)[0]).toEqual(done)
})

test('an empty manifest makes an empty output', async () => {
  const { cloud, keyArn } = labelingWorld({ objects: 0 })
  await create(cloud, boxes(keyArn))

  cloud.clock.advance(600_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 0, 0, 0, 0])
  expect(cloud.read(MANIFEST)).toBe('')
})

test('automated labeling lets machines label after the first batch', async () => {
  const { cloud, keyArn, volumeArn } = labelingWorld({ objects: 1_250 })
  await create(cloud, boxes(keyArn, automated(volumeArn)))

  cloud.clock.advance(90_000 + 250 * 2_000)
  const firstBatch = await stateOf(cloud)
  cloud.clock.advance(1_000 * 2_000)

  expect(firstBatch).toEqual(['InProgress', 250, 0, 0, 1_000])
  expect(await stateOf(cloud)).toEqual(['Completed', 500, 750, 0, 0])
  const machine = manifestOf(cloud).filter((line) => line['signs-metadata']['human-annotated'] === 'no')
  expect(machine).toHaveLength(750)
  expect((await describeJob(cloud)).LabelingJobOutput.FinalActiveLearningModelArn).toBe(
    'arn:aws:sagemaker:us-east-1:111122223333:model/street-signs',
  )
})

test('large data sets need a smaller first batch', async () => {
  const { cloud, keyArn } = labelingWorld({ objects: 5_000 })
  cloud.labeling({ secondsPerObject: 1, machineShare: 1 })
  await create(cloud, boxes(keyArn, automated(undefined)))

  cloud.clock.advance(90_000 + 5_000_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 500, 4_500, 0, 0])
})

test('automated labeling fails on too few objects', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn, automated(undefined)))

  cloud.clock.advance(600_000)

  expect(await describeJob(cloud)).toMatchObject({
    LabelingJobStatus: 'Failed',
    FailureReason:
      'ClientError: Automated data labeling needs at least 1250 objects; the input manifest has 3.',
    LabelingJobOutput: { FinalActiveLearningModelArn: '' },
  })
})

test('automated labeling fails when more than a tenth of the first batch does', async () => {
  const { cloud, keyArn } = labelingWorld({ objects: 100 })
  cloud.labeling({ leastForAutomation: 100, failEvery: 5 })
  await create(cloud, boxes(keyArn, automated(undefined)))

  cloud.clock.advance(600_000)

  expect(await stateOf(cloud)).toEqual(['Failed', 16, 0, 4, 80])
  expect((await describeJob(cloud)).FailureReason).toContain('More than 10%')
})

test.each([
  [{ MaxHumanLabeledObjectCount: 4 }, 4],
  [{ MaxPercentageOfInputDatasetLabeled: 30 }, 3],
  [{ MaxHumanLabeledObjectCount: 9, MaxPercentageOfInputDatasetLabeled: 50 }, 5],
])('a stopping condition stops the job: %j', async (StoppingConditions, labeled) => {
  const { cloud, keyArn } = labelingWorld({ objects: 10 })
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.StoppingConditions = StoppingConditions
    }),
  )

  cloud.clock.advance(90_000 + labeled * 2_000)
  const stopping = await stateOf(cloud)
  cloud.clock.advance(30_000)

  expect(stopping).toEqual(['Stopping', labeled, 0, 0, 10 - labeled])
  expect(await stateOf(cloud)).toEqual(['Stopped', labeled, 0, 0, 10 - labeled])
})

test('a stopping condition that is met with the last object changes nothing', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.StoppingConditions = { MaxHumanLabeledObjectCount: 3 }
    }),
  )

  cloud.clock.advance(600_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 3, 0, 0, 0])
})

test('a stopped job keeps its labels and makes no more', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn))
  cloud.clock.advance(92_000)

  await stop(cloud)
  const stopping = await stateOf(cloud)
  await stop(cloud)
  cloud.clock.advance(30_000)
  const again = await refusal(stop(cloud))

  expect(stopping).toEqual(['Stopping', 1, 0, 0, 2])
  expect(await stateOf(cloud)).toEqual(['Stopped', 1, 0, 0, 2])
  expect(manifestOf(cloud)).toHaveLength(3)
  expect(again).toEqual({
    name: 'ValidationException',
    message: 'The labeling job Street-Signs cannot be stopped: its status is Stopped.',
  })
})

test('a job stopped while it initializes leaves nothing', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(cloud, boxes(keyArn))

  await stop(cloud)
  cloud.clock.advance(600_000)

  const described = await describeJob(cloud)
  expect(described.LabelingJobStatus).toBe('Stopped')
  expect(described).not.toHaveProperty('LabelingJobOutput')
})

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

test('a manifest may be named by its https address', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.InputConfig.DataSource.S3DataSource = {
        ManifestS3Uri: 'https://acme-gt.s3.us-east-1.amazonaws.com/in/dataset.manifest',
      }
    }),
  )

  cloud.clock.advance(600_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 3, 0, 0, 0])
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

test('a stream stays in progress and labels what is published', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ failEvery: 3 })
  await create(cloud, boxes(keyArn, streaming))
  cloud.publish(TOPIC, { 'source-ref': 's3://acme-gt/in/lost.jpg' })
  cloud.clock.advance(60_000)
  cloud.publish(TOPIC, { 'source-ref': 's3://acme-gt/in/early.jpg' })
  cloud.publish(`${TOPIC}-2`, { 'source-ref': 's3://acme-gt/in/other.jpg' })
  cloud.clock.advance(32_000)
  const first = await stateOf(cloud)
  cloud.clock.advance(86_400_000)
  cloud.publish(TOPIC, { source: 'b' })
  cloud.publish(TOPIC, { source: 'c' })
  const published = await stateOf(cloud)

  cloud.clock.advance(3_000)

  expect(first).toEqual(['InProgress', 1, 0, 0, 0])
  expect(published).toEqual(['InProgress', 1, 0, 0, 2])
  expect(await stateOf(cloud)).toEqual(['InProgress', 2, 0, 0, 1])
  cloud.clock.advance(1_000)
  expect(await stateOf(cloud)).toEqual(['InProgress', 2, 0, 1, 0])
})

test('a stream starts with its manifest, and ends after ten idle days', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.InputConfig.DataSource.SnsDataSource = { SnsTopicArn: TOPIC }
    }),
  )

  cloud.clock.advance(10 * 86_400_000)
  const day10 = await stateOf(cloud)
  cloud.clock.advance(86_400_000)

  expect(day10).toEqual(['InProgress', 3, 0, 0, 0])
  expect(await stateOf(cloud)).toEqual(['Stopped', 3, 0, 0, 0])
})

test('objects of a stream fail when nobody works', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ workers: 'absent' })
  await create(cloud, boxes(keyArn, streaming))
  cloud.clock.advance(100_000)
  cloud.publish(TOPIC, { source: 'a' })

  cloud.clock.advance(30 * 86_400_000)

  expect((await stateOf(cloud)).slice(1)).toEqual([0, 0, 1, 0])
})

const ALLOW_ALL = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }

test.each<[string, object[], string]>([
  [
    'is not allowed to decrypt',
    [{ Effect: 'Allow', NotAction: 'kms:Decrypt', Resource: '*' }],
    'kms:Decrypt on resource: KEY because no identity-based policy allows the kms:Decrypt action',
  ],
  [
    'is denied',
    [ALLOW_ALL, { Effect: 'Deny', Action: 'kms:GenerateDataKey', Resource: '*' }],
    'kms:GenerateDataKey on resource: KEY with an explicit deny in the policy inline:Keys',
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
    FailureReason: `ClientError: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker is not authorized to perform: ${reason.replace('KEY', keyArn)}`,
  })
})

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
    /because FakeAws is strict and nobody can tell \(condition\)$/,
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
  const { keyArn: kmsKeyArn } = locked.cloud.key({ policy: { Version: '2012-10-17', Statement: [] } })
  locked.cloud.object('s3://acme-gt/in/dataset.manifest', '{"source":"a"}', { kmsKeyArn })
  await create(locked.cloud, boxes(locked.keyArn))

  strict.cloud.clock.advance(600_000)
  locked.cloud.clock.advance(600_000)

  expect((await describeJob(strict.cloud)).FailureReason).toContain(
    's3:GetObject on resource: arn:aws:s3:::acme-gt/in/dataset.manifest',
  )
  expect((await describeJob(locked.cloud)).FailureReason).toContain(`kms:Decrypt on resource: ${kmsKeyArn}`)
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
  expect(controlled.FailureReason).toContain('with an explicit deny in the policy rcp')
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
