/** Keeps a few of many things, spread evenly over them, however many there will be. */
export interface SpreadSample<Thing> {
  add(thing: Thing): void
  readonly things: readonly Thing[]
}

/** Starts a sample of so many things at most; the first is always among them. */
export function spreadSample<Thing>(most: number): SpreadSample<Thing> {
  let kept: Thing[] = []
  let step = 1
  let seen = 0
  return {
    add(thing) {
      if (seen % step === 0 && most > 0) kept.push(thing)
      seen += 1
      if (kept.length < most * 2 || most === 0) return
      // Twice as many as are wanted: every second one stays, and so it goes on.
      kept = kept.filter((_, index) => index % 2 === 0)
      step *= 2
    },
    get things() {
      if (kept.length <= most) return kept
      return Array.from(
        { length: most },
        (_, index) => kept[Math.floor((index * kept.length) / most)] as Thing,
      )
    },
  }
}
