import type { CallOptions } from '../../aws/aws.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import type { LabeledObject } from '../read/label.js'
import { countMask } from './count-mask.js'

/** Hears what a label comes to: how often it gives each class, with which confidences, and how large its image is. */
export interface LabelTally {
  /** `undefined` where the line has no name for the class. */
  addClass(name: string | undefined): void
  /** `undefined` where it is not known. */
  addConfidence(confidence: number | undefined): void
  addSize(width: number, height: number): void
  /** Parts of frames that cannot be read. */
  addUnreadable(parts: number): void
  /** Pixels whose color, which is to be seen, is of no class or of several. */
  addUnknownPixels(pixels: number): void
}

/** Tells what a label comes to, as far as its line tells. */
export function tallyLine(label: LabeledObject, tally: LabelTally): void {
  if ('boxes' in label) {
    tallyParts(label.boxes, tally)
    if (label.imageSize !== undefined) tally.addSize(label.imageSize.width, label.imageSize.height)
  } else if ('cuboids' in label) tallyParts(label.cuboids, tally)
  else if ('entities' in label) tallyParts(label.entities, tally)
  else if ('classes' in label) tallyParts(label.classes, tally)
  else {
    tally.addConfidence(label.confidence)
    if ('classMap' in label) Object.values(label.classMap).forEach((name) => void tally.addClass(name))
    else if ('className' in label) tally.addClass(label.className)
  }
}

/** A label that keeps what it says in an object of its own. */
export type LabelWithFile = Extract<LabeledObject, { readonly mask: unknown } | { readonly frames: unknown }>

/** Tells whether a label keeps what it says in an object of its own. */
export function hasFile(label: LabeledObject): label is LabelWithFile {
  return 'mask' in label || 'frames' in label
}

/** Tells what a label comes to, from its file; from its line, where the manifest was read without a connection. */
export async function tallyFile(
  label: LabelWithFile,
  tally: LabelTally,
  options: CallOptions,
): Promise<void> {
  try {
    await ('mask' in label ? tallyMask(label, tally, options) : tallyFrames(label, tally, options))
  } catch (thrown) {
    if (!isNoConnection(thrown)) throw thrown
    tallyLine(label, tally)
  }
}

/** Tells whether a file could not be asked for, since its manifest was read without a connection. */
export function isNoConnection(thrown: unknown): boolean {
  return isLabelingJobError(thrown, 'refused-call')
}

async function tallyMask(
  label: Extract<LabelWithFile, { readonly mask: unknown }>,
  tally: LabelTally,
  options: CallOptions,
): Promise<void> {
  const { byClass, size, unknownPixels } = await countMask(label, options)
  for (const id of byClass.keys()) tally.addClass(label.colorMap[id]?.className)
  tally.addConfidence(label.confidence)
  if (size !== undefined) tally.addSize(size.width, size.height)
  tally.addUnknownPixels(unknownPixels)
}

async function tallyFrames(
  label: Extract<LabelWithFile, { readonly frames: unknown }>,
  tally: LabelTally,
  options: CallOptions,
): Promise<void> {
  for await (const { objects, unreadable } of label.frames(options)) {
    tallyParts(objects, tally)
    tally.addUnreadable(unreadable.length)
  }
}

interface Part {
  readonly className: string | undefined
  readonly confidence: number | undefined
}

function tallyParts(parts: readonly Part[], tally: LabelTally): void {
  for (const { className, confidence } of parts) {
    tally.addClass(className)
    tally.addConfidence(confidence)
  }
}
