import { type LineStream, makeLiveLine } from './live-line.js'

/** How far something is, as `onProgress` hears of it. */
export interface ShownProgress {
  toString(): string
  /** Of one job. */
  readonly status?: string
  readonly counters?: object
  readonly stalled?: boolean
  /** Of many things. */
  readonly counts?: Readonly<Record<string, number>>
  readonly total?: number
}

/** See the function of the same name in on-demand.ts, which users call. */
export function showProgress(stream?: LineStream): (progress: ShownProgress) => Promise<void> {
  const show = makeLiveLine(stream)
  return (progress) => {
    const { status, counters, stalled, counts, total } = progress
    const done = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)
    return show({
      text: String(progress),
      // The time that went by is no change.
      change: JSON.stringify([status, counters, stalled, counts, total]),
      isLast: counts === undefined ? /^(?:Completed|Failed|Stopped)$/.test(status ?? '') : done === total,
      isFast: counts !== undefined,
    })
  }
}
