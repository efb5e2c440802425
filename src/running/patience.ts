/** How long one look at AWS may take. */
export interface Patience {
  /** Aborted with the caller's signal, and once the time is over. */
  readonly signal: AbortSignal
  readonly isOver: boolean
  /** Says that the look has ended. A timer that runs on would keep a program alive in some runtimes. */
  end(): void
}

/** Starts to wait for an answer: so many milliseconds of the machine's own time, whatever clock a connection has. */
export function startPatience(milliseconds: number, signal: AbortSignal | undefined): Patience {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new Error(`no answer in ${milliseconds} ms`)), milliseconds)
  return {
    signal: signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]),
    get isOver() {
      return over.signal.aborted
    },
    end: () => clearTimeout(timer),
  }
}
