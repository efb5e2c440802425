import { beforeEach, describe, expect, test } from 'vitest'
import { type Aws, type CompleteJob, type CreateResult, createAll } from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { signsJob } from '../support/signs-job.js'

const CREATE = 'sagemaker:CreateLabelingJob'

let cloud: FakeAws
let aws: Aws

beforeEach(() => {
  cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  cloud.role({ name: 'GtExec' })
  aws = cloud.connect()
})

const jobs = (count: number) => Array.from({ length: count }, (_, index) => signsJob.named(`signs-${index}`))
const told = ({ name, status }: Pick<CreateResult, 'name' | 'status'>) => `${name} ${status}`

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const taken: Thing[] = []
  for await (const thing of things) taken.push(thing)
  return taken
}

describe('createAll', () => {
  test('creates every job, looks the key up once, and gives handles', async () => {
    const results = await all(createAll(jobs(20), aws))

    expect(results.map(told).sort()).toEqual(
      jobs(20)
        .map(({ name }) => `${name} created`)
        .sort(),
    )
    expect(cloud.calls.of('kms:DescribeKey')).toHaveLength(1)
    expect(cloud.calls.of(CREATE)).toHaveLength(20)
    const [first] = results
    if (first?.status !== 'created') return expect.unreachable()
    expect(await first.running.status()).toMatchObject({ job: first.name, status: 'Initializing' })
  })

  test('sends nothing before the first step of the loop', async () => {
    const results = createAll(jobs(3), aws)
    await Promise.resolve()

    expect(cloud.calls.names()).toEqual([])
    expect((await results.next()).value).toMatchObject({ status: 'created' })
  })

  test('tells of each job what became of it, and goes on', async () => {
    await signsJob.named('there').create(aws)
    await signsJob
      .named('other')
      .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/w')
      .create(aws)
    cloud.inject({
      call: CREATE,
      fault: {
        before: ({ input }) => (input['LabelingJobName'] === 'denied' ? 'access-denied' : undefined),
      },
      times: Number.POSITIVE_INFINITY,
    })
    const names = ['new', 'there', 'OTHER', 'not_a_name', 'denied']

    const results = await all(
      createAll([...names.map((name) => signsJob.named(name)), undefined as never], aws, {
        ifExists: 'attach',
        concurrency: 1,
      }),
    )

    expect(results.map(told)).toEqual([
      'new created',
      'there attached',
      'OTHER failed',
      'not_a_name refused',
      'denied failed',
      ' failed',
    ])
    expect(results.flatMap((result) => (result.status === 'failed' ? [result.error.code] : []))).toEqual([
      'job-differs',
      'access-denied',
      'refused-call',
    ])
    expect(results[3]).toMatchObject({
      problems: [{ code: 'labeling-job-name-pattern' }],
    })
  })

  test('asks once for a key that is not there, whatever the number of jobs', async () => {
    const missing = jobs(50).map((job) => job.output('s3://gt/out/', 'alias/missing'))

    const results = await all(createAll(missing, aws))

    expect(
      results.every((result) => result.status === 'failed' && result.error.code === 'key-not-found'),
    ).toBe(true)
    expect(cloud.calls.names()).toEqual(['kms:DescribeKey', 'sts:GetCallerIdentity'])
  })

  test('looks a key up once in a run that takes hours', async () => {
    async function* slowly() {
      for (const job of jobs(5)) {
        cloud.clock.advance(3_600_000)
        yield job
      }
    }

    const results = await all(createAll(slowly(), aws))

    expect(results).toHaveLength(5)
    expect(cloud.calls.of('kms:DescribeKey')).toHaveLength(1)
  })

  test('waits a minute for a role that cannot be assumed, not a minute for each job', async () => {
    cloud.role({ name: 'Untrusted', trust: { Version: '2012-10-17', Statement: [] } })
    const untrusted = jobs(30).map((job) => job.role('arn:aws:iam::111122223333:role/Untrusted'))
    const start = cloud.clock.now().getTime()

    const results = await all(createAll(untrusted, aws, { concurrency: 1 }))

    expect(results.every(({ status }) => status === 'failed')).toBe(true)
    expect(cloud.clock.now().getTime() - start).toBe(60_000)
  })

  test('takes resolved jobs, and refuses one that was resolved for another region', async () => {
    cloud.key({ alias: 'alias/gt', region: 'eu-west-1' })
    const here = await signsJob.resolve(aws)
    const elsewhere = await signsJob
      .named('elsewhere')
      .workers('arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/v')
      .resolve(cloud.connect({ region: 'eu-west-1' }))

    const results = await all(createAll([here, elsewhere], aws, { concurrency: 1 }))

    expect(results.map(told)).toEqual(['signs created', 'elsewhere failed'])
    expect(results[1]).toMatchObject({ error: { code: 'refused-call' } })
  })

  test('has a line of progress for the whole', async () => {
    const lines: string[] = []
    const list = [...jobs(2), signsJob.named('not_a_name')]

    await all(
      createAll(list, aws, { concurrency: 1, onProgress: (progress) => lines.push(String(progress)) }),
    )

    expect(lines).toEqual([
      'jobs: 1 of 3; created: 1',
      'jobs: 2 of 3; created: 2',
      'jobs: 3 of 3; created: 2, refused: 1',
    ])
  })

  test('has fewer jobs at once while AWS throttles, and loses none', async () => {
    let inWork = 0
    const most: number[] = []
    const before = async () => {
      inWork++
      most.push(inWork)
      await new Promise(setImmediate)
      inWork--
      return undefined
    }
    cloud.inject({ call: CREATE, fault: { before }, times: Number.POSITIVE_INFINITY })
    cloud.inject({ call: CREATE, fault: 'throttle', times: 8 })

    const results = await all(createAll(jobs(40), aws, { concurrency: 8 }))

    expect(results.filter(({ status }) => status === 'created')).toHaveLength(40)
    expect(Math.max(...most)).toBe(8)
    expect(Math.max(...most.slice(16, 24))).toBeLessThan(6)
  })
})

describe('createAll that is aborted', () => {
  test('tells every job of a list that was not tried', async () => {
    const stop = new AbortController()
    const results: string[] = []

    for await (const result of createAll(jobs(9), aws, { concurrency: 2, signal: stop.signal })) {
      results.push(result.status)
      stop.abort()
    }

    const created = results.filter((status) => status === 'created').length
    expect(results).toHaveLength(9)
    expect(results.filter((status) => status === 'not-tried')).toHaveLength(9 - created)
    expect(cloud.calls.of(CREATE)).toHaveLength(created)
    expect(created).toBeLessThan(4)
  })

  test('before it began tries nothing', async () => {
    const results = await all(createAll(jobs(3), aws, { signal: AbortSignal.abort() }))

    expect(results.map(({ status }) => status)).toEqual(['not-tried', 'not-tried', 'not-tried'])
    expect(cloud.calls.names()).toEqual([])
  })

  test('says of a job that was on its way that nothing is known of it', async () => {
    const stop = new AbortController()
    const instead = () => {
      stop.abort()
      return new Promise<object>(() => {})
    }
    cloud.inject({ call: CREATE, fault: { instead } })

    const results = await all(createAll(jobs(2), aws, { concurrency: 1, signal: stop.signal }))

    expect(results.map(told)).toEqual(['signs-0 failed', 'signs-1 not-tried'])
    expect(results[0]).toMatchObject({
      error: { code: 'aborted', why: expect.stringContaining('on its way') },
    })
  })

  test('takes nothing more from a source that waits for its next job, and closes it', async () => {
    const stop = new AbortController()
    const closed: string[] = []
    const source: AsyncIterable<CompleteJob> = {
      [Symbol.asyncIterator]() {
        const left = jobs(1)
        return {
          next: async () => {
            const value = left.shift()
            return value === undefined ? new Promise(() => {}) : { value, done: false as const }
          },
          return: async () => {
            closed.push('closed')
            return { value: undefined, done: true as const }
          },
        }
      },
    }
    const results: string[] = []

    for await (const result of createAll(source, aws, { signal: stop.signal })) {
      results.push(told(result))
      stop.abort()
    }

    expect(results).toEqual(['signs-0 created'])
    expect(closed).toEqual(['closed'])
  })
})

test.each([[{ concurrency: 0 }], [{ ifExists: 'maybe' }], [{ onProgres: () => {} }]])(
  'createAll refuses the odd options %j',
  async (options) => {
    await expect(all(createAll(jobs(1), aws, options as object))).rejects.toMatchObject({
      code: 'refused-call',
    })
    expect(cloud.calls.names()).toEqual([])
  },
)

test('createAll refuses what is no list, and what is no connection', async () => {
  await expect(all(createAll(signsJob as never, aws))).rejects.toMatchObject({ code: 'refused-call' })
  await expect(all(createAll([signsJob], cloud as never))).rejects.toMatchObject({ code: 'refused-call' })
})
