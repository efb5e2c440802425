import {
  AddTagsCommand,
  DeleteTagsCommand,
  DescribeLabelingJobCommand,
  ListLabelingJobsCommand,
  ListLabelingJobsForWorkteamCommand,
  ListTagsCommand,
  ListWorkteamsCommand,
} from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { signsJob } from '../../support/signs-job.js'
import { refusal } from '../refusal.js'

async function withJob() {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  cloud.role({ name: 'GtExec' })
  cloud.object('s3://gt/in.manifest', '{"source-ref":"s3://gt/1.jpg"}\n{"source-ref":"s3://gt/2.jpg"}\n')
  cloud.object('s3://gt/t.html', '<crowd-form></crowd-form>')
  cloud.object('s3://gt/l.json', '{"labels":[{"label":"a"}]}')
  await signsJob.tags({ team: 'vision' }).create(cloud.connect())
  return cloud
}

const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/signs'
const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v'

test('tags of a job are added to, replaced by key, listed and taken away', async () => {
  const cloud = await withJob()
  const tag = (Key: string, Value: string) => ({ Key, Value })

  const added = await cloud.send(
    new AddTagsCommand({ ResourceArn: ARN, Tags: [tag('team', 'audit'), tag('cost', '7')] }),
  )
  await cloud.send(new DeleteTagsCommand({ ResourceArn: ARN, TagKeys: ['team'] }))
  const { Tags } = await cloud.send(new ListTagsCommand({ ResourceArn: ARN }))
  const described = await cloud.send(new DescribeLabelingJobCommand({ LabelingJobName: 'signs' }))
  const missing = await refusal(cloud.send(new ListTagsCommand({ ResourceArn: `${ARN}-2` })))
  const many = Array.from({ length: 51 }, (_, index) => tag(`k${index}`, 'v'))
  const tooMany = await refusal(cloud.send(new AddTagsCommand({ ResourceArn: ARN, Tags: many })))

  expect(added.Tags).toEqual([tag('team', 'audit'), tag('cost', '7')])
  expect(Tags).toEqual([tag('cost', '7')])
  expect(described.Tags).toEqual(Tags)
  expect(missing.name).toBe('ResourceNotFound')
  expect(tooMany.name).toBe('ResourceLimitExceeded')
})

test('the jobs of a work team are listed without their names', async () => {
  const cloud = await withJob()
  const { JobReferenceCode, CreationTime } = await cloud.send(
    new DescribeLabelingJobCommand({ LabelingJobName: 'signs' }),
  )
  cloud.clock.advance(120_000)
  const list = (WorkteamArn: string) =>
    cloud.send(new ListLabelingJobsForWorkteamCommand({ WorkteamArn, SortOrder: 'Descending' }))

  const { LabelingJobSummaryList: jobs } = await list(TEAM)

  expect(jobs).toEqual([
    {
      JobReferenceCode,
      WorkRequesterAccountId: '111122223333',
      CreationTime,
      LabelCounters: { HumanLabeled: expect.any(Number), PendingHuman: expect.any(Number), Total: 2 },
      NumberOfHumanWorkersPerDataObject: expect.any(Number),
    },
  ])
  expect((await list(`${TEAM}2`)).LabelingJobSummaryList).toEqual([])
})

test('work teams are listed by date or name, in pages', async () => {
  const cloud = fakeAws({ pageSize: 1 })
  for (const name of ['zebra', 'ant']) {
    cloud.workteam({ name })
    cloud.clock.advance(1_000)
  }
  cloud.workteam({ name: 'a', region: 'eu-west-1' })
  const list = async (input: object) => {
    const { Workteams, NextToken } = await cloud.send(new ListWorkteamsCommand(input))
    return [
      ...(Workteams ?? []).map(({ WorkteamName }: { WorkteamName?: string }) => WorkteamName),
      NextToken,
    ]
  }

  expect(await list({})).toEqual(['zebra', 'from-1'])
  expect(await list({ NextToken: 'from-1' })).toEqual(['ant', undefined])
  expect(await list({ SortBy: 'Name' })).toEqual(['ant', 'from-1'])
  expect(await list({ SortBy: 'Name', SortOrder: 'Descending', NameContains: 'n' })).toEqual([
    'ant',
    undefined,
  ])
})

test.each([
  [
    101,
    "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
  ],
  [
    0,
    "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
])('a list of %d is refused', async (MaxResults, message) => {
  const refused = await refusal(fakeAws().send(new ListLabelingJobsCommand({ MaxResults })))

  expect(refused).toEqual({ name: 'ValidationException', message: `1 validation error detected: ${message}` })
})
