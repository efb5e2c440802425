import { aborted, throwIfAborted, untilAborted } from '../../aws/abort.js'

/**
 * Gives what an iterable gives, until a signal is aborted: also while the next item is awaited. Closes the iterable.
 *
 * @param what What cannot be done when the signal is aborted.
 * @throws LabelingJobError `aborted`
 */
export function endOnAbort<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal: AbortSignal | undefined,
  what: string,
): AsyncIterable<Item> | Iterable<Item> {
  return signal === undefined ? items : untilSignal(items, signal, what)
}

async function* untilSignal<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal: AbortSignal,
  what: string,
): AsyncGenerator<Item, void> {
  throwIfAborted(signal, what)
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  let isDone = false
  try {
    for (;;) {
      const next = await untilAborted(Promise.resolve(iterator.next()), signal)
      isDone = next.done === true
      if (next.done === true) return
      yield next.value
      throwIfAborted(signal, what)
    }
  } catch (thrown) {
    throw signal.aborted ? aborted(signal, { what }) : thrown
  } finally {
    const closing = isDone ? undefined : Promise.resolve(iterator.return?.())
    // What hangs would hang here as well.
    if (signal.aborted) closing?.catch(() => {})
    else await closing
  }
}
