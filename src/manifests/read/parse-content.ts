import {
  asConfidence,
  asList,
  asNumber,
  asRecord,
  asText,
  EMPTY_RECORD,
  type JsonRecord,
} from '../../json/loose-values.js'
import { isS3Uri } from '../../names/s3-uri.js'
import { classNameOf, parseClassMap, rawClassMap } from '../frames/parse-class-map.js'
import type { Box, Class } from '../frames/shapes.js'
import type {
  BoxesLabel,
  ClassesLabel,
  ClassLabel,
  ImageSize,
  LabelContents,
  MaskLabel,
  SequenceLabel,
  VerdictLabel,
} from './label-contents.js'
import type { LabelFiles } from './label-files.js'
import type { LabelKind } from './label-kinds.js'
import { parseColorMap } from './parse-color-map.js'
import { parseEntities } from './parse-entities.js'
import { parseCuboidSequence, parseCuboids, parsePointMask } from './parse-point-cloud.js'

/** Reads the value and metadata of a label; gives `undefined` for a value that does not have the form. */
export type ContentParser<Content = LabelContents[LabelKind]> = (
  value: unknown,
  metadata: JsonRecord,
  line: JsonRecord,
  files: LabelFiles,
) => Content | undefined

/** How each form of label is read. */
export const CONTENT_PARSERS: { readonly [Kind in LabelKind]: ContentParser<LabelContents[Kind]> } = {
  class: parseClass,
  classes: parseClasses,
  boxes: parseBoxes,
  mask: parseMask,
  entities: parseEntities,
  verdict: parseVerdict,
  sequence: parseSequence,
  cuboids: parseCuboids,
  'cuboid-sequence': parseCuboidSequence,
  'point-mask': parsePointMask,
  value: (value) => ({ value }),
}

function parseClass(value: unknown, metadata: JsonRecord): ClassLabel | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const classIndex = asNumber(value)
  const className = asText(metadata['class-name'] ?? metadata['class_name'])
  if (classIndex !== undefined || className !== undefined) return { classIndex, className }
  return typeof value === 'string' ? { classIndex, className: value } : undefined
}

function parseVerdict(value: unknown, metadata: JsonRecord): VerdictLabel | undefined {
  const verdict = parseClass(value, metadata)
  if (verdict === undefined) return undefined
  const comments = (asList(metadata['worker-feedback'] ?? metadata['worker_feedback']) ?? [])
    .map((feedback) => asText(asRecord(feedback)?.['comment']) ?? asText(feedback))
    .filter((comment) => comment !== undefined && comment !== '')
  return { ...verdict, comments: comments as readonly string[] }
}

function parseClasses(value: unknown, metadata: JsonRecord): ClassesLabel | undefined {
  const names = rawClassMap(metadata)
  const confidences = asRecord(metadata['confidence-map'] ?? metadata['confidence_map']) ?? EMPTY_RECORD
  const classes = asList(value)?.map((index): Class | undefined => {
    const classIndex = asNumber(index)
    return classIndex === undefined
      ? undefined
      : {
          classIndex,
          className: classNameOf(classIndex, names),
          confidence: asConfidence(confidences[classIndex]),
        }
  })
  return classes === undefined || classes.includes(undefined)
    ? undefined
    : { classes: classes as readonly Class[] }
}

function parseBoxes(value: unknown, metadata: JsonRecord): BoxesLabel | undefined {
  const label = asRecord(value)
  const annotations = asList(label?.['annotations'])
  if (label === undefined || annotations === undefined) return undefined
  const names = rawClassMap(metadata)
  const objects = asList(metadata['objects']) ?? []
  const boxes: Box[] = []
  for (const [index, annotation] of annotations.entries()) {
    const box = parseBox(asRecord(annotation) ?? EMPTY_RECORD, names, asRecord(objects[index]))
    if (box === undefined) return undefined
    boxes.push(box)
  }
  return { boxes, imageSize: parseImageSize(label['image_size'] ?? label['image-size']) }
}

function parseBox(box: JsonRecord, names: JsonRecord, object: JsonRecord | undefined): Box | undefined {
  const classId = asNumber(box['class_id'] ?? box['class-id'])
  const left = asNumber(box['left'])
  const top = asNumber(box['top'])
  const width = asNumber(box['width'])
  const height = asNumber(box['height'])
  if (left === undefined || top === undefined || width === undefined || height === undefined) return undefined
  const label = classNameOf(classId, names)
  return {
    className: label,
    classIndex: classId,
    left,
    top,
    width,
    height,
    confidence: asConfidence(object?.['confidence']),
  }
}

function parseImageSize(value: unknown): ImageSize | undefined {
  const size = asRecord(Array.isArray(value) ? value[0] : value)
  const width = asNumber(size?.['width'])
  const height = asNumber(size?.['height'])
  // No image is 0 by 0: what cannot be its size does not tell it.
  if (width === undefined || height === undefined || width <= 0 || height <= 0) return undefined
  return { width, height, depth: asNumber(size?.['depth']) }
}

function parseMask(
  value: unknown,
  metadata: JsonRecord,
  _line: JsonRecord,
  files: LabelFiles,
): MaskLabel | undefined {
  if (!isS3Uri(value)) return undefined
  return {
    maskUri: value,
    colorMap: parseColorMap(metadata['internal-color-map'] ?? metadata['internal_color_map']),
    mask: (options) => files.mask(value, options),
  }
}

function parseSequence(
  value: unknown,
  metadata: JsonRecord,
  _line: JsonRecord,
  files: LabelFiles,
): SequenceLabel | undefined {
  if (!isS3Uri(value)) return undefined
  const classMap = parseClassMap(metadata)
  return { sequenceUri: value, classMap, frames: (options) => files.frames(value, { classMap }, options) }
}
