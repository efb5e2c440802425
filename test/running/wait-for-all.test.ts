import { beforeEach, describe, expect, test } from 'vitest'
import { type Aws, type NotEnded, type Outcome, type RunningJob, waitForAll } from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { signsJob } from '../support/signs-job.js'

const LIST = 'sagemaker:ListLabelingJobs'
const DESCRIBE = 'sagemaker:DescribeLabelingJob'
const START = Date.parse('2026-11-23T09:00:00Z')

let cloud: FakeAws
let aws: Aws

beforeEach(() => {
  cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  cloud.role({ name: 'GtExec' })
  aws = cloud.connect()
})

const told = (ended: Outcome | NotEnded) => `${ended.name} ${ended.outcome}`

/** Creates jobs that end one after the other, each after so many seconds on its way. */
async function started(...seconds: readonly number[]): Promise<RunningJob[]> {
  const running: RunningJob[] = []
  for (const [index, initializingSeconds] of seconds.entries()) {
    cloud.labeling({ initializingSeconds })
    running.push(await signsJob.named(`Signs-${index}`).create(aws))
  }
  cloud.calls.clear()
  return running
}

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const taken: Thing[] = []
  for await (const thing of things) taken.push(thing)
  return taken
}

const elapsed = () => cloud.clock.now().getTime() - START

describe('waitForAll', () => {
  test('yields outcomes in the order in which jobs end', async () => {
    const running = await started(7_200, 30, 3_600)

    const ended = await all(waitForAll(running, aws))

    // Without an input manifest each fails as it begins.
    expect(ended.map(told)).toEqual(['Signs-1 failed', 'Signs-2 failed', 'Signs-0 failed'])
    expect(cloud.calls.of(DESCRIBE)).toHaveLength(3)
  })

  test('tells each under the name that was given, also two spellings of one', async () => {
    const ended = await all(waitForAll(['gone', 'GONE'], aws))

    expect(ended.map(told)).toEqual(['gone not-ended', 'GONE not-ended'])
    expect(String(ended[1])).toContain('labeling job GONE: not ended')
  })

  test('orders those that ended between two looks', async () => {
    const running = await started(50, 20, 40, 30)

    const ended = await all(waitForAll(running, aws, { firstPause: 3_600_000, longestPause: 3_600_000 }))

    expect(ended.map(told)).toEqual(['Signs-1 failed', 'Signs-3 failed', 'Signs-2 failed', 'Signs-0 failed'])
  })

  test('asks twice for 200 jobs a look, among older ones, and describes only those that ended', async () => {
    await started(...Array<number>(150).fill(10))
    cloud.clock.advance(86_400_000)
    cloud.labeling({ initializingSeconds: 3_600 })
    const running: RunningJob[] = []
    for (let index = 0; index < 200; index++) running.push(await signsJob.named(`new-${index}`).create(aws))
    cloud.calls.clear()
    let looks = 0

    const ended = await all(waitForAll(running, aws, { onProgress: () => void looks++ }))

    expect(ended).toHaveLength(200)
    expect(looks).toBeGreaterThan(5)
    expect(cloud.calls.of(LIST)).toHaveLength(2 * looks)
    expect(cloud.calls.of(DESCRIBE)).toHaveLength(200)
  })

  test('a job and one of the same name in another account are two: the one that is there is waited for', async () => {
    await started(10)
    const foreign = 'arn:aws:sagemaker:us-east-1:999988887777:labeling-job/signs-0'

    for (const given of [
      ['signs-0', foreign],
      [foreign, 'signs-0'],
    ]) {
      const ended = await all(waitForAll(given, aws))

      expect(ended.map(told).sort()).toEqual(['Signs-0 failed', 'signs-0 not-ended'])
      expect(ended.find(({ outcome }) => outcome === 'not-ended')).toMatchObject({
        because: { code: 'refused-call', why: expect.stringContaining(`not ${foreign}`) },
      })
    }
  })

  test('takes names and ARNs, the same job twice, and what is neither', async () => {
    const [first] = await started(10)
    const given = ['signs-0', first?.arn ?? '', first as RunningJob, '', 'missing', 7 as never]

    const ended = await all(waitForAll(given, aws))

    expect(ended.map(told)).toEqual([
      ' not-ended',
      ' not-ended',
      'missing not-ended',
      'Signs-0 failed',
      'Signs-0 failed',
      'Signs-0 failed',
    ])
    expect(ended.flatMap((end) => (end.outcome === 'not-ended' ? [end.because.code] : []))).toEqual([
      'refused-call',
      'refused-call',
      'not-found',
    ])
  })

  test('describes a job that the list does not show', async () => {
    const running = await started(10, 20)
    const instead = () => ({ LabelingJobSummaryList: [] })
    cloud.inject({ call: LIST, fault: { instead }, times: Number.POSITIVE_INFINITY })

    const ended = await all(waitForAll(running, aws))

    expect(ended.map(told)).toEqual(['Signs-0 failed', 'Signs-1 failed'])
  })

  test('does not take a job of another account for one of the same name', async () => {
    await started(10)

    const ended = await all(
      waitForAll(['arn:aws:sagemaker:us-east-1:444455556666:labeling-job/signs-0'], aws),
    )

    expect(ended).toMatchObject([{ outcome: 'not-ended', because: { code: 'refused-call' } }])
  })

  test('outlives throttling, a bad gateway and a list that breaks off', async () => {
    const running = await started(...Array<number>(3).fill(100))
    cloud.inject({ call: LIST, fault: 'throttle', times: 5 })
    cloud.inject({ call: DESCRIBE, fault: 'server-error', times: 5 })

    const ended = await all(waitForAll(running, aws))

    expect(ended.map(told).sort()).toEqual(['Signs-0 failed', 'Signs-1 failed', 'Signs-2 failed'])
  })

  test('tells for each job when the list is refused', async () => {
    const running = await started(100, 100)
    cloud.inject({ call: LIST, fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const ended = await all(waitForAll(running, aws))

    expect(ended).toMatchObject([
      { name: 'Signs-0', outcome: 'not-ended', because: { code: 'access-denied' } },
      { name: 'Signs-1', outcome: 'not-ended', because: { code: 'access-denied' } },
    ])
    expect(elapsed()).toBe(0)
  })

  test('tells at the deadline what has not ended', async () => {
    const running = await started(60, 86_400)

    const ended = await all(waitForAll(running, aws, { deadline: new Date(START + 600_000) }))

    expect(ended.map(told)).toEqual(['Signs-0 failed', 'Signs-1 not-ended'])
    expect(elapsed()).toBe(600_000)
    expect(String(ended[1])).toBe(
      "labeling job Signs-1: not ended; Stopped waiting for the labeling job Signs-1: it has not ended by 2026-11-23T09:10:00Z (it was Initializing when it was last seen); the job itself runs on. Wait again with attachJob('Signs-1', aws), or end the job with running.stop().",
    )
  })

  test('looks once when the deadline has passed already', async () => {
    const running = await started(1, 86_400)
    cloud.clock.advance(60_000)

    const ended = await all(waitForAll(running, aws, { deadline: new Date(START) }))

    expect(ended.map(told)).toEqual(['Signs-0 failed', 'Signs-1 not-ended'])
  })

  test('tells on abort what has not ended', async () => {
    const running = await started(60, 86_400, 86_400)
    const stop = new AbortController()
    const ended: (Outcome | NotEnded)[] = []

    for await (const end of waitForAll(running, aws, { signal: stop.signal })) {
      ended.push(end)
      stop.abort('enough')
    }

    expect(ended.map(told)).toEqual(['Signs-0 failed', 'Signs-1 not-ended', 'Signs-2 not-ended'])
    expect(ended[2]).toMatchObject({
      because: { code: 'aborted', cause: 'enough', data: { waitingFor: ['Signs-2'] } },
    })
    expect(cloud.calls.of('sagemaker:StopLabelingJob')).toEqual([])
  })

  test('has a line of progress for the whole after each look', async () => {
    const running = await started(12, 1_000)
    const lines: string[] = []

    await all(
      waitForAll(running, aws, { maxWait: 60_000, onProgress: (progress) => lines.push(String(progress)) }),
    )

    expect([...new Set(lines)]).toEqual(['jobs: 0 of 2', 'jobs: 1 of 2; failed: 1'])
  })

  test('asks nothing for no jobs', async () => {
    expect(await all(waitForAll([], aws))).toEqual([])
    expect(cloud.calls.names()).toEqual([])
  })

  test.each([[{ firstPause: 0 }], [{ deadline: 'tomorrow' }], [{ concurrency: 2 }]])(
    'refuses the odd options %j',
    async (options) => {
      await expect(all(waitForAll(['signs'], aws, options as object))).rejects.toMatchObject({
        code: 'refused-call',
      })
    },
  )

  test('refuses a name in place of a list of names', async () => {
    await expect(all(waitForAll('signs' as never, aws))).rejects.toMatchObject({ code: 'refused-call' })
  })

  test.each([
    [
      undefined,
      'labeling job without a name: not ended; Cannot call waitForAll(): undefined is neither the name',
    ],
    [{}, 'labeling job without a name: not ended; Cannot call waitForAll(): an object is neither the name'],
    [
      ['signs'],
      'labeling job without a name: not ended; Cannot call waitForAll(): an array is neither the name',
    ],
    [7, 'labeling job without a name: not ended; Cannot call waitForAll(): 7 is neither the name'],
    [{ name: 7 }, 'labeling job without a name: not ended; Cannot call waitForAll(): 7 is neither the name'],
  ])('says what an odd handle is, and waits for the others: %j', async (odd, words) => {
    const [running] = await started(0)

    const ends = await all(waitForAll([odd as never, running as RunningJob], aws))

    expect(String(ends[0])).toContain(words)
    expect(ends.map(({ outcome }) => outcome)).toEqual(['not-ended', 'failed'])
  })
})
