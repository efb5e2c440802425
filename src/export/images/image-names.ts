import { hashText } from '../../names/hash-of.js'
import { isS3Uri, parseS3Uri } from '../../names/s3-uri.js'
import { foldPath, safePath, splitExtension } from './path-parts.js'

/**
 * Gives an image its path in an export, a new one each time.
 *
 * @param identity What tells the image from others; where it is left out, its source does.
 */
export type NameImage = (source: string, identity?: string) => string

/**
 * Names images after the keys of their objects, folders included: two folders may each have a `1.jpg`. Where two images
 * would still share a name, or a name but for its extension or for capital letters (formats put labels in files named
 * after images, and not every disk tells `A` from `a`), the later one gets the hash of its source. So does a folder that
 * is called like an image before it, or like the text beside that: of `a.jpg` and `a.txt/1.jpg`, which are two objects
 * in S3, a disk can hold but one.
 *
 * @param avoided Names that no folder may have; it gets an underscore.
 */
export function makeImageNames(avoided: readonly string[] = []): NameImage {
  /** The names given, without their extensions, and those. */
  const extensions = new Map<string, string>()
  const folders = new Set<string>()
  const isFile = (path: string) => {
    const { stem, extension } = splitExtension(path)
    const own = extensions.get(stem)
    return own !== undefined && (extension === own || extension === '.txt')
  }
  const folderOf = (steps: readonly string[]) => {
    let folder = ''
    for (const step of steps) {
      const wanted = folder + (avoided.includes(step) ? `${step}_` : step)
      folder = firstFree(wanted, wanted, (path) => folders.has(foldPath(path)) || !isFile(foldPath(path)))
      folders.add(foldPath(folder))
      folder += '/'
    }
    return folder
  }
  return (source) => {
    const steps = safePath(isS3Uri(source) ? parseS3Uri(source).key : source).split('/')
    const { stem, extension } = splitExtension(steps.at(-1) as string)
    const isFolder = (path: string) => folders.has(foldPath(path))
    const free = firstFree(
      folderOf(steps.slice(0, -1)) + stem,
      source,
      (path) => !(extensions.has(foldPath(path)) || isFolder(path + extension) || isFolder(`${path}.txt`)),
    )
    extensions.set(foldPath(free), foldPath(extension))
    return free + extension
  }
}

function firstFree(wanted: string, hashed: string, isFree: (path: string) => boolean): string {
  let free = wanted
  for (let round = 0; !isFree(free); round += 1) {
    const hash = hashText(hashed)
    free = `${wanted}-${hash}${round === 0 ? '' : `-${round + 1}`}`
  }
  return free
}

/** Gives an image its path in an export, the same each time it comes. */
export function rememberNames(nameOf: NameImage = makeImageNames()): NameImage {
  const names = new Map<string, string>()
  return (source, identity = source) => {
    const name = names.get(identity) ?? nameOf(source)
    names.set(identity, name)
    return name
  }
}
