import { asConfidence, asList, asNumber, asRecord, asText, type JsonRecord } from '../../json/loose-values.js'
import type { Frame, FrameObject, FrameObjectFacts, UnreadablePart } from './frame.js'
import { parseBoxShape, parseCuboidShape, parsePointsShape } from './parse-shape.js'
import type { ClassMap } from './shapes.js'
import { fieldOf } from './spellings.js'

/** Where a frame stands in its file. */
export interface FramePlace {
  /** For instance `tracking-annotations[3]`. */
  readonly path: string
  readonly sensor: string | undefined
}

/** What the manifest says of a sequence whose labels are in a file of their own. */
export interface SequenceFacts {
  /** The names of the classes by id. */
  readonly classMap: ClassMap
  /** The confidences of the objects of each frame, by its number. */
  readonly confidences?: ReadonlyMap<number, readonly (number | undefined)[]>
}

/** Reads a frame; what cannot be read of it is named, the rest is read. */
export function parseFrame(value: unknown, { path, sensor }: FramePlace, facts: SequenceFacts): Frame {
  const frame = asRecord(value)
  const unreadable: UnreadablePart[] = []
  if (frame === undefined) return emptyFrame(sensor, { path, reason: 'it is no object' })
  const frameNumber = asNumber(fieldOf(frame, 'frame-no') ?? fieldOf(frame, 'frame-number'))
  // AWS does not say whose they are where a frame was seen by several sensors: cuboids are of the point cloud.
  const hasConfidences = frameNumber !== undefined && (sensor === undefined || sensor === 'lidar')
  const confidences = hasConfidences ? facts.confidences?.get(frameNumber) : undefined
  const objects: FrameObject[] = []
  for (const [name, list] of Object.entries(frame)) {
    const parseObject = PARSERS_BY_LIST.get(name)
    if (parseObject === undefined) {
      if (Array.isArray(list) && list.length > 0) {
        unreadable.push({ path: `${path}.${name}`, reason: 'it is no list of labels that is known' })
      }
      continue
    }
    const items = asList(list)
    if (items === undefined) {
      if (list !== null) unreadable.push({ path: `${path}.${name}`, reason: 'it is no list' })
      continue
    }
    for (const [index, item] of items.entries()) {
      const object = asRecord(item) ?? 'it is no object'
      const shape = typeof object === 'string' ? object : parseObject(object)
      if (typeof object === 'string' || typeof shape === 'string') {
        unreadable.push({ path: `${path}.${name}[${index}]`, reason: String(shape) })
      } else {
        const confidence = asConfidence(object['confidence']) ?? confidences?.[index]
        // Measured: spreading both takes four times as long, and a long video has a hundred thousand objects.
        objects.push(Object.assign(factsOf(object, confidence, facts.classMap), shape))
      }
    }
  }
  return {
    frameNumber,
    frame: asText(frame['frame'] ?? fieldOf(frame, 'frame-name')),
    sensor,
    objects,
    attributes: asRecord(fieldOf(frame, 'frame-attributes')) ?? {},
    unreadable,
  }
}

/** What stands in the place of a frame that cannot be read. */
export function emptyFrame(sensor: string | undefined, unreadable: UnreadablePart): Frame {
  const nothing = { frameNumber: undefined, frame: undefined, objects: [], attributes: {} }
  return { ...nothing, sensor, unreadable: [unreadable] }
}

type Shape = ReturnType<typeof parseBoxShape | typeof parseCuboidShape | typeof parsePointsShape>

// AWS names the list after the tool: `annotations` has boxes of video frames and cuboids of point clouds. A map, since
// frames may have fields that are named like what every object has, for instance `constructor`.
const PARSERS_BY_LIST = new Map<string, (object: JsonRecord) => Shape>([
  [
    'annotations',
    (object) =>
      object['left'] !== undefined || fieldOf(object, 'center-x') === undefined
        ? parseBoxShape(object)
        : parseCuboidShape(object),
  ],
  ['polylines', (object) => parsePointsShape(object, 'polyline')],
  ['polygons', (object) => parsePointsShape(object, 'polygon')],
  ['keypoints', (object) => parsePointsShape(object, 'keypoint')],
])

function factsOf(object: JsonRecord, confidence: number | undefined, classMap: ClassMap): FrameObjectFacts {
  const classIndex = asNumber(fieldOf(object, 'class-id'))
  const objectName = asText(fieldOf(object, 'object-name'))
  const named = classIndex === undefined ? undefined : asText(classMap[classIndex])
  return {
    className: named ?? asText(object['label']) ?? classOfName(objectName),
    classIndex,
    confidence,
    objectId: asText(fieldOf(object, 'object-id')),
    objectName,
    attributes: asRecord(fieldOf(object, 'label-category-attributes')) ?? {},
  }
}

/** An object is named after its class: `Car:1`. */
function classOfName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : /^(.+):\d+$/.exec(name)?.[1]
}
