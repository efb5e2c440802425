import { Pace, type SlowDown } from './pace.js'

/**
 * Works on things, so many at once at most, fewer after `slowDown()`, and gives each answer as it comes. A thing is taken from the source only
 * when there is room for it. What the source or the work throws ends it, once what is in work has come to its end.
 */
export async function* eachAsItComes<Thing, Answer>(
  things: Iterable<Thing> | AsyncIterable<Thing>,
  most: number,
  work: (thing: Thing, slowDown: SlowDown) => Promise<Answer>,
): AsyncGenerator<Answer, void> {
  const source = Symbol.asyncIterator in things ? things[Symbol.asyncIterator]() : things[Symbol.iterator]()
  const pace = new Pace(most)
  const answers: Answer[] = []
  let failure: { readonly thrown: unknown } | undefined
  let inWork = 0
  let isTaking = false
  let isEmpty = false
  let wake = () => {}

  const workOn = async (thing: Thing) => {
    inWork++
    const step = pace.begin()
    try {
      answers.push(await work(thing, step.slowDown))
    } catch (thrown) {
      failure ??= { thrown }
    }
    step.end()
    inWork--
    wake()
  }
  const take = async () => {
    isTaking = true
    try {
      const next = await source.next()
      if (next.done) isEmpty = true
      else void workOn(next.value)
    } catch (thrown) {
      failure ??= { thrown }
      isEmpty = true
    }
    isTaking = false
    wake()
  }

  try {
    for (;;) {
      const isOver = isEmpty || failure !== undefined
      if (!isOver && !isTaking && inWork < pace.allowed) void take()
      if (answers.length > 0) yield answers.shift() as Answer
      else if (isOver && !isTaking && inWork === 0) break
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    if (failure !== undefined) throw failure.thrown
  } finally {
    if (!isEmpty) await source.return?.()
  }
}
