import type { Address } from './address.js'
import { spreadSample } from './spread-sample.js'

/** How many things of a kind there are in S3, and some of them. */
export interface Gathered {
  readonly count: number
  readonly sample: readonly Address[]
}

/** Counts addresses as they come, and keeps so many of them at most; what is no address is passed over. */
export function gather(most: number) {
  const sample = spreadSample<Address>(most)
  let count = 0
  return {
    add(address: Address | undefined): void {
      if (address === undefined) return
      count += 1
      sample.add(address)
    },
    gathered: (): Gathered => ({ count, sample: sample.things }),
  }
}

/** Puts together what was gathered in several places. */
export function gatheredOf(all: readonly Gathered[]): Gathered {
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    sample: all.flatMap(({ sample }) => sample),
  }
}
