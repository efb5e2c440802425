import { expect, test } from 'vitest'
import { createAll, sendObjects, waitForAll } from '../../src/index.js'
import { fakeAws } from '../../src/testing/index.js'

const aws = fakeAws().connect({ region: 'us-east-1' })
const topic = 'arn:aws:sns:us-east-1:111122223333:in'

test.each([
  ['signs', '"signs"'],
  [undefined, 'undefined'],
  [{}, 'an object'],
])('%j is no list: it is refused before anything is sent, not taken for one', async (value, words) => {
  const calls = [
    createAll(value as never, aws),
    waitForAll(value as never, aws),
    sendObjects(value as never, topic, aws),
  ]

  for (const call of calls)
    await expect(call.next()).rejects.toMatchObject({
      code: 'refused-call',
      why: expect.stringContaining(`${words} is no list of `),
    })
})
