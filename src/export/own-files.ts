import { readAnew } from '../manifests/read/read-anew.js'
import type { ExportFile, Files } from './export-file.js'

/** The files of an export as a folder may hold them from before. */
export interface OwnFiles {
  /** What their paths begin with. */
  readonly prefix: string
  readonly pattern: RegExp
  /** The paths of those that are made now; `undefined` where that would use the labels up. */
  readonly paths: (() => AsyncIterable<string> | Iterable<string>) | undefined
  /** Why others must not stay beside them. Default: after another split parts would share objects. */
  readonly because?: string
}

const OWN = new WeakMap<object, OwnFiles>()

/** Makes the files of an export, begun anew by each loop, and keeps which files are its own. */
export function makeFiles(open: () => AsyncGenerator<ExportFile, void>, own: OwnFiles): Files {
  const files = readAnew(open, 'files')
  OWN.set(files, own)
  return files
}

/** Tells which files are an export's own; of files that no export made, nothing is known. */
export function ownFilesOf(files: object): OwnFiles | undefined {
  return OWN.get(files)
}
