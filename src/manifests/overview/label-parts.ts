import type { CallOptions } from '../../aws/aws.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import type { LabeledObject } from '../read/label.js'
import { countMask } from './count-mask.js'

/** What a label comes to: how often it gives each class, with which confidences, and how large its image is. */
export interface LabelParts {
  readonly classes: Iterable<string>
  readonly confidences: Iterable<number | undefined>
  readonly size?: string
}

/** What stands for a class that the line has no name for. */
export const UNNAMED = '(unnamed)'

/** Gives what a label comes to, as far as its line tells. */
export function partsOfLine(label: LabeledObject): LabelParts {
  if ('boxes' in label) {
    const { boxes, imageSize } = label
    return { ...partsOf(boxes), ...(imageSize && { size: `${imageSize.width}x${imageSize.height}` }) }
  }
  if ('cuboids' in label) return partsOf(label.cuboids)
  if ('entities' in label) return partsOf(label.entities)
  if ('classes' in label) return partsOf(label.classes)
  const confidences = [label.confidence]
  if ('classMap' in label) return { classes: Object.values(label.classMap), confidences }
  if ('className' in label) return { classes: [label.className ?? UNNAMED], confidences }
  return { classes: [], confidences }
}

/** A label that keeps what it says in an object of its own. */
export type LabelWithFile = Extract<LabeledObject, { readonly mask: unknown } | { readonly frames: unknown }>

/** Tells whether a label keeps what it says in an object of its own. */
export function hasFile(label: LabeledObject): label is LabelWithFile {
  return 'mask' in label || 'frames' in label
}

/** Fetches what a label says; what its line tells, where the manifest was read without a connection. */
export async function fetchParts(label: LabelWithFile, options: CallOptions): Promise<LabelParts> {
  try {
    return 'mask' in label ? await partsOfMask(label, options) : await partsOfFrames(label, options)
  } catch (thrown) {
    if (isNoConnection(thrown)) return partsOfLine(label)
    throw thrown
  }
}

/** Tells whether a file could not be asked for, since its manifest was read without a connection. */
export function isNoConnection(thrown: unknown): boolean {
  return isLabelingJobError(thrown, 'refused-call')
}

async function partsOfMask(
  label: Extract<LabelWithFile, { readonly mask: unknown }>,
  options: CallOptions,
): Promise<LabelParts> {
  const { byClass, size } = await countMask(label, options)
  return {
    classes: [...byClass.keys()].map((id) => label.colorMap[id]?.className ?? UNNAMED),
    confidences: [label.confidence],
    ...(size !== undefined && { size }),
  }
}

async function partsOfFrames(
  label: Extract<LabelWithFile, { readonly frames: unknown }>,
  options: CallOptions,
): Promise<LabelParts> {
  const classes: string[] = []
  const confidences: (number | undefined)[] = []
  for await (const { objects } of label.frames(options)) {
    for (const { className, confidence } of objects) {
      classes.push(className ?? UNNAMED)
      if (confidence !== undefined) confidences.push(confidence)
    }
  }
  return { classes, confidences }
}

interface Part {
  readonly className: string | undefined
  readonly confidence: number | undefined
}

function partsOf(parts: readonly Part[]): LabelParts {
  return {
    classes: parts.map((part) => part.className ?? UNNAMED),
    confidences: parts.map((part) => part.confidence),
  }
}
