/** Runs tasks as they are given, so many at once at most, and fewer while AWS throttles. */
export interface AdaptiveLimit {
  run<Answer>(task: () => Promise<Answer>): Promise<Answer>
  /** Tells that AWS throttled a call: half as many run from now on, and one more after each round without. */
  throttled(): void
}

/** Makes a limit that starts at the most. */
export function adaptiveLimit(most: number): AdaptiveLimit {
  let limit = most
  let running = 0
  const waiting: (() => void)[] = []
  const wake = () => {
    for (let free = Math.floor(limit) - running; free > 0 && waiting.length > 0; free--) {
      running++
      waiting.shift()?.()
    }
  }
  return {
    async run(task) {
      if (running < Math.floor(limit) && waiting.length === 0) running++
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await task()
      } finally {
        running--
        limit = Math.min(most, limit + 1 / limit)
        wake()
      }
    },
    throttled() {
      limit = Math.max(1, limit / 2)
    },
  }
}
