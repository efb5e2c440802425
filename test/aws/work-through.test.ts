import { describe, expect, test } from 'vitest'
import type { SlowDown } from '../../src/aws/pace.js'
import { workThrough } from '../../src/aws/work-through.js'

async function* batchesOf(...sizes: readonly number[]) {
  let next = 0
  for (const size of sizes) yield Array.from({ length: size }, () => next++)
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('work on things that come in batches', () => {
  test('is done once for each, so many at once', async () => {
    const done: number[] = []
    let inWork = 0
    let most = 0

    await workThrough(batchesOf(5, 0, 1, 7), 4, async (thing) => {
      most = Math.max(most, ++inWork)
      await tick()
      inWork--
      done.push(thing)
    })

    expect(done.sort((one, other) => one - other)).toEqual(Array.from({ length: 13 }, (_, index) => index))
    expect(most).toBe(4)
  })

  test('fetches one batch ahead, and no more', async () => {
    const log: string[] = []
    async function* batches() {
      for (const name of ['a', 'b', 'c']) {
        log.push(`fetch ${name}`)
        yield [name]
      }
    }

    await workThrough(batches(), 1, async (name) => {
      await tick()
      log.push(`done ${name}`)
    })

    expect(log).toEqual(['fetch a', 'fetch b', 'done a', 'fetch c', 'done b', 'done c'])
  })

  test('halves once for a burst of throttling, and grows again while it goes well', async () => {
    const allowed: number[] = []
    let inWork = 0
    let begun = 0

    await workThrough(batchesOf(60), 8, async (_, slowDown: SlowDown) => {
      allowed.push(++inWork)
      const isInBurst = begun++ < 8
      await tick()
      if (isInBurst) slowDown()
      inWork--
    })

    expect(allowed.slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(Math.max(...allowed.slice(12, 20))).toBeLessThanOrEqual(5)
    expect(Math.max(...allowed.slice(-10))).toBe(8)
  })

  test('never stops for throttling', async () => {
    let done = 0

    await workThrough(batchesOf(20), 3, async (_, slowDown) => {
      slowDown()
      done++
    })

    expect(done).toBe(20)
  })

  test('ends with what the work throws, once what is in work has ended', async () => {
    let ended = 0
    let returned = false
    async function* batches() {
      try {
        yield [1, 2, 3]
        yield [4]
        yield [5]
      } finally {
        returned = true
      }
    }

    const work = workThrough(batches(), 2, async (thing) => {
      await tick()
      ended++
      if (thing === 1) throw new Error('no')
    })

    await expect(work).rejects.toThrow('no')
    expect(ended).toBe(2)
    expect(returned).toBe(true)
  })

  test('ends with what the batches throw, once what is in work has ended', async () => {
    let ended = 0
    async function* batches() {
      yield [1]
      throw new Error('no list')
    }

    const work = workThrough(batches(), 2, async () => {
      await tick()
      ended++
    })

    await expect(work).rejects.toThrow('no list')
    expect(ended).toBe(1)
  })
})
