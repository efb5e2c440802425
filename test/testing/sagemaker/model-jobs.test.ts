import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import {
  DeleteTrainingJobCommand,
  DescribeModelCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  ListTrainingJobsCommand,
  ListTransformJobsCommand,
} from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import { refusal } from '../refusal.js'
import { automated, boxes, create, describeJob, labelingWorld } from './labeling-world.js'

const FOLDER = 's3://acme-gt/out/Street-Signs'

async function trainedWorld(volume = true) {
  const { cloud, keyArn, volumeArn } = labelingWorld({ objects: 10 })
  cloud.labeling({ leastForAutomation: 1 })
  await create(cloud, boxes(keyArn, automated(volume ? volumeArn : undefined)))
  cloud.clock.advance(3_600_000)
  return { cloud, keyArn, volumeArn }
}

async function keysOf(cloud: Awaited<ReturnType<typeof trainedWorld>>['cloud'], Prefix: string) {
  const { Contents } = await cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt', Prefix }))
  return Contents.map(({ Key }: { Key: string }) => Key)
}

test('automated labeling leaves a training job, a transform job and a model, which name it or its key', async () => {
  const { cloud, keyArn, volumeArn } = await trainedWorld()
  const job = await describeJob(cloud)

  const trainings = await cloud.send(new ListTrainingJobsCommand({}))
  const [{ TrainingJobName, TrainingJobArn }] = trainings.TrainingJobSummaries
  const training = await cloud.send(new DescribeTrainingJobCommand({ TrainingJobName }))
  const transforms = await cloud.send(new ListTransformJobsCommand({}))
  const [{ TransformJobName }] = transforms.TransformJobSummaries
  const transform = await cloud.send(new DescribeTransformJobCommand({ TransformJobName }))
  const { FinalActiveLearningModelArn: modelArn } = job.LabelingJobOutput
  const model = await cloud.send(new DescribeModelCommand({ ModelName: modelArn.split('/')[1] }))

  expect(training).toMatchObject({
    TrainingJobArn,
    LabelingJobArn: job.LabelingJobArn,
    TrainingJobStatus: 'Completed',
    ResourceConfig: { VolumeKmsKeyId: volumeArn },
    OutputDataConfig: { KmsKeyId: keyArn },
  })
  expect(training.CreationTime > job.CreationTime).toBe(true)
  expect(training.TrainingEndTime <= job.LastModifiedTime).toBe(true)
  expect(transform).toMatchObject({
    LabelingJobArn: job.LabelingJobArn,
    TransformResources: { VolumeKmsKeyId: volumeArn },
    TransformOutput: { KmsKeyId: keyArn, S3OutputPath: `${FOLDER}/inference/iteration-1/output` },
    ModelName: model.ModelName,
  })
  expect(model).toMatchObject({
    ModelArn: modelArn,
    ExecutionRoleArn: job.RoleArn,
    PrimaryContainer: { ModelDataUrl: training.ModelArtifacts.S3ModelArtifacts },
  })
  expect(training.ModelArtifacts.S3ModelArtifacts).toMatch(
    new RegExp(`^${FOLDER}/training/iteration-1/output/.*/output/model.tar.gz$`),
  )
  expect(await keysOf(cloud, 'out/Street-Signs/activelearning/')).toHaveLength(1)
  expect(await keysOf(cloud, 'out/Street-Signs/inference/')).toHaveLength(2)
})

test('without a volume key the training names none, and a deleted training job is forgotten', async () => {
  const { cloud } = await trainedWorld(false)
  const { TrainingJobSummaries } = await cloud.send(new ListTrainingJobsCommand({}))
  const { TrainingJobName } = TrainingJobSummaries[0]
  const describe = new DescribeTrainingJobCommand({ TrainingJobName })

  const { ResourceConfig } = await cloud.send(describe)
  await cloud.send(new DeleteTrainingJobCommand({ TrainingJobName }))

  expect(ResourceConfig).not.toHaveProperty('VolumeKmsKeyId')
  expect((await refusal(cloud.send(describe))).name).toBe('ResourceNotFound')
  expect((await cloud.send(new ListTrainingJobsCommand({}))).TrainingJobSummaries).toEqual([])
})

test('training jobs are found by time and name; a status empties pages', async () => {
  const { cloud } = await trainedWorld()
  const list = async (input: object) => {
    const { TrainingJobSummaries } = await cloud.send(new ListTrainingJobsCommand(input))
    return TrainingJobSummaries.length
  }
  const late = new Date('2027-01-01')

  expect(await list({ NameContains: 'DataLabeling' })).toBe(1)
  expect(await list({ NameContains: 'street' })).toBe(0)
  expect(await list({ CreationTimeAfter: late })).toBe(0)
  expect(await list({ LastModifiedTimeBefore: late, SortBy: 'Name', SortOrder: 'Ascending' })).toBe(1)
  expect(await list({ StatusEquals: 'Failed' })).toBe(0)
})

test('what there is not is not found', async () => {
  const { cloud } = labelingWorld()

  const transform = await refusal(cloud.send(new DescribeTransformJobCommand({ TransformJobName: 'none' })))
  const model = await refusal(cloud.send(new DescribeModelCommand({ ModelName: 'none' })))

  expect(transform.name).toBe('ResourceNotFound')
  expect(model.name).toBe('ValidationException')
})

test.each([
  ['one answer in two under a stray key', { in: 'annotations/worker-response/', every: 2 }, 1],
  ['all answers', { in: 'annotations/worker-response/' }, 3],
])('a job can be told to misplace %s', async (_, which, count) => {
  const { cloud, keyArn } = labelingWorld()
  const stray = cloud.key().keyArn
  cloud.labeling({ misplace: { ...which, key: stray } })
  await create(cloud, boxes(keyArn))
  cloud.clock.advance(3_600_000)

  const found = new Map<string, string[]>()
  for (const Key of await keysOf(cloud, 'out/')) {
    const { SSEKMSKeyId } = await cloud.send(new HeadObjectCommand({ Bucket: 'acme-gt', Key }))
    found.set(SSEKMSKeyId, [...(found.get(SSEKMSKeyId) ?? []), Key])
  }

  expect([...found.keys()].sort()).toEqual([keyArn, stray].sort())
  expect(found.get(stray)).toHaveLength(count)
  expect(found.get(stray)?.every((key) => key.includes('/worker-response/'))).toBe(true)
})

test('a misplaced object without a key is under one of S3', async () => {
  const { cloud, keyArn } = labelingWorld({ objects: 1 })
  cloud.labeling({ misplace: { in: 'manifests/' } })
  await create(cloud, boxes(keyArn))
  cloud.clock.advance(3_600_000)

  const head = await cloud.send(
    new HeadObjectCommand({ Bucket: 'acme-gt', Key: 'out/Street-Signs/manifests/output/output.manifest' }),
  )

  expect(head.ServerSideEncryption).toBe('AES256')
})
