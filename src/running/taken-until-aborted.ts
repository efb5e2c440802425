import { onAbort } from '../aws/abort.js'

/**
 * Gives what there is to take. A list is given to its end, so that each thing in it is told; from what comes with time
 * nothing more is taken once the signal is aborted, and nothing that has not come yet is waited for.
 */
export function takenUntilAborted<Thing>(
  things: Iterable<Thing> | AsyncIterable<Thing>,
  signal: AbortSignal | undefined,
): Iterable<Thing> | AsyncIterable<Thing> {
  if (signal === undefined || !(Symbol.asyncIterator in things)) return things
  return {
    [Symbol.asyncIterator]() {
      const source = things[Symbol.asyncIterator]()
      const over = { done: true, value: undefined } as const
      return {
        async next(): Promise<IteratorResult<Thing, undefined>> {
          if (signal.aborted) return end()
          let stop = () => {}
          const abortion = new Promise<typeof over>((resolve) => {
            const unregister = onAbort(signal, () => resolve(over))
            stop = () => void unregister()
          })
          try {
            const next = await Promise.race([source.next(), abortion])
            return next.done ? end(next === over) : next
          } finally {
            stop()
          }
        },
        async return() {
          return end()
        },
      }

      function end(isCut = true): typeof over {
        // Not awaited: a source that waits for its next thing ends only after that.
        if (isCut) void Promise.resolve(source.return?.()).catch(() => {})
        return over
      }
    },
  }
}
