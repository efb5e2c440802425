/**
 * Starts work on things before its turn comes, so many at once at most, and gives what was started in the order of the
 * things, the first as soon as it is there. What the source throws comes in its turn. Whoever leaves early says with
 * `drop` what becomes of the rest.
 */
export async function* startAhead<Thing, Started>(
  things: Iterable<Thing> | AsyncIterable<Thing>,
  most: number,
  start: (thing: Thing) => Started,
  drop: (started: Started) => void = () => {},
): AsyncGenerator<Started, void> {
  const source = Symbol.asyncIterator in things ? things[Symbol.asyncIterator]() : things[Symbol.iterator]()
  const started: Started[] = []
  let failure: { readonly thrown: unknown } | undefined
  let atReader = 0
  let isEmpty = false
  let isTaking = false
  let isLeft = false
  let wake = () => {}

  const hasRoom = () => !isEmpty && !isLeft && started.length + atReader < most
  const take = async () => {
    isTaking = true
    try {
      while (hasRoom()) {
        const next = await source.next()
        if (next.done === true) isEmpty = true
        else if (!isLeft) started.push(start(next.value))
        wake()
      }
    } catch (thrown) {
      failure = { thrown }
      isEmpty = true
    }
    isTaking = false
    wake()
  }

  try {
    for (;;) {
      if (hasRoom() && !isTaking) void take()
      if (started.length > 0) {
        atReader = 1
        yield started.shift() as Started
        atReader = 0
      } else if (isEmpty && !isTaking) break
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    if (failure !== undefined) throw failure.thrown
  } finally {
    isLeft = true
    started.forEach(drop)
    if (!isEmpty) await source.return?.()
  }
}
