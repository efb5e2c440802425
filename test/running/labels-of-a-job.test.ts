import { expect, test } from 'vitest'
import {
  boundingBox,
  custom,
  labelingJob,
  outputKey,
  pointCloudObjectTracking,
  pointCloudSemanticSegmentation,
  semanticSegmentation,
  videoFrameObjectTracking,
} from '../../src/index.js'
import { collect } from '../../src/manifests/overview/collect.js'
import type { Task } from '../../src/tasks/task.js'
import type { TaskName } from '../../src/tasks/task-table.js'
import type { LabelingSettings } from '../../src/testing/index.js'
import { labelingWorld, ROLE } from '../testing/sagemaker/labeling-world.js'

const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
const WORDS = {
  title: 'Box every street sign',
  description: 'Draw one tight box around each sign',
  template: 's3://acme-gt/ui/box.liquid.html',
  labels: 's3://acme-gt/ui/labels.json',
} as const
const { template: _, ...FRAME_WORDS } = WORDS

test('the labels and lines of a job that has ended are read anew by each loop', async () => {
  const ended = await endedJob(boundingBox(WORDS))
  const labels = ended.labels()
  const lines = ended.lines()

  expect(await sources(labels)).toHaveLength(3)
  expect(await sources(labels)).toStrictEqual(await sources(ended.labels()))
  expect(await sources(lines)).toHaveLength(3)
  expect(await sources(lines)).toHaveLength(3)
})

test('what is collected of labels() does not call a job with failures labeled as a whole', async () => {
  const ended = await endedJob(boundingBox(WORDS), { failEvery: 3 })

  expect(String(await collect(ended.labels())).split('\n')[0]).toBe(
    '2 objects: 2 labeled (2 by people); labels() leaves out those that failed or have no label, collect(….lines()) counts them',
  )
  expect(String(await collect(ended.lines())).split('\n')[0]).toBe(
    '3 objects: 2 labeled (2 by people), 1 failed, 0 unlabeled',
  )
})

test('several workers answer each object, and where they differ their agreement says so', async () => {
  const ended = await endedJob(boundingBox(WORDS), { varied: true })
  const answers = []
  for await (const { lineNumber, worker, agreement } of ended.answers())
    answers.push([lineNumber, worker?.slice(-4), agreement])

  expect(answers).toHaveLength(15)
  expect(new Set(answers.map(([, worker]) => worker)).size).toBe(5)
  expect(
    answers.filter(([lineNumber]) => lineNumber === 3).map(([, , agreement]) => agreement),
  ).toStrictEqual([0.8, 0.8, 0.8, 0.8, 0.2])
  expect(
    answers.filter(([lineNumber]) => lineNumber === 1).map(([, , agreement]) => agreement),
  ).toStrictEqual([1, 1, 1, 1, 1])
})

test('varied labels differ in their boxes and confidence, and are the same in every run', async () => {
  const boxes = async () => {
    const found = []
    const ended = await endedJob(boundingBox(WORDS), { varied: true })
    for await (const label of ended.labels()) found.push(...label.boxes)
    return found
  }
  const first = await boxes()

  expect(new Set(first.map(({ width, height }) => `${width}x${height}`)).size).toBeGreaterThan(2)
  expect(new Set(first.map(({ confidence }) => confidence)).size).toBeGreaterThan(2)
  expect(first.every(({ confidence = 0 }) => confidence >= 0.5 && confidence < 1)).toBe(true)
  expect(await boxes()).toStrictEqual(first)
})

test('the labels of a custom job without Lambdas say where the answers are', async () => {
  const ended = await endedJob(custom(WORDS))

  const answers = []
  for await (const label of ended.labels()) answers.push([label.status, label.workerResponseUri])

  const folder = 's3://acme-gt/out/Street-Signs/annotations/worker-response/iteration-1'
  expect(answers).toStrictEqual(
    [0, 1, 2].map((index) => ['labeled', expect.stringContaining(`${folder}/${index}/`)]),
  )
})

test.each([custom(WORDS), boundingBox(WORDS)] as Task[])(
  'the answers of the workers of a job of $name are read anew by each loop',
  async (task) => {
    const ended = await endedJob(task)
    const answers = ended.answers()

    const read = []
    for await (const { object, worker, seconds, agreement } of answers) {
      read.push({ object, worker, seconds, agreement })
    }

    const worker = 'private.us-east-1.0123456789abcdef'
    expect(read).toStrictEqual(
      ['0', '1', '2'].map((object) => ({ object, worker, seconds: 1, agreement: undefined })),
    )
    for await (const { object } of answers) expect(object).toBe(read.shift()?.object)
    await expect(all(ended.answers({ sginal: 1 } as never))).rejects.toThrow('it has no option "sginal"')
  },
)

test.each<[Task, Readonly<Record<string, number>>]>([
  [videoFrameObjectTracking(FRAME_WORDS), { stop: 3 }],
  [pointCloudObjectTracking(FRAME_WORDS), { stop: 3 }],
  [pointCloudSemanticSegmentation(FRAME_WORDS), { stop: 3 }],
  [semanticSegmentation(WORDS), { BACKGROUND: 3, stop: 3 }],
])(
  'what the labels of $0.name keep in files of their own is fetched when it is asked for',
  async (task, classes) => {
    const ended = await endedJob(task)

    const collected = await collect(ended.labels())

    expect(collected.labeled).toBe(3)
    expect(Object.fromEntries(collected.classes)).toStrictEqual(classes)
  },
)

async function endedJob<Name extends TaskName>(task: Task<Name>, settings: LabelingSettings = {}) {
  const { cloud } = labelingWorld()
  cloud.labeling(settings)
  const job = labelingJob('Street-Signs')
    .task(task)
    .input('s3://acme-gt/in/dataset.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role(ROLE)
    .workers(TEAM)
  const running = await job.create(cloud.connect())
  cloud.clock.advance(600_000)
  return running.completed()
}

async function sources(lines: AsyncIterable<object>): Promise<unknown[]> {
  const list = []
  for await (const line of lines) list.push('source' in line && line.source)
  return list
}

async function all(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const list = []
  for await (const item of items) list.push(item)
  return list
}
