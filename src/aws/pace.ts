/** Says that AWS throttles: fewer things are worked on at once from here on, until some have gone well. */
export type SlowDown = () => void

/** One thing in work. */
interface Step {
  readonly slowDown: SlowDown
  /** Says that it has come to its end. */
  end(): void
}

/** How many things may be in work at once: half as many after AWS throttled, one more each time as many went well. */
export class Pace {
  readonly #most: number
  #allowed: number
  #goneWell = 0
  #throttledRound = 0

  constructor(most: number) {
    this.#most = most
    this.#allowed = most
  }

  get allowed(): number {
    return this.#allowed
  }

  begin(): Step {
    const round = this.#throttledRound
    return {
      slowDown: () => {
        // What was sent before the last slowing down says nothing of the pace since.
        if (round !== this.#throttledRound) return
        this.#throttledRound++
        this.#goneWell = 0
        this.#allowed = Math.max(1, Math.floor(this.#allowed / 2))
      },
      end: () => {
        if (round !== this.#throttledRound || ++this.#goneWell < this.#allowed) return
        this.#goneWell = 0
        this.#allowed = Math.min(this.#most, this.#allowed + 1)
      },
    }
  }
}
