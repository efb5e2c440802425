import type { Clock } from '../../aws/aws.js'

/** A clock that moves only when told to: `sleep` moves it at once, so nothing that waits really waits. */
export interface FakeClock extends Clock {
  /** Moves the time forward; labeling jobs go on accordingly. */
  advance(milliseconds: number): void
}

/** Makes a clock that stands at `start` and calls `moved` whenever its time has changed. */
export function makeClock(start: Date, moved: () => void): FakeClock {
  let now = start.getTime()
  const advance = (milliseconds: number) => {
    if (!(milliseconds >= 0)) throw new RangeError(`A clock cannot move by ${milliseconds} ms`)
    now += milliseconds
    moved()
  }
  return {
    now: () => new Date(now),
    advance,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      advance(milliseconds)
      await Promise.resolve()
      signal?.throwIfAborted()
    },
  }
}
