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
import type {
  Cuboid,
  CuboidSequenceLabel,
  CuboidsLabel,
  PointMaskLabel,
  SequenceFrame,
} from './label-contents.js'
import { classNameOf, parseClassMap, parseColorMap, rawClassMap } from './parse-class-map.js'

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
export function parseCuboidSequence(value: unknown, metadata: JsonRecord): CuboidSequenceLabel | undefined {
  if (!isS3Uri(value)) return undefined
  const frames = (asList(metadata['objects']) ?? []).map((item): SequenceFrame => {
    const frame = asRecord(item) ?? EMPTY_RECORD
    return {
      frameNumber: asNumber(frame['frame-no'] ?? frame['frame_no']),
      confidences: (asList(frame['confidence']) ?? []).map(asConfidence),
    }
  })
  return { sequenceUri: value, classMap: parseClassMap(metadata), frames }
}

/** Reads where the classes of a point cloud's points are. */
export function parsePointMask(value: unknown, metadata: JsonRecord): PointMaskLabel | undefined {
  if (!isS3Uri(value)) return undefined
  return {
    maskUri: value,
    colorMap: parseColorMap(metadata['color-map'] ?? metadata['color_map']),
    frameAttributes: frameAttributesOf(metadata),
  }
}

function parseCuboid(box: JsonRecord, names: JsonRecord, object: JsonRecord | undefined): Cuboid | undefined {
  const classId = asNumber(box['class-id'] ?? box['class_id'])
  const objectName = asText(box['object-name'] ?? box['object_name'])
  const center = asCenter(box)
  const length = asNumber(box['length'])
  const width = asNumber(box['width'])
  const height = asNumber(box['height'])
  const yaw = asNumber(box['yaw'])
  if (center === undefined || length === undefined || width === undefined) return undefined
  if (height === undefined || yaw === undefined) return undefined
  return {
    className: classNameOf(classId, names),
    classIndex: classId,
    objectName,
    center,
    length,
    width,
    height,
    // AWS: 0 unless the input manifest of an adjustment job carried them.
    roll: asNumber(box['roll']) ?? 0,
    pitch: asNumber(box['pitch']) ?? 0,
    yaw,
    confidence: asConfidence(object?.['confidence']),
    attributes: asRecord(box['label-category-attributes'] ?? box['label_category_attributes']) ?? {},
  }
}

function asCenter(box: JsonRecord): Cuboid['center'] | undefined {
  const x = asNumber(box['center-x'] ?? box['center_x'])
  const y = asNumber(box['center-y'] ?? box['center_y'])
  const z = asNumber(box['center-z'] ?? box['center_z'])
  return x === undefined || y === undefined || z === undefined ? undefined : { x, y, z }
}

function frameAttributesOf(metadata: JsonRecord): JsonRecord {
  return asRecord(metadata['dataset-object-attributes'] ?? metadata['dataset_object_attributes']) ?? {}
}
