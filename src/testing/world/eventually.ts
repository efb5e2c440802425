/** A value that readers see some time after it was written, as AWS's eventually consistent stores have it. */
export class Eventually<Value> {
  readonly #writes: { readonly value: Value; readonly visibleFrom: number }[]

  constructor(value: Value) {
    this.#writes = [{ value, visibleFrom: Number.NEGATIVE_INFINITY }]
  }

  /** Replaces the value; readers see it from the given moment on. */
  write(value: Value, visibleFrom: Date): void {
    this.#writes.push({ value, visibleFrom: visibleFrom.getTime() })
  }

  /** What a reader sees at the given moment. */
  at(now: Date): Value {
    const seen = this.#writes.findLast((write) => write.visibleFrom <= now.getTime())
    return (seen ?? (this.#writes[0] as { value: Value })).value
  }

  /** What was written last, seen or not. */
  get latest(): Value {
    return (this.#writes.at(-1) as { value: Value }).value
  }
}
