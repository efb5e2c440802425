import { expect, test } from 'vitest'
import { fromRequest, resolveKey } from '../../src/index.js'
import { fakeAws } from '../../src/testing/index.js'

test.each<[string, unknown, string]>([
  ['an option that is misspelt', { frsh: true }, 'it has no option "frsh"'],
  ['options that are null', null, 'no object with options'],
  ['a signal that is none', { signal: 5 }, 'its option signal is 5: give an AbortSignal'],
  ['a fresh that is a text', { fresh: 'no' }, 'its option fresh is "no": give true or false'],
])('%s is refused before anything is asked', async (_, options, why) => {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  const aws = cloud.connect()
  const refused = { code: 'refused-call', why: expect.stringContaining(why) }

  await expect(resolveKey('alias/gt', aws, options as object)).rejects.toMatchObject(refused)
  await expect(fromRequest({}).resolve(aws, options as object)).rejects.toMatchObject(refused)
  expect(cloud.calls.names()).toEqual([])
})

test('a job that is created takes no signal that is none', async () => {
  const aws = fakeAws().connect()

  await expect(fromRequest({}).create(aws, { signal: 5 } as never)).rejects.toMatchObject({
    code: 'refused-call',
    why: 'its option signal is 5: give an AbortSignal',
  })
})

test.each([
  [undefined, 'the key is undefined: give the name'],
  [null, 'the key is null: give the name'],
  [7, 'the key is 7: give the name'],
  [{}, 'the key is an object: give the name'],
])('what is no key is said to be that: %j', async (key, why) => {
  await expect(resolveKey(key as never, fakeAws().connect())).rejects.toMatchObject({
    code: 'refused-call',
    why: expect.stringContaining(why),
  })
})
