/**
 * Text as bytes: a file may be longer than a string can be. Pieces that are joined at the end would take half as much
 * memory again.
 */
export class GrowingBytes {
  readonly #encoder = new TextEncoder()
  #bytes = new Uint8Array(1 << 16)
  length = 0

  append(text: string): void {
    this.#makeRoom(text.length * 3)
    this.length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.length)).written
  }

  appendBytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  whole(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }

  #makeRoom(most: number): void {
    const longest = this.length + most
    if (longest <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(longest, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
