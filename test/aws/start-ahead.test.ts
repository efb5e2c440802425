import { describe, expect, it } from 'vitest'
import { startAhead } from '../../src/aws/start-ahead.js'

describe('work that is started ahead', () => {
  it('is started so many at once, and comes in order', async () => {
    const started: number[] = []
    const seen: [number, number][] = []

    for await (const one of startAhead([0, 1, 2, 3, 4], 3, (thing) => started.push(thing) - 1)) {
      await manyTurns()
      seen.push([one, started.length])
    }

    expect(seen).toStrictEqual([
      [0, 3],
      [1, 4],
      [2, 5],
      [3, 5],
      [4, 5],
    ])
  })

  it('comes as soon as it is there, though the next thing is long in coming', async () => {
    async function* things() {
      yield 1
      await new Promise(() => {})
    }

    const work = startAhead(things(), 16, (thing) => thing)

    expect(await work.next()).toStrictEqual({ done: false, value: 1 })
  })

  it('comes before what its source throws', async () => {
    async function* things() {
      yield 1
      yield 2
      throw new Error('source')
    }
    const seen: number[] = []

    const working = (async () => {
      for await (const one of startAhead(things(), 16, (thing) => thing)) seen.push(one)
    })()

    await expect(working).rejects.toThrow('source')
    expect(seen).toStrictEqual([1, 2])
  })

  it('is dropped, and its source closed, when nobody wants the rest', async () => {
    const dropped: number[] = []
    let isClosed = false
    function* things() {
      try {
        for (let thing = 0; ; thing += 1) yield thing
      } finally {
        isClosed = true
      }
    }

    const drop = (one: number) => void dropped.push(one)
    for await (const _ of startAhead(things(), 3, (thing) => thing, drop)) {
      await manyTurns()
      break
    }

    expect(dropped).toStrictEqual([1, 2])
    expect(isClosed).toBe(true)
  })
})

async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}
