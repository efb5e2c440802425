import { makeShown, type Shown } from '../show/shown.js'
import type { CallOptions } from './aws.js'

/** Options of whatever takes long. */
export interface ProgressOptions<Progress> extends CallOptions {
  /** Hears how far it is. It is awaited, and what it throws ends the work. */
  readonly onProgress?: (progress: Progress) => unknown
}

/** Options of whatever is done to many things. */
export interface ManyOptions<Progress = ManyProgress> extends ProgressOptions<Progress> {
  /** How many are in work at once, at most; fewer while AWS throttles. */
  readonly concurrency?: number
}

/** How far the work on many things is. */
export interface ManyProgress extends Shown<object> {
  /** How many things there are, once that is known. */
  readonly total?: number
  /** How many things came to which end. */
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Counts the things that are done, by how they ended.
 *
 * @param noun What is counted, in the plural: `jobs`.
 */
export function makeManyProgress(
  noun: string,
  counts: Readonly<Record<string, number>>,
  total?: number,
): ManyProgress {
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const ends = Object.entries(counts).map(([end, count]) => `${end}: ${count}`)
  return makeShown(
    { counts: Object.freeze({ ...counts }), ...(total !== undefined && { total }) },
    {
      text: () =>
        [`${noun}: ${total === undefined ? done : `${done} of ${total}`}`, ends.join(', ')]
          .filter(Boolean)
          .join('; '),
    },
  )
}
