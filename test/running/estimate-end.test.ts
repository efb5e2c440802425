import { describe, expect, test } from 'vitest'
import { labelingJob, namedEntityRecognition } from '../../src/index.js'
import { estimateEnd, keepLooks, type Look } from '../../src/running/estimate-end.js'
import { fakeAws } from '../../src/testing/index.js'

const HOUR = 3_600_000
const looks = (...given: readonly (readonly [hours: number, done: number])[]): Look[] =>
  given.map(([hours, done]) => ({ at: hours * HOUR, done }))
const hours = (estimate: ReturnType<typeof estimateEnd>) =>
  estimate && [estimate.earliest, estimate.latest].map((moment) => moment.getTime() / HOUR)

describe('estimateEnd', () => {
  test('gives the range of a steady pace, as wide as chance makes it', () => {
    expect(hours(estimateEnd(looks([0, 0], [1, 50], [2, 100]), 100))).toEqual([
      expect.closeTo(2 + 2 / 1.2, 5),
      expect.closeTo(2 + 2 / 0.8, 5),
    ])
  })

  test('widens with the slowest and the fastest of the last hours', () => {
    expect(hours(estimateEnd(looks([0, 0], [1, 80], [2, 100]), 100))).toEqual([
      expect.closeTo(2 + 100 / 80 / 1.2, 5),
      expect.closeTo(2 + 100 / 20 / 0.8, 5),
    ])
  })

  test.each<[string, Look[], number]>([
    ['one look', looks([0, 500]), 10],
    ['no look', [], 10],
    ['looks that are too close', looks([0, 0], [0.4, 500]), 10],
    ['too few objects', looks([0, 0], [3, 15]), 10],
    ['work that has come to a stop', looks([0, 0], [1, 100], [2, 100]), 10],
    ['what lasts longer than a day', looks([0, 0], [1, 50], [2, 100]), 2_000],
    ['nothing left', looks([0, 0], [1, 50], [2, 100]), 0],
  ])('says nothing of %s', (_, given, left) => {
    expect(estimateEnd(given, left)).toBeUndefined()
  })
})

test('looks older than six hours are forgotten', () => {
  expect(keepLooks(looks([0, 1], [2, 2], [5, 3]), { at: 7 * HOUR, done: 4 })).toEqual(
    looks([2, 2], [5, 3], [7, 4]),
  )
})

describe('the progress of a job', () => {
  async function texts(count: number) {
    const cloud = fakeAws()
    cloud.role({
      name: 'GtExec',
      inline: { All: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
    })
    cloud.object('s3://gt/in.manifest', '{"source": "words"}\n'.repeat(count))
    cloud.object('s3://gt/l.json', '{"document-version": "2018-11-28", "labels": [{"label": "Name"}]}')
    cloud.labeling({ secondsPerObject: 60 })
    const aws = cloud.connect()
    const running = await labelingJob('texts')
      .task(namedEntityRecognition({ title: 'Mark', description: 'Mark names', labels: 's3://gt/l.json' }))
      .input('s3://gt/in.manifest')
      .output('s3://gt/out/')
      .role('arn:aws:iam::111122223333:role/GtExec')
      .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')
      .create(aws)
    return { cloud, running }
  }

  test('has an end in sight after two looks', async () => {
    const { cloud, running } = await texts(300)
    cloud.clock.advance(2 * HOUR)
    expect(await running.status()).not.toHaveProperty('eta')
    cloud.clock.advance(HOUR)

    const progress = await running.status()
    const outcome = await running.completed()

    const { earliest, latest } = progress.eta ?? {}
    const end = outcome.description.LastModifiedTime as Date
    expect(earliest && earliest < end).toBe(true)
    expect(latest && latest > end).toBe(true)
    expect(String(progress)).toMatch(
      /, done between 2026-11-23 1\d:\d\d and 2026-11-23 1\d:\d\d UTC at the pace of the last hours$/,
    )
  })
})
