import {
  DescribeLabelingJobCommand,
  ListLabelingJobsCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/aws/connect.js'
import { auditJobs } from '../../src/running/audit-jobs.js'
import { inspectJob } from '../../src/running/inspect-job.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const sagemaker = mockClient(SageMakerClient)
let slept: number[]
let aws: ReturnType<typeof connect>

beforeEach(() => {
  sagemaker.reset()
  slept = []
  const region = 'us-east-1'
  const clock = { now: () => new Date(0), sleep: async (pause: number) => void slept.push(pause) }
  aws = connect({ region, clients: { sagemaker: new SageMakerClient({ region }) }, clock })
})

function job(name: string, outputKey: string, algorithms?: object) {
  return {
    LabelingJobName: name,
    LabelingJobArn: `arn:aws:sagemaker:us-east-1:111122223333:labeling-job/${name}`,
    LabelingJobStatus: 'Completed',
    CreationTime: new Date('2026-11-20T10:00:00Z'),
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://gt/in.manifest' } } },
    OutputConfig: { S3OutputPath: 's3://gt/out', KmsKeyId: outputKey },
    ...(algorithms && { LabelingJobAlgorithmsConfig: algorithms }),
  } as never
}

async function all() {
  const rows = []
  for await (const row of auditJobs(aws)) rows.push(row)
  return rows
}

test('says which jobs wrote output or trained without a key of the customer', async () => {
  sagemaker.on(ListLabelingJobsCommand).resolves({
    LabelingJobSummaryList: ['a', 'b', 'c'].map((LabelingJobName) => ({ LabelingJobName })) as never,
  })
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'a' }).resolves(job('a', KEY))
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'b' }).resolves(job('b', ''))
  sagemaker
    .on(DescribeLabelingJobCommand, { LabelingJobName: 'c' })
    .resolves(job('c', KEY, { LabelingJobResourceConfig: { VolumeKmsKeyId: '' } }))

  const rows = await all()

  expect(rows.map(({ name, findings }) => [name, findings])).toEqual([
    ['a', []],
    ['b', ['output-without-customer-key']],
    ['c', ['volume-without-customer-key']],
  ])
  expect(rows.map(String)).toEqual([
    `2026-11-20  a  output ${KEY}  no automated labeling`,
    '2026-11-20  b  output under a key of AWS  no automated labeling',
    `2026-11-20  c  output ${KEY}  volume under a key of AWS`,
  ])
})

test('describes each job once, four ahead of the reader, over all pages', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `job-${index}`)
  const page = (from: number, to: number) =>
    names.slice(from, to).map((LabelingJobName) => ({ LabelingJobName })) as never
  sagemaker.on(ListLabelingJobsCommand).resolves({ LabelingJobSummaryList: page(0, 6), NextToken: 'more' })
  sagemaker
    .on(ListLabelingJobsCommand, { NextToken: 'more' })
    .resolves({ LabelingJobSummaryList: page(6, 10) })
  sagemaker.on(DescribeLabelingJobCommand).callsFake(({ LabelingJobName }) => job(LabelingJobName, KEY))

  const jobs = auditJobs(aws, { since: new Date(5) })
  const first = await jobs.next()
  const describedFirst = sagemaker.commandCalls(DescribeLabelingJobCommand).length
  const rest: string[] = []
  for await (const { name } of jobs) rest.push(name)

  expect(first.value?.name).toBe('job-0')
  expect(describedFirst).toBeLessThanOrEqual(4)
  expect(rest).toEqual(names.slice(1))
  expect(sagemaker.commandCalls(DescribeLabelingJobCommand)).toHaveLength(10)
  expect(sagemaker.commandCalls(ListLabelingJobsCommand)[0]?.args[0].input).toEqual({
    MaxResults: 100,
    SortBy: 'CreationTime',
    SortOrder: 'Ascending',
    CreationTimeAfter: new Date(5),
  })
})

test('waits longer and longer while AWS throttles, and gives up after a minute', async () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })
  sagemaker.on(ListLabelingJobsCommand).rejectsOnce(throttled).rejectsOnce(throttled).resolves({})

  expect(await all()).toEqual([])
  expect(slept).toEqual([1000, 2000])

  sagemaker.on(ListLabelingJobsCommand).rejects(throttled)
  await expect(all()).rejects.toMatchObject({ code: 'throttled' })
})

test('does not go on when AWS refuses', async () => {
  sagemaker
    .on(ListLabelingJobsCommand)
    .resolves({ LabelingJobSummaryList: [{ LabelingJobName: 'a' }] as never })
  sagemaker
    .on(DescribeLabelingJobCommand)
    .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }))

  await expect(all()).rejects.toMatchObject({ code: 'access-denied' })
})

test('inspects one job, as a table for people', async () => {
  sagemaker
    .on(DescribeLabelingJobCommand)
    .resolves(job('a', KEY, { LabelingJobAlgorithmSpecificationArn: 'x' }))

  const { report, status } = await inspectJob('a', aws)

  expect(status).toBe('Completed')
  expect(String(report)).toBe(`Encryption of a in us-east-1
  labels, worker answers and everything else the job writes
    at   s3://gt/out
    key  ${KEY}
         SSE-KMS under your key
  storage volume of training and inference
    at   machines of automated labeling
    key  AWS key
         a key of AWS, none of yours: give .autoLabeling() a volume key
  input objects, manifest, label file and worker page
    at   s3://gt/in.manifest
    key  not by this job
         they keep the encryption they were written with; the role needs kms:Decrypt on those keys
  CloudWatch log of the job
    at   /aws/sagemaker/LabelingJobs
    key  not by this job
         no field of a labeling job sets it: encrypt the log group itself`)
})
