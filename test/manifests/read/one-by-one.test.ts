import { describe, expect, it } from 'vitest'
import { oneByOne } from '../../../src/manifests/read/one-by-one.js'

describe('oneByOne', () => {
  it('hands out the items of all batches, empty ones included', async () => {
    const items = []
    for await (const item of oneByOne(batches([], [1, 2], [], [3]).source)) items.push(item)

    expect(items).toStrictEqual([1, 2, 3])
  })

  it('keeps the order when items are asked for all at once', async () => {
    const reader = oneByOne(batches([1, 2], [3], [4, 5]).source)

    const answers = await Promise.all(Array.from({ length: 7 }, () => reader.next()))

    expect(answers.map(({ value }) => value)).toStrictEqual([1, 2, 3, 4, 5, undefined, undefined])
    expect(answers.map(({ done }) => done)).toStrictEqual([false, false, false, false, false, true, true])
  })

  it.each([
    ['the first item', [[new Error('broken'), 2], [3]], []],
    ['a later item', [[1, new Error('broken'), 2], [3]], [1]],
  ])('closes the source when %s cannot be made, and is at its end', async (_name, items, before) => {
    const { source, closed } = batches(...items)
    const reader = oneByOne(source)
    const got: unknown[] = []

    const reading = (async () => {
      for await (const item of reader) got.push(item)
    })()

    await expect(reading).rejects.toThrow('broken')
    expect(got).toStrictEqual(before)
    expect(closed()).toBe(true)
    expect(await reader.next()).toStrictEqual({ done: true, value: undefined })
  })

  it('passes on the error of its source, also to those who wait behind it', async () => {
    const reader = oneByOne(failing())

    const answers = await Promise.allSettled([reader.next(), reader.next()])

    expect(answers).toMatchObject([
      { status: 'rejected', reason: new Error('no more') },
      { status: 'fulfilled', value: { done: true } },
    ])
  })

  it('closes the source when reading ends early, and gives no item of the batch any more', async () => {
    const { source, closed } = batches([1, 2, 3])
    const reader = oneByOne(source)

    for await (const _ of reader) break

    expect(closed()).toBe(true)
    expect(await reader.next()).toStrictEqual({ done: true, value: undefined })
  })
})

/** Batches of items, in which an error is thrown where it stands. */
function batches(...lists: readonly (readonly unknown[])[]) {
  let isClosed = false
  async function* source() {
    try {
      for (const list of lists) yield thrownOrGiven(list)
    } finally {
      isClosed = true
    }
  }
  return { source: source(), closed: () => isClosed }
}

function* thrownOrGiven(list: readonly unknown[]): Generator<unknown, void> {
  for (const item of list) {
    if (item instanceof Error) throw item
    yield item
  }
}

// biome-ignore lint/correctness/useYield: a source that fails before its first batch
async function* failing(): AsyncGenerator<Iterator<unknown, void>, void> {
  throw new Error('no more')
}
