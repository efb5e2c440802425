import { onAbort } from '../aws/abort.js'
import { eachAsItComes } from '../aws/each-as-it-comes.js'
import { type ManyOptions, makeManyProgress } from '../aws/many.js'
import type { SlowDown } from '../aws/pace.js'

/** Works on each of many jobs, tells how far it is, and gives what became of each as it comes. */
export async function* eachJob<Job, Result extends { readonly status: string }>(
  jobs: Iterable<Job> | AsyncIterable<Job>,
  { concurrency = 4, signal, onProgress }: ManyOptions,
  work: (job: Job, place: number, slowDown: SlowDown) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const counts: Record<string, number> = {}
  const total = sizeOf(jobs)
  let place = 0
  const results = eachAsItComes(takenUntilAborted(jobs, signal), concurrency, (job, slowDown) =>
    work(job, place++, slowDown),
  )
  for await (const result of results) {
    counts[result.status] = (counts[result.status] ?? 0) + 1
    await onProgress?.(makeManyProgress('jobs', counts, total))
    yield result
  }
}

/** How many things there are in a list or a set; of others that is not known before the loop. */
export function sizeOf(things: object): number | undefined {
  const { length, size } = things as { readonly length?: unknown; readonly size?: unknown }
  return [length, size].find((count) => typeof count === 'number') as number | undefined
}

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
