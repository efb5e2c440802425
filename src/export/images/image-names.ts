import { isS3Uri, parseS3Uri } from '../../names/s3-uri.js'
import { hashOf } from '../options/split.js'

/** Gives an image its path in an export, a new one each time. */
export type NameImage = (source: string) => string

/**
 * Names images after the keys of their objects, folders included: two folders may each have a `1.jpg`. Where two images
 * would still share a name, or a name but for its extension or for capital letters (formats put labels in files named
 * after images, and not every disk tells `A` from `a`), the later one gets the hash of its source.
 */
export function makeImageNames(): NameImage {
  const taken = new Set<string>()
  return (source) => {
    const { stem, extension } = splitExtension(safePath(isS3Uri(source) ? parseS3Uri(source).key : source))
    let free = stem
    for (let round = 0; taken.has(free.toLowerCase()); round += 1) {
      const hash = hashOf(source).toString(16).padStart(8, '0')
      free = `${stem}-${hash}${round === 0 ? '' : `-${round + 1}`}`
    }
    taken.add(free.toLowerCase())
    return free + extension
  }
}

/** Gives an image its path in an export, the same each time it comes. */
export function rememberNames(nameOf: NameImage = makeImageNames()): NameImage {
  const names = new Map<string, string>()
  return (source) => {
    const name = names.get(source) ?? nameOf(source)
    names.set(source, name)
    return name
  }
}

/** Parts a path from the extension of its file; an extension begins with its point. */
export function splitExtension(path: string): { readonly stem: string; readonly extension: string } {
  const point = path.lastIndexOf('.')
  const end = point > path.lastIndexOf('/') ? point : path.length
  return { stem: path.slice(0, end), extension: path.slice(end) }
}

/**
 * Keys may have what a path cannot, and steps that lead out of a folder. Points at the ends of a step go as well: readers
 * take what begins with one for hidden, or for an extension without a name, and Windows drops those at the end.
 */
function safePath(key: string): string {
  const steps = key.split('/').map((step) => {
    const safe = step.replaceAll(UNSAFE, '_').replace(/^\./, '_').replace(/\.$/, '_')
    return safe === '' ? '_' : safe
  })
  return steps.join('/')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file may have them
const UNSAFE = /[\u0000-\u001f\u007f\\:*?"<>|]/g
