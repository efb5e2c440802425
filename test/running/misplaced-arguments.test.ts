import { expect, test } from 'vitest'
import { checkPermissions, createAll, labelingJob, listJobs, preflight, resolveKey } from '../../src/index.js'
import { labelingTask } from '../../src/step-functions/index.js'
import { fakeAws } from '../../src/testing/index.js'
import { signsJob } from '../support/signs-job.js'

const aws = fakeAws().connect()

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const taken: Thing[] = []
  for await (const thing of things) taken.push(thing)
  return taken
}

async function caught(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (thrown) {
    return thrown
  }
}

test.each([
  ['a labeling job', (given: never) => preflight(given, signsJob as never)],
  ['an array', (given: never) => all(createAll(given, [signsJob] as never))],
  ['"signs"', (given: never) => resolveKey(given, 'signs' as never)],
  ['an object', (given: never) => all(listJobs({} as never, given))],
])('%s in the place of the connection is said to stand there', async (what, call) => {
  await expect(call(aws as never)).rejects.toThrow(
    `${what} stands where the connection belongs: give the value of connect() there`,
  )
})

test.each([
  ['createAll', async (part: never) => (await all(createAll([part], aws)))[0]],
  ['checkPermissions', (part: never) => checkPermissions(part, aws).catch(String)],
  ['labelingTask', async (part: never) => caught(async () => labelingTask(part, { region: 'us-east-1' }))],
  [
    'toRequest',
    async (part: never) => caught(async () => (part as typeof signsJob).toRequest({ region: 'us-east-1' })),
  ],
])(
  'a job without all its parts is called by its name in %s, which named a call that nobody made',
  async (_, call) => {
    expect(
      String(await call(labelingJob('half').role('arn:aws:iam::111122223333:role/GtExec') as never)),
    ).toContain(
      'Cannot make the request of the labeling job half: it still needs: task, input, output, workers. Call .task(), .input(), .output(), .workers().',
    )
  },
)

test('a name that is no name is one problem, and not another of the attribute that it gives', () => {
  expect(
    signsJob
      .named('')
      .problems('us-east-1')
      .map(({ path }) => path),
  ).toEqual(['LabelingJobName'])
  expect(
    signsJob
      .named('a b')
      .labelAttribute('c d')
      .problems('us-east-1')
      .map(({ path }) => path),
  ).toEqual(['LabelingJobName', 'LabelAttributeName'])
})
