import { asRecord, EMPTY_RECORD, type JsonRecord } from '../../json/loose-values.js'
import type { Class } from '../../manifests/frames/shapes.js'
import type { LabeledObject } from '../../manifests/read/label.js'
import { boxesObject } from './boxes-object.js'
import type { ManifestReader } from './manifest-reader.js'
import { spansObject } from './spans-object.js'

/**
 * Gives the line of a label as a service reads it: its source, its attribute and the metadata. Other attributes are left
 * out, since Rekognition would take each of them for a label as well. A text says why there is none.
 *
 * @param tell Hears of boxes and spans that are not as they were.
 */
export function manifestObject(
  reader: ManifestReader,
  label: LabeledObject,
  tell: (why: string) => void,
): JsonRecord | string {
  const { line, attribute } = label
  const metadata = asRecord(line[`${attribute}-metadata`]) ?? EMPTY_RECORD
  const source = sourceOf(line)
  if (reader === 'comprehend') {
    if (source['source'] === undefined)
      return 'its text is an object of its own, and Comprehend reads texts of the manifest'
    if (!('entities' in label))
      return { ...source, [attribute]: line[attribute], [`${attribute}-metadata`]: metadata }
  }
  if ('entities' in label) {
    const spans = spansObject(label, metadata, tell)
    return typeof spans === 'string' ? spans : { ...source, ...spans }
  }
  if (reader === 'rekognition') {
    const missing = missingFor(label)
    if (missing !== undefined) return `it does not say ${missing}, which Rekognition asks for`
  }
  if ('boxes' in label) {
    const boxes = boxesObject(label, metadata, tell)
    return typeof boxes === 'string' ? boxes : { ...source, ...boxes }
  }
  if (reader === 'rekognition') return rekognitionClasses(label, source)
  const value = 'classIndex' in label ? (label.classIndex ?? line[attribute]) : line[attribute]
  if (value === undefined) return 'it has nothing under the attribute'
  return { ...source, [attribute]: value, [`${attribute}-metadata`]: metadata }
}

function sourceOf(line: JsonRecord): JsonRecord {
  const keys = ['source-ref', 'source'].filter((key) => typeof line[key] === 'string')
  return Object.fromEntries(keys.map((key) => [key, line[key]]))
}

function missingFor({ humanAnnotated, createdAt }: LabeledObject): string | undefined {
  if (humanAnnotated === undefined) return 'by whom it was labeled'
  return createdAt === undefined ? 'when it was labeled' : undefined
}

/** Rekognition has one class an attribute: several classes of an image become several attributes. */
function rekognitionClasses(label: LabeledObject, source: JsonRecord): JsonRecord | string {
  const { attribute, createdAt, humanAnnotated, jobName } = label
  const isMany = 'classes' in label
  const chosen = chosenOf(label)
  const object: Record<string, unknown> = { ...source }
  for (const [index, entry] of chosen.entries()) {
    if (entry.className === undefined) return 'it has a class without a name'
    const name = isMany ? `${attribute}-${index + 1}` : attribute
    object[name] = entry.classIndex ?? 1
    object[`${name}-metadata`] = {
      'class-name': entry.className,
      // Asked for and not used; 0 is what Ground Truth writes where it knows none.
      confidence: entry.confidence ?? 0,
      type: 'groundtruth/image-classification',
      'human-annotated': humanAnnotated === true ? 'yes' : 'no',
      'creation-date': createdAt?.toISOString().replace('Z', ''),
      ...(jobName !== undefined && { 'job-name': jobName }),
    }
  }
  return chosen.length === 0 ? 'it has no class' : object
}

function chosenOf(label: LabeledObject): readonly Class[] {
  if ('classes' in label && !('entities' in label)) return label.classes
  if (!('className' in label)) return []
  return [{ className: label.className, classIndex: label.classIndex, confidence: label.confidence }]
}
