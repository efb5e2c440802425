import type { PlannedObject } from './reencryption-plan.js'

// S3 Standard in us-east-1, US dollars a request (S3 price list): orders of magnitude.
const WRITE = 0.005 / 1_000
const HEAD = 0.0004 / 1_000

/** Counts the requests that a plan takes, and their price: each object is looked at, changed, and looked at again. */
export function requestsAndCost(objects: readonly PlannedObject[]): {
  readonly requests: number
  readonly aboutUsd: number
} {
  const changed = objects.filter(({ how }) => how !== 'not-possible').length
  return { requests: changed * 3, aboutUsd: roundUp(changed * (WRITE + 2 * HEAD)) }
}

function roundUp(usd: number): number {
  return Math.ceil(usd * 10_000) / 10_000
}
