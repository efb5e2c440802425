/** How many objects of a job were done at one moment. */
export interface Look {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Labeled and failed objects. */
  readonly done: number
}

/** Between which moments a job ends if it goes on as in the last hours. */
export interface Estimate {
  readonly earliest: Date
  readonly latest: Date
}

const HOUR = 3_600_000
const WINDOW = 6 * HOUR
const SHORTEST = HOUR / 2
const FARTHEST = 24 * HOUR
/** Fewer objects say nothing of a speed: their number alone varies by half. */
const FEWEST = 16

/** Keeps the looks of the last hours. */
export function keepLooks(looks: readonly Look[], look: Look): readonly Look[] {
  return [...looks.filter(({ at }) => at >= look.at - WINDOW && at < look.at), look]
}

/**
 * Says between which moments what is left will be done, at the slowest and at the fastest speed that the last hours
 * allow: over all of them and over each half, more or less what the number of objects varies by chance. `undefined`
 * when they are too few, when work has slowed down to nothing, and beyond a day, where nights and weekends count.
 */
export function estimateEnd(looks: readonly Look[], left: number): Estimate | undefined {
  const [first, last] = [looks[0], looks.at(-1)]
  if (first === undefined || last === undefined || left <= 0) return undefined
  if (last.at - first.at < SHORTEST || last.done - first.done < FEWEST) return undefined
  const middle = looks.find(({ at }) => at >= (first.at + last.at) / 2) ?? last
  const speeds = [speedOf(first, last), speedOf(first, middle), speedOf(middle, last)].filter(
    (speed) => speed !== undefined,
  )
  const chance = 2 / Math.sqrt(last.done - first.done)
  const slowest = Math.min(...speeds) * (1 - chance)
  const fastest = Math.max(...speeds) * (1 + chance)
  if (!(slowest > 0) || left / slowest > FARTHEST) return undefined
  return Object.freeze({
    earliest: new Date(last.at + Math.round(left / fastest)),
    latest: new Date(last.at + Math.round(left / slowest)),
  })
}

function speedOf(from: Look, to: Look): number | undefined {
  return to.at > from.at ? (to.done - from.done) / (to.at - from.at) : undefined
}
