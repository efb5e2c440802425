import { GrowingBytes } from '../manifests/write/growing-bytes.js'

/** The text of an array of JSON, an element at a time: as objects they would take several times as much memory. */
export class JsonArray {
  readonly #text = new GrowingBytes()

  add(element: object): void {
    this.#text.append(`${this.#text.length === 0 ? '[\n' : ',\n'}${JSON.stringify(element)}`)
  }

  end(): Uint8Array {
    this.#text.append(this.#text.length === 0 ? '[]' : '\n]')
    return this.#text.whole()
  }
}
