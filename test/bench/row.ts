/** One line of the table of measures. */
export interface Row {
  readonly measure: string
  readonly value: string
  readonly budget: string
  /** Whether the budget is kept; absent for a figure without one. */
  readonly kept?: boolean
}

/** Gives the middle of several figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
