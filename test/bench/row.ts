/** One line of the table of measures. */
export interface Row {
  readonly measure: string
  readonly value: string
  readonly budget: string
  /** Whether the budget is kept; absent for a figure without one. */
  readonly kept?: boolean
}

/** Gives the smallest of several times: what a busy machine adds to a time is never negative. */
export function shortest(times: readonly number[]): number {
  return Math.min(...times)
}

/** The microseconds of processor time that this process has used: unlike the clock, it stands still while others run. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
