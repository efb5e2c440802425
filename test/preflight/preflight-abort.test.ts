import { afterEach, beforeEach, expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import { JOB, ROLE, wholeWorld } from './whole-world.js'

const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})
afterEach(() => void process.off('unhandledRejection', note))

/** Node tells of rejections that nobody handles once the microtasks are done. */
const settled = () => new Promise<void>((resolve) => void setImmediate(() => setImmediate(resolve)))

test.each([
  ['bare', {}],
  ['with a role that reads', { reader: ROLE }],
] as const)('an abort at any call leaves no rejection that nobody handles: %s', async (_, options) => {
  const codes: unknown[] = []
  for (let calls = 0; calls < 15; calls++) {
    const cloud = wholeWorld()
    const stop = new AbortController()
    cloud.inject({ call: '*', fault: { before: () => void stop.abort() }, after: calls })
    const ended = preflight(JOB, cloud.connect(), { ...options, signal: stop.signal })
    codes.push(await ended.catch(({ code }) => code))
    await settled()
  }

  expect(codes).toEqual(Array.from({ length: 15 }, () => 'aborted'))
  expect(unhandled).toEqual([])
})

test('a signal that is aborted already leaves no rejection that nobody handles', async () => {
  const ended = preflight(JOB, wholeWorld().connect(), { signal: AbortSignal.abort() })

  await expect(ended).rejects.toMatchObject({ code: 'aborted' })
  await settled()
  expect(unhandled).toEqual([])
})
