/**
 * Starts work on things before its turn comes, so many at once at most, and gives what was started in the order of the
 * things. What the source throws comes in its turn. Whoever leaves early says with `drop` what becomes of the rest.
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
  let isEmpty = false
  try {
    for (;;) {
      while (!isEmpty && started.length < most) {
        try {
          const next = await source.next()
          if (next.done === true) isEmpty = true
          else started.push(start(next.value))
        } catch (thrown) {
          failure = { thrown }
          isEmpty = true
        }
      }
      if (started.length === 0) break
      yield started.shift() as Started
    }
    if (failure !== undefined) throw failure.thrown
  } finally {
    started.forEach(drop)
    if (!isEmpty) await source.return?.()
  }
}
