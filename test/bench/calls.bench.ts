import { connect } from '../../src/aws/connect.js'
import type { CompleteJob } from '../../src/job/labeling-job.js'
import type { RunningJob } from '../../src/job/running-job.js'
import { labelingJob } from '../../src/labeling-job.js'
import { outputKey, volumeKey } from '../../src/names/kms-key.js'
import { createAll, waitForAll } from '../../src/on-demand.js'
import { boundingBox } from '../../src/tasks/image-tasks.js'
import { type FakeAws, fakeAws } from '../../src/testing/fake-aws.js'
import type { Row } from './row.js'

const JOBS = 1_000

/** Counts the calls that creating jobs costs. */
export async function benchCalls(): Promise<readonly Row[]> {
  const cold = await createdJobs(1)
  const many = await createdJobs(JOBS)
  const lookUps = many.filter((name) => name === 'kms:DescribeKey').length
  return [
    {
      measure: 'calls of a cold create() with two aliases',
      value: cold.map((name) => name.replace(/^.*:/, '')).join(', '),
      budget: '2 DescribeKey, then CreateLabelingJob',
      kept: cold.join() === 'kms:DescribeKey,kms:DescribeKey,sagemaker:CreateLabelingJob',
    },
    {
      measure: `DescribeKey for ${JOBS.toLocaleString('en-US')} jobs on the same two keys`,
      value: String(lookUps),
      budget: '2',
      kept: lookUps <= 2 && many.length === JOBS + 2,
    },
    ...(await benchWaiting()),
  ]
}

/** Counts the calls that waiting for many jobs costs. */
async function benchWaiting(): Promise<readonly Row[]> {
  const cloud = fakeAws()
  cloud.labeling({ initializingSeconds: 3_600 })
  const aws = connect({ region: 'us-east-1', clients: cloud, clock: cloud.clock })
  const running: RunningJob[] = []
  for await (const result of createAll(jobsOf(cloud, JOBS), aws))
    if (result.status === 'created') running.push(result.running)
  cloud.calls.clear()
  let looks = 0
  let ended = 0
  for await (const _ of waitForAll(running, aws, { onProgress: () => looks++ })) ended++
  const lists = cloud.calls.of('sagemaker:ListLabelingJobs').length / looks
  const descriptions = cloud.calls.of('sagemaker:DescribeLabelingJob').length
  const jobs = JOBS.toLocaleString('en-US')
  return [
    {
      measure: `ListLabelingJobs a look while waiting for ${jobs} jobs`,
      value: String(lists),
      budget: '10',
      kept: lists <= 10 && ended === JOBS,
    },
    {
      measure: `DescribeLabelingJob in all while waiting for ${jobs} jobs, in ${looks} looks`,
      value: descriptions.toLocaleString('en-US'),
      budget: jobs,
      kept: descriptions <= JOBS,
    },
  ]
}

/** Gives the calls that so many jobs make, created one after the other. */
async function createdJobs(count: number): Promise<readonly string[]> {
  const cloud = fakeAws()
  const jobs = jobsOf(cloud, count)
  const aws = connect({ region: 'us-east-1', clients: cloud })
  for (const job of jobs) await job.create(aws)
  return cloud.calls.names()
}

/** Sets up what jobs on two aliases need, and gives so many of them. */
function jobsOf(cloud: FakeAws, count: number): readonly CompleteJob[] {
  cloud.key({ alias: 'alias/gt-output' })
  cloud.key({ alias: 'alias/gt-volume' })
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const images = Array.from({ length: 1_250 }, (_, index) => `{"source-ref": "s3://acme-gt/in/${index}.jpg"}`)
  cloud.object('s3://acme-gt/in/dataset.manifest', images.join('\n'))
  cloud.object(
    's3://acme-gt/ui/labels.json',
    '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}',
  )
  const job = labelingJob()
    .task(
      boundingBox({
        title: 'Box every street sign',
        description: 'Draw one tight box around each sign',
        template: 's3://acme-gt/ui/box.liquid.html',
        labels: 's3://acme-gt/ui/labels.json',
      }),
    )
    .input('s3://acme-gt/in/dataset.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
    .autoLabeling(volumeKey('alias/gt-volume'))
  return Array.from({ length: count }, (_, index) => job.named(`signs-${index}`))
}
