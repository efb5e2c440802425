import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { encode } from 'fast-png'
import { LABEL_KINDS, type LabelKind } from '../../src/manifests/read/label-kinds.js'
import type { TaskName } from '../../src/tasks/task-table.js'

/** A line of a manifest, and what is true of it: written down before it was made, not read out of it. */
export interface RandomLine {
  readonly text: string
  readonly status: 'labeled' | 'failed' | 'unlabeled' | 'unreadable'
  /** The fields of the label that are fixed by its parts. */
  readonly content: object
  /** The class of each part that counts, `undefined` for one without a name. */
  readonly classes: readonly (string | undefined)[]
  /** How many rows the label has. */
  readonly rows: number
  /** What lies in an object of its own. */
  readonly file?: { readonly uri: string; readonly bytes: string | Uint8Array }
}

type Truth = Omit<RandomLine, 'text' | 'status' | 'file'> & {
  readonly value: unknown
  readonly metadata: object
  readonly bytes?: string | Uint8Array
}

const NAMES = ['stop', 'yield', 'Łódź 🎈', '__proto__'] as const
const COLORS = [
  [255, 255, 255],
  [0, 0, 0],
  [255, 0, 0],
  [0, 0, 255],
] as const
const id = fc.nat(NAMES.length - 1)
const number = fc.oneof(fc.integer({ min: -9999, max: 9999 }), fc.constantFrom(0.5, -2.25, 1e-7))
const box = fc.record({ left: number, top: number, width: number, height: number })
const cuboid = fc.record({
  x: number,
  y: number,
  z: number,
  length: number,
  width: number,
  height: number,
  yaw: number,
})
const confidence = fc.constantFrom(0, 0.25, 0.5, 1)
const known = (value: number) => (value === 0 ? undefined : value)
const byId = (ids: readonly number[]) => Object.fromEntries(ids.map((one) => [one, NAMES[one]]))
const single = fc.tuple(id, confidence, fc.boolean()).map(
  ([one, how, isText]): Truth => ({
    value: isText ? String(one) : one,
    metadata: { 'class-name': NAMES[one], confidence: how },
    content: { classIndex: one, className: NAMES[one], confidence: known(how) },
    classes: [NAMES[one]],
    rows: 1,
  }),
)
const mask = (encodeIds: (ids: readonly number[]) => Uint8Array, map: string) =>
  fc.array(id, { minLength: 1, maxLength: 9 }).map((ids): Truth => {
    const entries = NAMES.map((name, one) => {
      const hex = COLORS[one]?.map((part) => part.toString(16).padStart(2, '0')).join('')
      return [one, { 'class-name': name, 'hex-color': `#${hex}` }]
    })
    const classes = [...new Set(ids)].map((one) => NAMES[one])
    return {
      value: URI,
      metadata: { [map]: Object.fromEntries(entries) },
      content: {},
      classes,
      rows: NAMES.length,
      bytes: encodeIds(ids),
    }
  })
const sequence = (list: string, shape: fc.Arbitrary<object>) =>
  fc.array(fc.array(fc.tuple(id, shape), { maxLength: 3 }), { maxLength: 3 }).map((frames): Truth => {
    const objects = frames.flat()
    const file = frames.map((frame, at) => ({
      'frame-no': String(at),
      annotations: frame.map(([one, numbers]) => ({ ...numbers, 'class-id': String(one) })),
    }))
    return {
      value: URI,
      metadata: { 'class-map': byId(objects.map(([one]) => one)) },
      content: {},
      classes: objects.map(([one]) => NAMES[one]),
      rows: objects.length,
      bytes: JSON.stringify({ [list]: file }),
    }
  })
const flatCuboid = cuboid.map(({ x, y, z, ...rest }) => ({
  'center-x': x,
  'center-y': y,
  'center-z': z,
  ...rest,
}))
const URI = 's3://acme-gt/label'

const TRUTHS: Readonly<Record<LabelKind, fc.Arbitrary<Truth>>> = {
  class: single,
  verdict: fc
    .tuple(single, fc.array(fc.string({ minLength: 1 }), { maxLength: 2 }))
    .map(([truth, comments]) => ({
      ...truth,
      metadata: { ...truth.metadata, 'worker-feedback': comments.map((comment) => ({ comment })) },
      content: { ...truth.content, comments },
    })),
  classes: fc.uniqueArray(id).chain((ids) =>
    fc.array(confidence, { minLength: ids.length, maxLength: ids.length }).map(
      (hows): Truth => ({
        value: ids,
        metadata: {
          'class-map': byId(ids),
          'confidence-map': Object.fromEntries(ids.map((one, at) => [one, hows[at]])),
        },
        content: {
          classes: ids.map((one, at) => ({
            classIndex: one,
            className: NAMES[one],
            confidence: known(hows[at] as number),
          })),
        },
        classes: ids.map((one) => NAMES[one]),
        rows: ids.length,
      }),
    ),
  ),
  boxes: fc.array(fc.tuple(fc.nat(NAMES.length), box, confidence), { maxLength: 4 }).map(
    (boxes): Truth => ({
      value: {
        image_size: [{ width: 640, height: 480, depth: 3 }],
        annotations: boxes.map(([one, numbers]) => ({ class_id: one, ...numbers })),
      },
      metadata: {
        'class-map': { ...NAMES },
        objects: boxes.map(([, , how]) => ({ confidence: how })),
      },
      content: {
        boxes: boxes.map(([one, numbers, how]) => ({
          className: NAMES[one],
          classIndex: one,
          ...numbers,
          confidence: known(how),
        })),
        imageSize: { width: 640, height: 480, depth: 3 },
      },
      classes: boxes.map(([one]) => NAMES[one]),
      rows: boxes.length,
    }),
  ),
  entities: fc.array(fc.tuple(id, fc.nat(20), fc.nat(20)), { maxLength: 4 }).map(
    (spans): Truth => ({
      value: {
        annotations: {
          entities: spans.map(([one, from, length]) => ({
            label: NAMES[one],
            startOffset: from,
            endOffset: String(from + length),
          })),
        },
      },
      metadata: {},
      content: {
        entities: spans.map(([one, from, length]) => ({
          className: NAMES[one],
          start: from,
          end: from + length,
          text: undefined,
          confidence: undefined,
        })),
      },
      classes: spans.map(([one]) => NAMES[one]),
      rows: spans.length,
    }),
  ),
  cuboids: fc.array(fc.tuple(id, flatCuboid), { maxLength: 3 }).map(
    (cuboids): Truth => ({
      value: { annotations: cuboids.map(([one, numbers]) => ({ 'class-id': one, ...numbers })) },
      metadata: { class_map: { ...NAMES } },
      content: {
        cuboids: cuboids.map(([one, { 'center-x': x, 'center-y': y, 'center-z': z, ...rest }]) => ({
          ...{ className: NAMES[one], classIndex: one, confidence: undefined, objectName: undefined },
          ...{ center: { x, y, z }, ...rest, roll: 0, pitch: 0, attributes: {} },
        })),
      },
      classes: cuboids.map(([one]) => NAMES[one]),
      rows: cuboids.length,
    }),
  ),
  mask: mask(
    (ids) =>
      encode({
        width: ids.length,
        height: 1,
        channels: 3,
        data: Uint8Array.from(ids.flatMap((one) => COLORS[one] as readonly number[])),
      }),
    'internal-color-map',
  ),
  'point-mask': mask((ids) => deflateSync(Uint8Array.from(ids)), 'color-map'),
  sequence: sequence('detection-annotations', box),
  'cuboid-sequence': sequence('tracking-annotations', flatCuboid),
  // JSON has no minus zero.
  value: fc
    .json({ maxDepth: 1 })
    .map((text) => JSON.parse(text) as unknown)
    .map(
      (value): Truth => ({
        value,
        metadata: { 'human-annotated': 'yes' },
        content: { value },
        classes: [],
        rows: 1,
      }),
    ),
}

/** Makes lines of a task as Ground Truth and people write them: with hyphens or underscores, whole or not. */
export function randomManifest(task: TaskName): fc.Arbitrary<readonly RandomLine[]> {
  const line = fc.tuple(fc.nat(9), TRUTHS[LABEL_KINDS[task]], fc.boolean()).map(makeLine)
  return fc.array(line, { maxLength: 6 }).map((makers) => makers.map((make, at) => make(at)))
}

function makeLine([sort, truth, isSnake]: readonly [number, Truth, boolean]): (at: number) => RandomLine {
  const nothing = { content: {}, classes: [], rows: 0 }
  return (at) => {
    if (sort === 0) return { ...nothing, status: 'unreadable', text: '{"source-ref": "s3://a' }
    const object = { 'source-ref': `s3://acme-gt/in/${at}` }
    if (sort === 1) return { ...nothing, status: 'unlabeled', text: JSON.stringify(object) }
    if (sort === 2) {
      const failed = { ...object, a: truth.value, 'a-metadata': { 'failure-reason': 'late' } }
      return { ...nothing, status: 'failed', text: JSON.stringify(failed) }
    }
    const { content, classes, rows, bytes } = truth
    const uri = `${URI}-${at}`
    const metadata = isSnake
      ? Object.fromEntries(
          Object.entries(truth.metadata).map(([key, value]) => [key.replaceAll('-', '_'), value]),
        )
      : truth.metadata
    const line = { ...object, a: bytes === undefined ? truth.value : uri, 'a-metadata': metadata }
    const file = bytes === undefined ? {} : { file: { uri, bytes } }
    return { content, classes, rows, status: 'labeled', text: JSON.stringify(line), ...file }
  }
}
