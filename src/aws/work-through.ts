import { Pace, type SlowDown } from './pace.js'

/**
 * Works on things that come in batches, so many at once at most: fewer after `slowDown()`, and one more each time as many
 * as are allowed have gone well. The next batch is fetched while one is worked on, and no further ahead. What the batches
 * or the work throw ends it, once what is in work has come to its end.
 */
export async function workThrough<Thing>(
  batches: AsyncIterable<readonly Thing[]>,
  most: number,
  work: (thing: Thing, slowDown: SlowDown) => Promise<unknown>,
): Promise<void> {
  const source = batches[Symbol.asyncIterator]()
  let batch: readonly Thing[] = []
  let place = 0
  let ahead: Promise<IteratorResult<readonly Thing[], unknown>> | undefined
  let refilled: Promise<void> | undefined
  let isOver = false
  let failure: { readonly thrown: unknown } | undefined
  const pace = new Pace(most)
  let idle: (() => void)[] = []

  const wake = () => {
    const waiting = idle
    idle = []
    for (const go of waiting) go()
  }
  const end = (thrown?: { readonly thrown: unknown }) => {
    failure ??= thrown
    isOver = true
    wake()
  }
  const fetchNext = () => {
    const next = source.next()
    // Awaited in turn; until then a failure is nobody's.
    next.catch(() => {})
    return next
  }
  const refill = async () => {
    try {
      const next = await (ahead ?? fetchNext())
      if (next.done) return end()
      batch = next.value
      place = 0
      ahead = fetchNext()
    } catch (thrown) {
      end({ thrown })
    }
  }
  const workOn = async (thing: Thing) => {
    const step = pace.begin()
    try {
      await work(thing, step.slowDown)
    } catch (thrown) {
      end({ thrown })
    }
    const before = pace.allowed
    step.end()
    if (pace.allowed > before) wake()
  }
  const worker = async (index: number) => {
    while (!isOver) {
      if (index >= pace.allowed) await new Promise<void>((resolve) => idle.push(resolve))
      else if (place < batch.length) await workOn(batch[place++] as Thing)
      else {
        refilled ??= refill().finally(() => {
          refilled = undefined
        })
        await refilled
      }
    }
  }

  try {
    await Promise.all(Array.from({ length: most }, (_, index) => worker(index)))
  } finally {
    await ahead?.catch(() => {})
    if (failure !== undefined) await source.return?.()
  }
  if (failure !== undefined) throw failure.thrown
}
