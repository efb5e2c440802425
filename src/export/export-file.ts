/** A file of an export. */
export interface ExportFile {
  /** Where it belongs below the folder of the export, with `/` between folders. */
  readonly path: string
  readonly content: string | Uint8Array
}

/** The files of an export, made one after the other as they are asked for, and anew by each loop. */
export type Files = AsyncIterable<ExportFile>
