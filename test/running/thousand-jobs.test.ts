import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Aws,
  boundingBox,
  connect,
  createAll,
  labelingJob,
  outputKey,
  volumeKey,
  waitForAll,
} from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { DEEP, runs } from '../support/runs.js'

const CREATE = 'sagemaker:CreateLabelingJob'
const DESCRIBE_KEY = 'kms:DescribeKey'
const JOBS = DEEP ? 1_000 : 40

const base = labelingJob()
  .task(
    boundingBox({
      title: 'Box',
      description: 'Box it',
      template: 's3://gt/t.html',
      labels: 's3://gt/l.json',
    }),
  )
  .input('s3://gt/in.manifest')
  .output('s3://gt/out', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')
  .autoLabeling(volumeKey('alias/gt-volume'))
const jobs = Array.from({ length: JOBS }, (_, index) => base.named(`signs-${index}`))

/** A number from 0 to 1 for each call, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Has one call in five throttled, and one creation in twenty carried out without an answer. */
function makeTrouble(cloud: FakeAws, seed: number): void {
  const roll = dice(seed)
  const before = ({ name }: { readonly name: string }) => {
    const luck = roll()
    if (luck < 0.2) return 'throttle' as const
    return luck < 0.25 && name === CREATE ? ('timeout-after-write' as const) : undefined
  }
  cloud.inject({ call: '*', fault: { before }, times: Number.POSITIVE_INFINITY })
}

/** A process that is killed at its given call, before or after that is carried out: nothing answers it from then on. */
function processThatDies(cloud: FakeAws, at: number) {
  const never = new Promise<never>(() => {})
  let calls = 0
  let isDead = false
  let die = () => {}
  const death = new Promise<void>((resolve) => (die = resolve))
  const kill = () => {
    isDead = true
    die()
  }
  const client = {
    async send(command: object, options?: object) {
      if (isDead) return never
      const isLast = ++calls === at
      if (isLast && at % 2 === 0) kill()
      if (isDead) return never
      const answer = await cloud.send(command, options).finally(() => isLast && kill())
      return isDead ? never : answer
    },
  }
  return { aws: connect({ region: 'us-east-1', clients: client, clock: cloud.clock }), death }
}

/** Creates all jobs, and gives what was told of each. */
async function createJobs(aws: Aws): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>()
  for await (const { name, status } of createAll(jobs, aws, { ifExists: 'attach', concurrency: 8 }))
    told.set(name, status)
  return told
}

function region(): FakeAws {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt-output' })
  cloud.key({ alias: 'alias/gt-volume' })
  cloud.role({ name: 'GtExec' })
  return cloud
}

const answered = (cloud: FakeAws, name: string) =>
  cloud.calls.of(name).filter(({ error }) => error === undefined)
const created = (cloud: FakeAws) => cloud.calls.of(CREATE).filter(({ wrote }) => wrote)

describe('a thousand jobs on two aliases', () => {
  test('exist once each, whatever is throttled, lost or killed, and none is untold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: JOBS * 2 }), async (seed, dies) => {
        const cloud = region()
        makeTrouble(cloud, seed)
        const { aws, death } = processThatDies(cloud, dies)

        await Promise.race([createJobs(aws), death])
        const asked = answered(cloud, DESCRIBE_KEY).length
        const told = await createJobs(cloud.connect())

        const names = created(cloud).map(({ input }) => input['LabelingJobName'])
        expect(names.length).toBe(JOBS)
        expect(new Set(names).size).toBe(JOBS)
        expect(told.size).toBe(JOBS)
        expect([...told.values()].filter((status) => status !== 'created' && status !== 'attached')).toEqual(
          [],
        )
        expect(asked).toBeLessThanOrEqual(2)
        expect(answered(cloud, DESCRIBE_KEY).length - asked).toBeLessThanOrEqual(2)
      }),
      { numRuns: runs(20) },
    )
  }, 900_000)

  test('are waited for with one call a hundred jobs a look, and described once each', async () => {
    const cloud = region()
    const names: string[] = []
    cloud.labeling({ initializingSeconds: 5_000 })
    for await (const { name } of createAll(jobs, cloud.connect())) names.push(name)
    cloud.calls.clear()
    let looks = 0
    let ended = 0

    for await (const end of waitForAll(names, cloud.connect(), { onProgress: () => void looks++ })) {
      expect(end.outcome).toBe('failed')
      ended++
    }

    expect(ended).toBe(JOBS)
    expect(cloud.calls.of('sagemaker:ListLabelingJobs')).toHaveLength(Math.ceil(JOBS / 100) * looks)
    expect(cloud.calls.of('sagemaker:DescribeLabelingJob')).toHaveLength(JOBS)
  })
})
