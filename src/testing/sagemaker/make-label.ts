import { deflateSync } from 'node:zlib'
import { LABEL_KINDS, type LabelKind } from '../../manifests/read/label-kinds.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { LabelClass } from './read-input.js'

/** What a label is made from; the same input gives the same label in every run. */
export interface LabelMaterial {
  /** Place of the object in the manifest, from 0. */
  readonly place: number
  /** The text or address of the object. */
  readonly source: string
  readonly classes: readonly LabelClass[]
  /** 0 when one worker labels each object, as AWS has it. */
  readonly confidence: number
  /** Boxes differ in number and size. Default: they do not. */
  readonly varied?: boolean
  /** The name of the first frame of a sequence. */
  readonly frame?: string | undefined
  /** Where the label's file goes, if it has one. */
  readonly folder: string
}

/** A label as an output manifest has it. */
export interface MadeLabel {
  readonly label: unknown
  readonly metadata: Readonly<Record<string, unknown>>
  readonly file?: { readonly uri: string; readonly bytes: () => Uint8Array }
}

/** Makes up a label of a task. */
export function makeLabel(task: TaskName, material: LabelMaterial): MadeLabel {
  const made = MAKERS[LABEL_KINDS[task]](task, material)
  if (!task.endsWith('-adjustment')) return made
  const status = material.place % 2 === 0 ? 'adjusted' : 'unadjusted'
  return { ...made, metadata: { ...made.metadata, 'adjustment-status': status } }
}

type Maker = (task: TaskName, material: LabelMaterial) => MadeLabel

const MAKERS: Readonly<Record<LabelKind, Maker>> = {
  class(task, { place, classes, confidence }) {
    const index = place % classes.length
    const medium =
      task === 'text-classification' ? 'text' : task === 'video-classification' ? 'video' : 'image'
    const type = `groundtruth/${medium}-classification`
    return { label: index, metadata: { 'class-name': classes[index]?.label, confidence, type } }
  },

  classes(task, { place, classes, confidence }) {
    const chosen = classes
      .map((_, index) => index)
      .filter((index) => index === place % classes.length || index === 0)
    const medium = task === 'text-classification-multi-label' ? 'text' : 'image'
    return {
      label: chosen,
      metadata: {
        'class-map': Object.fromEntries(chosen.map((index) => [index, classes[index]?.label])),
        'confidence-map': Object.fromEntries(chosen.map((index) => [index, confidence])),
        type: `groundtruth/${medium}-classification-multilabel`,
      },
    }
  },

  boxes(_, { place, classes, confidence, varied = false }) {
    const id = place % classes.length
    const box = { class_id: id, left: 10 + place, top: 20, width: 120, height: 80 }
    const boxes = varied ? variedBoxes(place, classes.length) : [box]
    const confident = (index: number) =>
      index === 0 || confidence === 0
        ? confidence
        : Math.max(Math.round((confidence - index * 0.06) * 100) / 100, 0.5)
    return {
      label: { image_size: [{ width: 1_024, height: 768, depth: 3 }], annotations: boxes },
      metadata: {
        objects: boxes.map((_, index) => ({ confidence: confident(index) })),
        'class-map': Object.fromEntries(boxes.map(({ class_id }) => [class_id, classes[class_id]?.label])),
        type: 'groundtruth/object-detection',
      },
    }
  },

  mask(_, { classes, confidence, folder }) {
    const uri = `${folder}.png`
    const background = { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', confidence }
    const colors = classes.map(({ label }, index) => [
      index + 1,
      { 'class-name': label, 'hex-color': color(index), confidence },
    ])
    return {
      label: uri,
      metadata: {
        'internal-color-map': { 0: background, ...Object.fromEntries(colors) },
        type: 'groundtruth/semantic-segmentation',
      },
      file: { uri, bytes: () => TWO_PIXELS },
    }
  },

  entities(_, { place, source, classes, confidence }) {
    const { label } = classes[place % classes.length] as LabelClass
    const start = source.length - source.trimStart().length
    const word = /^\S*/u.exec(source.trimStart())?.[0] ?? ''
    const endOffset = start + [...word].length
    return {
      label: {
        annotations: {
          labels: classes.map((one) => ({ label: one.label, shortDisplayName: one.shortDisplayName })),
          entities: [{ label, startOffset: start, endOffset }],
        },
      },
      metadata: { entities: [{ confidence }], type: 'groundtruth/text-span' },
    }
  },

  verdict(_, { place, classes, confidence }) {
    const index = place % classes.length
    const feedback = index === 0 ? {} : { 'worker-feedback': [{ comment: 'The label is a little off.' }] }
    return {
      label: String(index),
      metadata: {
        'class-name': classes[index]?.label,
        confidence,
        ...feedback,
        type: 'groundtruth/label-verification',
      },
    }
  },

  sequence(task, { classes, folder, frame: name = 'frame_0000.jpeg' }) {
    const isTracking = task.includes('tracking')
    const box = { 'class-id': '0', left: 10, top: 20, width: 120, height: 80 }
    const object = isTracking
      ? { ...box, 'object-id': 'object-1', 'object-name': `${classes[0]?.label}:1` }
      : box
    const frame = { 'frame-no': '0', frame: name, annotations: [object] }
    const map = classMap(classes)
    return sequenceFile(
      folder,
      { [isTracking ? 'tracking-annotations' : 'detection-annotations']: [frame] },
      { 'class-map': map, type: `groundtruth/video-object-${isTracking ? 'tracking' : 'detection'}` },
    )
  },

  cuboids(_, { place, classes, confidence }) {
    const id = place % classes.length
    const name = `${classes[id]?.label}:1`
    const center = { 'center-x': 1.5, 'center-y': -2, 'center-z': 0.5 }
    const size = { length: 4, width: 1.8, height: 1.5, roll: 0, pitch: 0, yaw: 0.1 }
    return {
      label: { annotations: [{ 'object-name': name, 'class-id': id, ...center, ...size }] },
      metadata: {
        objects: [{ 'object-name': name, confidence }],
        class_map: classMap(classes),
        type: 'groundtruth/point_cloud_object_detection',
      },
    }
  },

  'cuboid-sequence'(_, { classes, confidence, folder, frame: name = '0.txt' }) {
    const cuboid = {
      ...{ 'object-name': `${classes[0]?.label}:1`, 'object-id': 'object-1', 'class-id': 0 },
      ...{ 'center-x': 1.5, 'center-y': -2, 'center-z': 0.5 },
      ...{ length: 4, width: 1.8, height: 1.5, roll: 0, pitch: 0, yaw: 0.1 },
    }
    const frame = { 'frame-number': '0', 'frame-name': name, annotations: [cuboid] }
    return sequenceFile(
      folder,
      { 'tracking-annotations': [frame] },
      {
        objects: [{ 'frame-no': '0', confidence: [confidence] }],
        'class-map': classMap(classes),
        type: 'groundtruth/point_cloud_object_tracking',
      },
    )
  },

  'point-mask'(_, { classes, confidence, folder }) {
    const uri = `${folder}.zlib`
    const colors = classes.map(({ label }, index) => [
      index,
      { 'class-name': label, 'hex-color': color(index), confidence },
    ])
    return {
      label: uri,
      metadata: {
        'color-map': Object.fromEntries(colors),
        'dataset-object-attributes': {},
        type: 'groundtruth/point_cloud_single_frame_semantic_segmentation',
      },
      file: { uri, bytes: () => deflateSync(new Uint8Array([0, 0, 0])) },
    }
  },

  value(_, { place, classes }) {
    return {
      label: { answer: classes[place % classes.length]?.label },
      metadata: { type: 'groundtruth/custom' },
    }
  },
}

/** From none to three boxes that lie in the image, of many sizes. */
function variedBoxes(place: number, classes: number) {
  return Array.from({ length: place % 5 === 4 ? 0 : 1 + (place % 3) }, (_, index) => ({
    class_id: (place + index) % classes,
    left: (place * 53 + index * 311) % 760,
    top: (place * 29 + index * 173) % 540,
    width: 24 + ((place * 17 + index * 71) % 220),
    height: 18 + ((place * 13 + index * 47) % 190),
  }))
}

function sequenceFile(folder: string, content: object, metadata: MadeLabel['metadata']): MadeLabel {
  const uri = `${folder}/SeqLabel.json`
  return {
    label: uri,
    metadata,
    file: { uri, bytes: () => new TextEncoder().encode(JSON.stringify(content)) },
  }
}

function classMap(classes: readonly LabelClass[]): Readonly<Record<string, string>> {
  return Object.fromEntries(classes.map(({ label }, index) => [index, label]))
}

const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f']

function color(index: number): string {
  return COLORS[index % COLORS.length] as string
}

/** A PNG of two pixels: the background, and the first class. */
const TWO_PIXELS = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4XmP4//+/fPkWABD3BEil3fwpAAAAAElFTkSuQmCC',
    'base64',
  ),
)
