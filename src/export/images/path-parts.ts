import { hashText } from '../../names/hash-of.js'

/** Gives two paths that a disk may take for one the same text: not every disk tells capital letters, or how an accent is written. */
export function foldPath(path: string): string {
  return path.toLowerCase().normalize()
}

/** Parts a path from the extension of its file; an extension begins with its point. */
export function splitExtension(path: string): { readonly stem: string; readonly extension: string } {
  const point = path.lastIndexOf('.')
  const end = point > path.lastIndexOf('/') ? point : path.length
  return { stem: path.slice(0, end), extension: path.slice(end) }
}

/**
 * Gives a path that any system can hold below a folder. Keys may have what a path cannot, and steps that lead out of a
 * folder. Points at the ends of a step go as well: readers take what begins with one for hidden, or for an extension
 * without a name, and Windows drops those at the end, as it does spaces. A step that is too long for a disk is cut, and
 * gets the hash of the whole.
 */
export function safePath(key: string): string {
  const steps = key.split('/').map((step) => {
    const safe = step.replaceAll(UNSAFE, '_').replace(/^\./, '_').replace(/[. ]$/, '_')
    if (safe === '') return '_'
    return cut(OF_WINDOWS.test(safe) ? `_${safe}` : safe)
  })
  return steps.join('/')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file may have them
const UNSAFE = /[\u0000-\u001f\u007f\\:*?"<>|\p{Cs}]/gu
const OF_WINDOWS = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** Disks take names of 255 bytes; the rest is for what is put behind. */
const LONGEST_STEP = 200

const encoder = /* @__PURE__ */ new TextEncoder()

function cut(step: string): string {
  const lengthOf = (text: string) => encoder.encode(text).length
  // No unit of JavaScript's text is more than three bytes.
  if (step.length * 3 <= LONGEST_STEP || lengthOf(step) <= LONGEST_STEP) return step
  const { stem, extension } = splitExtension(step)
  const end = `-${hashText(step)}${lengthOf(extension) > 16 ? '' : extension}`
  let kept = ''
  for (const character of lengthOf(extension) > 16 ? step : stem) {
    if (lengthOf(kept + character) + end.length > LONGEST_STEP) break
    kept += character
  }
  return kept + end
}
