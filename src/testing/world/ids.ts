import { createHash } from 'node:crypto'

/** Makes identifiers that look like AWS's and are the same in every run. */
export class Ids {
  #count = 0

  /** A UUID, as key ids and request ids have it. */
  uuid(): string {
    const hex = this.hex(32)
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }

  /** Lower-case hexadecimal digits; 64 at most. */
  hex(length: number): string {
    this.#count += 1
    return createHash('sha256').update(`labeling-job ${this.#count}`).digest('hex').slice(0, length)
  }

  /** A unique id of IAM: a prefix such as `AROA` and 17 letters and digits. */
  unique(prefix: string): string {
    const digits = BigInt(`0x${this.hex(32)}`)
      .toString(32)
      .toUpperCase()
    return `${prefix}${digits.padStart(17, 'A').slice(-17)}`
  }
}
