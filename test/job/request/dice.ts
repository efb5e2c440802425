/** Random choices that a seed repeats. */
export interface Dice {
  /** A whole number from `min` to `max`, both included; the two ends come up more often than the rest. */
  integer(min: number, max: number): number
  /** `true` with the given probability. */
  chance(probability: number): boolean
  /** One of the values. */
  pick<Value>(values: readonly Value[]): Value
  /** `count` different ones of the values. */
  sample<Value>(values: readonly Value[], count: number): Value[]
  /** A text of `min` to `max` characters of the alphabet. */
  text(alphabet: string, min: number, max: number): string
  /** The value with probability a half, or else nothing: spread it into an object. */
  maybe<Part extends object>(make: () => Part): Part | Record<never, never>
}

/** Makes dice for a seed. */
export function diceOf(seed: number): Dice {
  const next = mulberry32(seed)
  const within = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const dice: Dice = {
    integer(min, max) {
      const side = next()
      if (side < 0.1) return min
      return side < 0.2 ? max : within(min, max)
    },
    chance: (probability) => next() < probability,
    pick: (values) => values[within(0, values.length - 1)] as (typeof values)[number],
    sample(values, count) {
      const left = [...values]
      return Array.from({ length: count }, () => left.splice(within(0, left.length - 1), 1)).flat()
    },
    text(alphabet, min, max) {
      const characters = [...alphabet]
      let text = ''
      // A loop of its own: texts are most of what a random request is made of.
      for (let left = dice.integer(min, max); left > 0; left--)
        text += characters[Math.floor(next() * characters.length)]
      return text
    },
    maybe: (make) => (next() < 0.5 ? make() : {}),
  }
  return dice
}

// Small, fast, and good enough to spread cases; nothing here needs secrecy.
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
