import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { refusal } from '../refusal.js'
import {
  automated,
  boxes,
  create,
  describeJob,
  labelingWorld,
  MANIFEST,
  manifestOf,
  stateOf,
  stop,
} from './labeling-world.js'

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
    'out/Street-Signs/annotations/consolidated-annotation/consolidation-request/iteration-1/2026-11-23_09:01:32.json',
    'out/Street-Signs/annotations/consolidated-annotation/consolidation-response/iteration-1/2026-11-23_09:01:32.json',
    'out/Street-Signs/annotations/intermediate/1/annotations.json',
    'out/Street-Signs/annotations/worker-response/iteration-1/0/2026-11-23_09:01:32.json',
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
    's3://acme-gt/out/Street-Signs/annotations/worker-response/iteration-1/0/2026-11-23_09:01:32.json'
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

test('a job whose folder is given as an https address writes there', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.OutputConfig.S3OutputPath = 'https://acme-gt.s3.us-east-1.amazonaws.com/out/'
    }),
  )

  cloud.clock.advance(600_000)

  expect(await stateOf(cloud)).toEqual(['Completed', 3, 0, 0, 0])
  expect(cloud.read(MANIFEST)).toContain('"signs-metadata"')
})
