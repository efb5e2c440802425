import { formatValue } from '../../errors/format-value.js'
import { givenNo, refusedCall } from '../../errors/refused-call.js'

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
  throw givenNo(call, `labels: ${LABELS_FIX}`, labels)
}

const LABELS_FIX = 'give what readLabels() yields, or what labels() or lines() of a job gives'
const STATES: ReadonlySet<unknown> = new Set(['labeled', 'failed', 'unlabeled', 'unreadable'])

/**
 * Refuses one of many labels that is none, such as the text of a line or a row, of which nothing would be made.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseNoLabel(call: string, label: unknown): void {
  if (STATES.has((label as { readonly status?: unknown } | undefined | null)?.status)) return
  const what = typeof label === 'string' ? 'a text' : formatValue(label)
  throw refusedCall(call, `among what it was given is ${what}, which is no label: ${LABELS_FIX}`)
}
