/**
 * Puts things into batches as they come. A batch that is not full is given once the next thing is late, so that nothing
 * waits for what may never come.
 *
 * @param linger Waits for as long as the next thing may take, or until its signal is aborted.
 */
export async function* inBatches<Thing>(
  things: AsyncIterable<Thing>,
  most: number,
  linger: (signal: AbortSignal) => Promise<void>,
): AsyncGenerator<readonly Thing[], void> {
  const source = things[Symbol.asyncIterator]()
  let batch: Thing[] = []
  let isOver = false
  try {
    let next = source.next()
    while (!isOver) {
      if (batch.length === most || (batch.length > 0 && (await isLate(next, linger)))) {
        yield batch
        batch = []
      }
      const { done, value } = await next
      if (done) isOver = true
      else {
        batch.push(value)
        next = source.next()
      }
    }
    if (batch.length > 0) yield batch
  } finally {
    if (!isOver) await source.return?.()
  }
}

/** Tells whether something has not come although it was waited for. */
async function isLate(
  next: Promise<unknown>,
  linger: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const came = next.then(
    () => false,
    () => false,
  )
  // What is in memory comes before a timer of nothing.
  const later = new Promise<true>((resolve) => setTimeout(resolve, 0, true))
  if (!(await Promise.race([came, later]))) return false
  const stop = new AbortController()
  const late = linger(stop.signal).then(
    () => true,
    () => false,
  )
  const answer = await Promise.race([came, late])
  stop.abort()
  return answer
}
