import { expect, test } from 'vitest'
import { inBatches } from '../../src/running/in-batches.js'

const never = () => new Promise<void>(() => {})

async function* numbers(count: number) {
  for (let number = 0; number < count; number++) yield number
}

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const taken: Thing[] = []
  for await (const thing of things) taken.push(thing)
  return taken
}

test('fills each batch but the last', async () => {
  expect(await all(inBatches(numbers(7), 3, never))).toEqual([[0, 1, 2], [3, 4, 5], [6]])
  expect(await all(inBatches(numbers(6), 3, never))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ])
  expect(await all(inBatches(numbers(0), 3, never))).toEqual([])
})

test('gives what there is once the next is late, and the rest when it comes', async () => {
  let come = () => {}
  async function* source() {
    yield* [1, 2]
    await new Promise<void>((resolve) => (come = resolve))
    yield* [3, 4]
  }
  const batches = inBatches(source(), 10, async () => {})

  expect((await batches.next()).value).toEqual([1, 2])
  come()
  expect((await batches.next()).value).toEqual([3, 4])
})

test('goes on waiting when the next comes while it lingers', async () => {
  let come = () => {}
  async function* source() {
    yield 1
    await new Promise<void>((resolve) => (come = resolve))
    yield 2
  }
  const linger = (signal: AbortSignal) => {
    come()
    return new Promise<void>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('stopped'))),
    )
  }

  expect(await all(inBatches(source(), 10, linger))).toEqual([[1, 2]])
})

test('ends with the error of its source, and closes a source that is not read to its end', async () => {
  let closed = 0
  async function* source(fails: boolean) {
    try {
      yield* [1, 2, 3]
      if (fails) throw new Error('broken')
    } finally {
      closed++
    }
  }

  await expect(all(inBatches(source(true), 10, never))).rejects.toThrow('broken')
  for await (const _ of inBatches(source(false), 1, never)) break
  expect(closed).toBe(2)
})
