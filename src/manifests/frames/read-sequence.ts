import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo } from '../../errors/refused-call.js'
import { isTooDeep, TOO_DEEP } from '../../json/is-too-deep.js'
import { asList, asRecord, asText, type JsonRecord } from '../../json/loose-values.js'
import type { Frame, Sequence, UnreadablePart } from './frame.js'
import { parseClassMap } from './parse-class-map.js'
import { parseFrame } from './parse-frame.js'
import { sequenceUnreadable } from './sequence-unreadable.js'
import type { ClassMap } from './shapes.js'
import { fieldOf } from './spellings.js'

/**
 * Reads the label file of a sequence (`SeqLabel.json`), of video frames, point clouds or both: boxes, polylines, polygons,
 * keypoints and cuboids of each frame. A part that cannot be read is named in `unreadable`, and the rest is read. Pure;
 * `label.frames()` fetches the file and reads it as a stream.
 *
 * @param options `classMap`: the names of classes by id, which stand in the manifest (`label.classMap`) and not in the
 * file. Without it a class is named as the objects of it are (`Car:1`), where they are.
 * @throws LabelingJobError `line-unreadable` for text that is no JSON object.
 * @example
 * const { frames } = readSequence('{"tracking-annotations": [{"frame-no": 0, "annotations": []}]}')
 */
export function readSequence(text: string, options: { readonly classMap?: ClassMap } = {}): Sequence {
  if (typeof text !== 'string') throw givenNo('readSequence', 'text', text)
  refuseUnknownOptions({ call: 'readSequence', what: 'Cannot read the sequence' }, options, ['classMap'])
  const file = parseObject(text)
  const classMap: ClassMap = { ...parseClassMap(file), ...options.classMap }
  const frames: Frame[] = []
  const unreadable: UnreadablePart[] = []
  for (const { path, sensor, list } of frameListsOf(file)) {
    const items = asList(list)
    if (items === undefined) unreadable.push({ path, reason: 'it is no list' })
    for (const [index, item] of (items ?? []).entries()) {
      const frame = parseFrame(item, { path: `${path}[${index}]`, sensor }, { classMap })
      frames.push(frame)
      for (const part of frame.unreadable) unreadable.push(part)
    }
  }
  return {
    frames,
    classMap: { ...classesOf(frames), ...classMap },
    attributes: asRecord(fieldOf(file, 'dataset-object-attributes')) ?? {},
    unreadable,
  }
}

/** AWS: `tracking-annotations` and `detection-annotations`. */
export function isFrameList(key: string): boolean {
  return key.endsWith('-annotations') || key.endsWith('_annotations')
}

interface FrameList {
  readonly path: string
  readonly sensor: string | undefined
  readonly list: unknown
}

/** The lists of frames of a file: at its top, or below each sensor. */
function frameListsOf(file: JsonRecord): readonly FrameList[] {
  return Object.entries(file).flatMap(([key, value]): readonly FrameList[] => {
    if (isFrameList(key)) return [{ path: key, sensor: undefined, list: value }]
    return Object.entries(asRecord(value) ?? {})
      .filter(([inner]) => isFrameList(inner))
      .map(([inner, list]) => ({ path: `${key}.${inner}`, sensor: key, list }))
  })
}

/** The names of classes that objects tell, as far as they agree. */
function classesOf(frames: readonly Frame[]): ClassMap {
  const names = new Map<string, string | undefined>()
  for (const { objects } of frames) {
    for (const { classIndex, className } of objects) {
      if (classIndex === undefined || className === undefined) continue
      const key = String(classIndex)
      names.set(key, names.has(key) && names.get(key) !== className ? undefined : className)
    }
  }
  return Object.fromEntries([...names].filter(([, name]) => asText(name) !== undefined)) as ClassMap
}

function parseObject(text: string): JsonRecord {
  let file: unknown
  try {
    file = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch {
    if (!text.startsWith('s3://')) throw sequenceUnreadable('it is not JSON')
    const fix = 'Give the text of a SeqLabel.json; label.frames() fetches the one of a label'
    throw sequenceUnreadable('it is an address', fix)
  }
  const record = asRecord(file)
  if (isTooDeep(text)) throw sequenceUnreadable(TOO_DEEP)
  if (record === undefined) throw sequenceUnreadable('it is JSON but no object')
  return record
}
