import { describe, expect, test } from 'vitest'
import { boundingBox, createAll, jobFromConfig, labelingJob, preflight } from '../src/index.js'
import { fakeAws } from '../src/testing/index.js'
import { JOB, TEAM } from './preflight/whole-world.js'

const aws = fakeAws().connect()

class Settings {
  get percentLabeled() {
    return 50
  }
}

/** What looks like an object, and whose contents are not in its own fields. */
const OTHERS: readonly (readonly [string, object])[] = [
  ['an instance of Map', new Map([['percentLabeled', 50]])],
  ['an instance of Set', new Set(['percentLabeled'])],
  ['an instance of Settings', new Settings()],
  ['1970-01-01T00:00:00.000Z', new Date(0)],
]

async function messageOf(call: () => unknown): Promise<string> {
  try {
    const made = await call()
    for await (const _ of Symbol.asyncIterator in Object(made) ? (made as AsyncIterable<unknown>) : []) break
  } catch (thrown) {
    return (thrown as Error).message
  }
  return 'nothing was thrown'
}

describe.each(OTHERS)('%s in the place of a plain object, which was dropped in silence', (what, value) => {
  test.each([
    ['.tags()', () => labelingJob('signs').tags(value as never)],
    ['.workers()', () => labelingJob('signs').workers(TEAM, value as never)],
    ['.stopWhen()', () => labelingJob('signs').stopWhen(value as never)],
    ['a task', () => boundingBox(value as never)],
    ['createAll()', () => createAll([], aws, value as never)],
    ['preflight()', () => preflight(JOB, aws, value as never)],
    ['tags of a configuration', () => jobFromConfig({ tags: value } as never)],
    ['stopWhen of a configuration', () => jobFromConfig({ stopWhen: value } as never)],
  ])('is refused by %s', async (_, call) => {
    const message = await messageOf(call)

    expect(message).toContain(what)
  })
})

test('an object of another realm, or without a prototype, is a plain one', async () => {
  const { runInNewContext } = await import('node:vm')
  const bare = Object.assign(Object.create(null), { team: 'maps' })

  expect(String(labelingJob('signs').tags(runInNewContext('({ team: "maps" })')))).toContain('signs')
  expect(String(labelingJob('signs').tags(bare))).toContain('signs')
})

test.each([
  ['.stopWhen()', () => labelingJob('signs').stopWhen({} as never)],
  ['a configuration', () => jobFromConfig({ stopWhen: {} } as never)],
])('a stop without a condition, with which the job labels everything, is refused by %s', async (_, call) => {
  expect(await messageOf(call)).toContain('humanLabeled or percentLabeled')
})

test('a patch that holds itself is refused by .raw(), which threw a TypeError', () => {
  const patch: Record<string, unknown> = {}
  patch['HumanTaskConfig'] = patch

  expect(() => labelingJob('signs').raw(patch as never)).toThrow(
    expect.objectContaining({ code: 'refused-call' }),
  )
})
