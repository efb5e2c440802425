import { connect } from '../../src/aws/connect.js'
import { labelingJob } from '../../src/labeling-job.js'
import { outputKey, volumeKey } from '../../src/names/kms-key.js'
import { boundingBox } from '../../src/tasks/image-tasks.js'
import { fakeAws } from '../../src/testing/fake-aws.js'
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
  ]
}

/** Gives the calls that so many jobs make, created one after the other. */
async function createdJobs(count: number): Promise<readonly string[]> {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt-output' })
  cloud.key({ alias: 'alias/gt-volume' })
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const images = Array.from({ length: 1_250 }, (_, index) => `{"source-ref": "s3://acme-gt/in/${index}.jpg"}`)
  cloud.object('s3://acme-gt/in/dataset.manifest', images.join('\n'))
  cloud.object(
    's3://acme-gt/ui/labels.json',
    '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}',
  )
  const aws = connect({ region: 'us-east-1', clients: cloud })
  cloud.calls.clear()
  for (let index = 0; index < count; index += 1) {
    await labelingJob(`signs-${index}`)
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
      .create(aws)
  }
  return cloud.calls.names()
}
