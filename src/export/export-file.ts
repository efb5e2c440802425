/** A file of an export. */
export interface ExportFile {
  /** Where it belongs below the folder of the export, with `/` between folders. */
  readonly path: string
  /**
   * Its text, or the UTF-8 bytes of a text that may be longer than JavaScript's strings can be (half a gigabyte).
   * `Buffer.from(content).toString()` gives the text of either.
   */
  readonly content: string | Uint8Array
}

/** The files of an export, made one after the other as they are asked for, and anew by each loop. */
export type Files = AsyncIterable<ExportFile>
