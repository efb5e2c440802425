import { withCommas } from '../../errors/printable.js'
import type { LookedAtObject } from './look-at-object.js'
import type { ObjectCount, ProvenObject, Unreadable } from './proof.js'

const ORDER: readonly ProvenObject['standing'][] = [
  'not-kms',
  'aws-key',
  'another-key',
  'unreadable',
  'expected',
]

/** Counts objects and keeps a few by name: what it needs does not grow with their number. */
export class ObjectTally {
  /** Objects so far, by standing. */
  readonly byStanding: Record<ProvenObject['standing'], number> = {
    expected: 0,
    'aws-key': 0,
    'another-key': 0,
    'not-kms': 0,
    unreadable: 0,
  }
  readonly exceptions: ProvenObject[] = []
  /** Whether S3 refused in words that may also mean credentials which have run out. */
  refused = false
  readonly #most: number
  readonly #counts = new Map<string, { count: number; bytes: number; readonly object: ProvenObject }>()
  readonly #reasons = new Map<string, { count: number; readonly first: string }>()

  /** @param most How many objects that are not as expected are kept by name. */
  constructor(most: number) {
    this.#most = most
  }

  add({ object, why, status }: LookedAtObject): void {
    const { standing, keyArn = '', bytes, uri } = object
    this.byStanding[standing]++
    const group = `${standing} ${keyArn}`
    const counted = this.#counts.get(group)
    if (counted === undefined) this.#counts.set(group, { count: 1, bytes, object })
    else {
      counted.count++
      counted.bytes += bytes
    }
    if (standing !== 'expected' && this.exceptions.length < this.#most) this.exceptions.push(object)
    if (why === undefined) return
    if (status === 400 || status === 403) this.refused = true
    const reason = this.#reasons.get(why)
    if (reason === undefined) this.#reasons.set(why, { count: 1, first: uri })
    else reason.count++
  }

  /** All objects so far. */
  get total(): number {
    return Object.values(this.byStanding).reduce((sum, count) => sum + count, 0)
  }

  /** The objects by standing and key, what is wrong first. */
  counts(): readonly ObjectCount[] {
    return [...this.#counts.values()]
      .map(({ count, bytes, object: { standing, keyArn } }) => ({
        standing,
        ...(keyArn !== undefined && { keyArn }),
        count,
        bytes,
      }))
      .sort(
        (one, other) =>
          ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing) || other.count - one.count,
      )
  }

  /** What stood in the way of reading objects, each reason once. */
  unreadable(): readonly Unreadable[] {
    return [...this.#reasons].map(([why, { count, first }]) => ({
      what: count === 1 ? first : `${withCommas(count)} objects, for instance ${first}`,
      why,
    }))
  }
}
