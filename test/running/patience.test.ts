import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startPatience } from '../../src/running/patience.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a look that takes too long is aborted', () => {
  const patience = startPatience(60_000, undefined)

  vi.advanceTimersByTime(59_999)
  expect([patience.isOver, patience.signal.aborted]).toEqual([false, false])
  vi.advanceTimersByTime(1)
  expect([patience.isOver, patience.signal.aborted]).toEqual([true, true])
})

test('a look that has ended leaves no timer behind, which would keep a program alive in Deno', () => {
  const patience = startPatience(60_000, undefined)

  patience.end()

  expect(vi.getTimerCount()).toBe(0)
})

test("the caller's signal ends a look, and not its time", () => {
  const stop = new AbortController()
  const patience = startPatience(60_000, stop.signal)

  stop.abort()

  expect([patience.isOver, patience.signal.aborted]).toEqual([false, true])
})
