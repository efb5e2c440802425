import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { RefusedCallData } from '../../errors/refused-call.js'

/** Iterators that a call of ours has gone through. */
const TAKEN = new WeakSet<object>()

/**
 * Gives what an iterable gives. An iterator, such as a generator, gives its items once: one that was gone through before
 * and has none left is refused, since nothing would pass for everything.
 *
 * @param what What cannot be done.
 * @param fix What to give in its place.
 * @throws LabelingJobError `refused-call`
 */
export function unlessUsedUp<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { call, what, fix = LABELS_FIX }: { readonly call: string; readonly what: string; readonly fix?: string },
): AsyncIterable<Item> | Iterable<Item> {
  if (!('next' in items)) return items
  if (TAKEN.has(items)) return theRestOf(items, () => usedUp(call, what, fix))
  TAKEN.add(items)
  return items
}

const LABELS_FIX =
  'Give what readLabels() or labels() gave, which begins anew each time, or an array of its labels'

async function* theRestOf<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  refusal: () => Error,
): AsyncGenerator<Item, void> {
  let isEmpty = true
  for await (const item of items as AsyncIterable<Item>) {
    isEmpty = false
    yield item
  }
  if (isEmpty) throw refusal()
}

function usedUp(call: string, what: string, fix: string): LabelingJobError<'refused-call', RefusedCallData> {
  return new LabelingJobError({
    code: 'refused-call',
    what,
    why: 'what it was given was read before: a generator gives its items once, and has none left',
    fix,
    data: { call },
  })
}
