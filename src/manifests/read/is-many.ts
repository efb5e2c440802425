import { givenNo } from '../../errors/refused-call.js'

/** Tells whether a value is an object that a `for await` loop goes through: no string, nothing missing, no promise. */
export function isMany(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  )
}

/**
 * Refuses what are no labels, for callers without a type checker.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseNoLabels(call: string, labels: unknown): void {
  if (isMany(labels)) return
  throw givenNo(
    call,
    'labels: give what readLabels() yields, or what labels() or lines() of a job gives',
    labels,
  )
}
