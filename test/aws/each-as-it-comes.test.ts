import { expect, test } from 'vitest'
import { eachAsItComes } from '../../src/aws/each-as-it-comes.js'

async function all<Answer>(answers: AsyncIterable<Answer>): Promise<Answer[]> {
  const found: Answer[] = []
  for await (const answer of answers) found.push(answer)
  return found
}

function turns(count: number): Promise<void> {
  return count === 0 ? Promise.resolve() : Promise.resolve().then(() => turns(count - 1))
}

test('answers come in the order in which they are ready', async () => {
  const wait = (count: number) => turns(count).then(() => count)

  expect(await all(eachAsItComes([300, 10, 200, 100], 4, wait))).toEqual([10, 100, 200, 300])
})

test('no more is in work at once than was said, and nothing is taken from the source before there is room', async () => {
  let inWork = 0
  let most = 0
  let taken = 0
  function* things() {
    for (; taken < 50; taken++) yield taken
  }

  const answers = eachAsItComes(things(), 3, async (thing) => {
    most = Math.max(most, ++inWork)
    await turns(thing % 7)
    inWork--
    return thing
  })
  await answers.next()

  expect(taken).toBeLessThanOrEqual(5)
  expect((await all(answers)).length).toBe(49)
  expect(most).toBe(3)
})

test('an answer does not wait for a source that is slow to give the next thing', async () => {
  let give = () => {}
  async function* things() {
    yield 'first'
    await new Promise<void>((resolve) => {
      give = resolve
    })
    yield 'second'
  }

  const answers = eachAsItComes(things(), 2, async (thing) => thing)

  expect(await answers.next()).toEqual({ done: false, value: 'first' })
  give()
  expect(await all(answers)).toEqual(['second'])
})

test('what the work throws ends it, after the answers of what was in work', async () => {
  const seen: number[] = []
  const answers = eachAsItComes([1, 2, 3, 4, 5, 6, 7, 8], 2, async (thing) => {
    await turns(thing === 3 ? 5 : 20)
    if (thing === 3) throw new Error('three')
    return thing
  })

  await expect(
    (async () => {
      for await (const answer of answers) seen.push(answer)
    })(),
  ).rejects.toThrow('three')
  expect(seen).toEqual([1, 2, 4])
})

test('what the source throws ends it, after the answers of what was in work', async () => {
  async function* things() {
    yield 1
    throw new Error('no more')
  }
  const answers = eachAsItComes(things(), 2, async (thing) => turns(20).then(() => thing))

  expect(await answers.next()).toEqual({ done: false, value: 1 })
  await expect(answers.next()).rejects.toThrow('no more')
})

test('a loop that is left closes the source', async () => {
  let isClosed = false
  function* things() {
    try {
      for (let thing = 0; ; thing++) yield thing
    } finally {
      isClosed = true
    }
  }

  for await (const thing of eachAsItComes(things(), 2, async (each) => each)) if (thing === 3) break

  expect(isClosed).toBe(true)
})

test('half as much is in work after AWS throttled a burst, and as much as before once it goes well', async () => {
  const allowed: number[] = []
  let inWork = 0
  let begun = 0
  const things = Array.from({ length: 60 }, (_, thing) => thing)

  await all(
    eachAsItComes(things, 8, async (_, slowDown) => {
      allowed.push(++inWork)
      const isInBurst = begun++ < 8
      await turns(20)
      if (isInBurst) slowDown()
      inWork--
    }),
  )

  expect(Math.max(...allowed.slice(0, 8))).toBe(8)
  expect(Math.max(...allowed.slice(12, 20))).toBeLessThanOrEqual(5)
  expect(Math.max(...allowed.slice(-10))).toBe(8)
})
