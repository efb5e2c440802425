import { expect, test } from 'vitest'
import { type ListedJob, listJobs } from '../../src/index.js'
import { fakeAws } from '../../src/testing/index.js'
import { signsJob } from '../support/signs-job.js'

const DAY = 86_400_000

async function region() {
  const cloud = fakeAws({ pageSize: 2 })
  cloud.key({ alias: 'alias/gt' })
  cloud.role({ name: 'GtExec' })
  const aws = cloud.connect()
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await signsJob.named(name).create(aws)
    cloud.clock.advance(DAY)
  }
  cloud.calls.clear()
  return { cloud, aws }
}

async function namesOf(jobs: AsyncIterable<ListedJob>): Promise<string> {
  let names = ''
  for await (const { name } of jobs) names += name
  return names
}

test('lists the jobs of the region, oldest first, page by page as they are read', async () => {
  const { cloud, aws } = await region()
  const jobs = listJobs(aws)

  for await (const { name } of jobs) if (name === 'b') break
  expect(cloud.calls.names()).toEqual(['sagemaker:ListLabelingJobs'])

  expect(await namesOf(jobs)).toBe('abcde')
})

test('shows what the list says of a job', async () => {
  const { aws } = await region()

  for await (const job of listJobs(aws, { nameContains: 'a' })) {
    expect(job).toEqual({
      name: 'a',
      arn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
      status: 'Failed',
      createdAt: new Date('2026-11-23T09:00:00Z'),
      counters: { labeled: 0, human: 0, machine: 0, failed: 0, unlabeled: 0 },
    })
    expect(String(job)).toBe('2026-11-23  a  Failed  0 labeled')
    expect(Object.isFrozen(job)).toBe(true)
  }
})

test('filters by time and status', async () => {
  const { aws } = await region()
  const since = new Date('2026-11-24T00:00:00Z')
  const until = new Date('2026-11-26T23:00:00Z')

  expect(await namesOf(listJobs(aws, { since, until }))).toBe('bcd')
  expect(await namesOf(listJobs(aws, { status: 'InProgress' }))).toBe('')
})

test('waits out throttling, and tells what stands in the way', async () => {
  const { cloud, aws } = await region()
  cloud.inject({ call: 'sagemaker:ListLabelingJobs', fault: 'throttle', times: 3 })
  expect(await namesOf(listJobs(aws))).toBe('abcde')

  cloud.inject({ call: 'sagemaker:ListLabelingJobs', fault: 'access-denied' })
  await expect(namesOf(listJobs(aws))).rejects.toMatchObject({ code: 'access-denied' })

  const instead = () => ({ LabelingJobSummaryList: [{ LabelingJobName: 'a' }, {}] })
  cloud.inject({ call: 'sagemaker:ListLabelingJobs', fault: { instead } })
  await expect(namesOf(listJobs(aws))).rejects.toMatchObject({ code: 'aws-call-failed' })
})

test.each([[{ since: 'yesterday' }], [{ status: 'Done' }], [{ nameContains: '' }], [{ after: new Date() }]])(
  'refuses the odd filter %j',
  async (filter) => {
    const { aws } = await region()

    await expect(namesOf(listJobs(aws, filter as object))).rejects.toMatchObject({ code: 'refused-call' })
  },
)

test('a page that leads to itself ends the list with an error, where it was asked for without end', async () => {
  const { cloud, aws } = await region()
  const page = { LabelingJobSummaryList: [{ LabelingJobName: 'a' }], NextToken: 'same' }
  const fault = { instead: () => page }
  cloud.inject({ call: 'sagemaker:ListLabelingJobs', fault, times: 9 })

  await expect(namesOf(listJobs(aws))).rejects.toThrow(
    'sagemaker:ListLabelingJobs gave an answer that is not whole: a page that leads to itself.',
  )
  expect(cloud.calls).toHaveLength(2)
})
