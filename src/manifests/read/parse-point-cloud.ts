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
import { parseCuboidShape } from '../frames/parse-shape.js'
import type { Cuboid } from '../frames/shapes.js'
import { fieldOf } from '../frames/spellings.js'
import type { CuboidsLabel, PointMaskLabel, SequenceLabel } from './label-contents.js'
import type { LabelFiles } from './label-files.js'
import { parseColorMap } from './parse-color-map.js'

/** Reads the boxes of a 3D object detection label. */
export function parseCuboids(value: unknown, metadata: JsonRecord): CuboidsLabel | undefined {
  const annotations = asList(asRecord(value)?.['annotations'])
  if (annotations === undefined) return undefined
  const names = rawClassMap(metadata)
  const objects = asList(metadata['objects']) ?? []
  const boxes: Cuboid[] = []
  for (const [index, annotation] of annotations.entries()) {
    const box = parseCuboid(asRecord(annotation) ?? EMPTY_RECORD, names, asRecord(objects[index]))
    if (box === undefined) return undefined
    boxes.push(box)
  }
  return { cuboids: boxes, frameAttributes: frameAttributesOf(metadata) }
}

/** Reads where the labels of a point cloud sequence are. */
export function parseCuboidSequence(
  value: unknown,
  metadata: JsonRecord,
  _line: JsonRecord,
  files: LabelFiles,
): SequenceLabel | undefined {
  if (!isS3Uri(value)) return undefined
  const classMap = parseClassMap(metadata)
  const facts = { classMap, confidences: confidencesOf(metadata) }
  return { sequenceUri: value, classMap, frames: (options) => files.frames(value, facts, options) }
}

/** Reads where the classes of a point cloud's points are. */
export function parsePointMask(
  value: unknown,
  metadata: JsonRecord,
  _line: JsonRecord,
  files: LabelFiles,
): PointMaskLabel | undefined {
  if (!isS3Uri(value)) return undefined
  return {
    maskUri: value,
    colorMap: parseColorMap(metadata['color-map'] ?? metadata['color_map']),
    mask: (options) => files.mask(value, options),
    frameAttributes: frameAttributesOf(metadata),
  }
}

/** The confidences of the objects of each frame; they stand in the manifest, not in the file of the sequence. */
function confidencesOf(metadata: JsonRecord): ReadonlyMap<number, readonly (number | undefined)[]> {
  const confidences = new Map<number, readonly (number | undefined)[]>()
  for (const item of asList(metadata['objects']) ?? []) {
    const frame = asRecord(item) ?? EMPTY_RECORD
    const number = asNumber(fieldOf(frame, 'frame-no'))
    const list = asList(frame['confidence'])
    if (number !== undefined && list !== undefined) confidences.set(number, list.map(asConfidence))
  }
  return confidences
}

function parseCuboid(box: JsonRecord, names: JsonRecord, object: JsonRecord | undefined): Cuboid | undefined {
  const classId = asNumber(fieldOf(box, 'class-id'))
  const shape = parseCuboidShape(box)
  if (typeof shape === 'string') return undefined
  const { center, length, width, height, roll, pitch, yaw } = shape
  return {
    className: classNameOf(classId, names),
    classIndex: classId,
    objectName: asText(fieldOf(box, 'object-name')),
    center,
    length,
    width,
    height,
    roll,
    pitch,
    yaw,
    confidence: asConfidence(object?.['confidence']),
    attributes: asRecord(fieldOf(box, 'label-category-attributes')) ?? {},
  }
}

function frameAttributesOf(metadata: JsonRecord): JsonRecord {
  return asRecord(fieldOf(metadata, 'dataset-object-attributes')) ?? {}
}
