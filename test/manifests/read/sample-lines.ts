import { expect } from 'vitest'
import type { LabeledObject } from '../../../src/manifests/read/label.js'
import type { LabelOf } from '../../../src/manifests/read/label-contents.js'
import { s3Uri } from '../../../src/names/s3-uri.js'
import type { TaskName } from '../../../src/tasks/task-table.js'

/** A line of an output manifest, and what its label says. */
export interface SampleLine<Name extends TaskName = TaskName> {
  readonly task: Name
  readonly attribute: string
  readonly line: Readonly<Record<string, unknown>>
  readonly content: LabelOf<Name>
  readonly facts: Partial<LabeledObject<Name>>
}

const JOB = {
  'job-name': 'labeling-job/acme-signs',
  'human-annotated': 'yes',
  'creation-date': '2026-03-04T05:06:07.891234',
}
const FACTS = {
  jobName: 'acme-signs',
  humanAnnotated: true,
  createdAt: new Date('2026-03-04T05:06:07.891Z'),
  confidence: undefined,
  rawConfidence: undefined,
  workerResponseUri: undefined,
} as const
const IMAGE = { 'source-ref': 's3://acme-gt/in/0001.jpg' }
const SEQUENCE = { 'source-ref': 's3://acme-gt/in/seq-7.json' }
const CLOUD = {
  'source-ref': 's3://acme-gt/in/cloud-1.bin',
  'source-ref-metadata': { 'unix-timestamp': 1_772_000_000.5 },
}
const BOXES_VALUE = {
  image_size: [{ width: 640, height: 480, depth: 3 }],
  annotations: [
    { class_id: 0, left: 10, top: 20, width: 30, height: 40 },
    { class_id: '2', left: '5', top: 6.5, width: 7, height: 8 },
  ],
}
const BOXES_METADATA = {
  objects: [{ confidence: 0.75 }, { confidence: 0 }],
  'class-map': { 0: 'stop', 2: 'yield' },
  type: 'groundtruth/object-detection',
  ...JOB,
}
const BOXES = {
  boxes: [
    { className: 'stop', classIndex: 0, left: 10, top: 20, width: 30, height: 40, confidence: 0.75 },
    { className: 'yield', classIndex: 2, left: 5, top: 6.5, width: 7, height: 8, confidence: undefined },
  ],
  imageSize: { width: 640, height: 480, depth: 3 },
}
const MASK_METADATA = {
  'internal-color-map': {
    0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', confidence: 0.625 },
    1: { 'class-name': 'road', 'hex-color': '#f28333', confidence: 0.625 },
  },
  type: 'groundtruth/semantic-segmentation',
  ...JOB,
}
const COLOR_MAP = {
  0: { className: 'BACKGROUND', color: '#ffffff', confidence: 0.625 },
  1: { className: 'road', color: '#f28333', confidence: 0.625 },
}
const MASK_URI = s3Uri('s3://acme-gt/out/mask/0001.png')
const SEQUENCE_URI = s3Uri('s3://acme-gt/out/annotations/consolidated-annotation/output/0/SeqLabel.json')
const CUBOIDS_VALUE = {
  annotations: [
    {
      'label-category-attributes': { occluded: 'no' },
      'object-name': 'Car:1',
      'class-id': 0,
      'center-x': -2.5,
      'center-y': 125.25,
      'center-z': 0.5,
      length: 4,
      width: 2,
      height: 1.5,
      roll: 0,
      pitch: 0.25,
      yaw: 1.625,
    },
  ],
}
const CUBOIDS_METADATA = {
  objects: [],
  class_map: { 0: 'Car' },
  type: 'groundtruth/point_cloud_object_detection',
  'dataset-object-attributes': { weather: 'rain' },
  ...JOB,
}
const CUBOIDS = {
  cuboids: [
    {
      className: 'Car',
      classIndex: 0,
      objectName: 'Car:1',
      center: { x: -2.5, y: 125.25, z: 0.5 },
      length: 4,
      width: 2,
      height: 1.5,
      roll: 0,
      pitch: 0.25,
      yaw: 1.625,
      confidence: undefined,
      attributes: { occluded: 'no' },
    },
  ],
  frameAttributes: { weather: 'rain' },
}
const TRACKS_METADATA = {
  objects: [
    { 'frame-no': 300, confidence: [] },
    { 'frame-no': '301', confidence: [0.5, 0] },
  ],
  'class-map': { 0: 'Car', 1: 'Person' },
  type: 'groundtruth/point_cloud_object_tracking',
  ...JOB,
}
const FETCHES = { mask: expect.any(Function), frames: expect.any(Function) }
const TRACKS = { sequenceUri: SEQUENCE_URI, classMap: { 0: 'Car', 1: 'Person' }, frames: FETCHES.frames }
const POINTS_METADATA = {
  'color-map': { 1: { 'class-name': 'Car', 'hex-color': '#2ca02c', confidence: 0 } },
  type: 'groundtruth/point_cloud_single_frame_semantic_segmentation',
  'dataset-object-attributes': {},
  ...JOB,
}
const POINTS = {
  maskUri: s3Uri('s3://acme-gt/out/0/cloud-1.zlib'),
  colorMap: { 1: { className: 'Car', color: '#2ca02c', confidence: undefined } },
  frameAttributes: {},
  mask: FETCHES.mask,
}
const VERDICT_METADATA = {
  'class-name': 'bad',
  confidence: 0.875,
  type: 'groundtruth/label-verification',
  ...JOB,
}

/** One line for each task, in the shapes that Ground Truth writes. */
export const SAMPLES: readonly SampleLine[] = [
  sample('image-classification', IMAGE, '3', classMetadata('image', 0), {
    content: { classIndex: 3, className: 'sunset' },
    facts: { ...FACTS, rawConfidence: 0 },
  }),
  sample(
    'image-classification-multi-label',
    IMAGE,
    [4, 0],
    {
      'class-map': { 4: 'bicycle', 0: 'person' },
      'confidence-map': { 4: 0.95, 0: 0.25 },
      type: 'groundtruth/image-classification-multilabel',
      ...JOB,
    },
    {
      content: {
        classes: [
          { classIndex: 4, className: 'bicycle', confidence: 0.95 },
          { classIndex: 0, className: 'person', confidence: 0.25 },
        ],
      },
    },
  ),
  sample('bounding-box', IMAGE, BOXES_VALUE, BOXES_METADATA, { content: BOXES }),
  sample('semantic-segmentation', IMAGE, MASK_URI, MASK_METADATA, {
    content: { maskUri: MASK_URI, colorMap: COLOR_MAP, mask: FETCHES.mask },
    facts: { ...FACTS, confidence: 0.625, rawConfidence: 0.625 },
  }),
  sample('text-classification', { source: 'The soup was cold' }, 1, classMetadata('text', 0.5), {
    content: { classIndex: 1, className: 'sunset' },
    facts: { ...FACTS, confidence: 0.5, rawConfidence: 0.5 },
  }),
  sample(
    'text-classification-multi-label',
    { source: 'Late, but kind' },
    [],
    { 'class-map': {}, 'confidence-map': {}, type: 'groundtruth/text-classification-multilabel', ...JOB },
    { content: { classes: [] } },
  ),
  sample(
    'named-entity-recognition',
    { source: 'In 👩‍🚀 Łódź on 3 May' },
    {
      annotations: {
        labels: [{ label: 'Place', shortDisplayName: 'pl' }, { label: 'Date' }],
        entities: [
          { label: 'Place', startOffset: 7, endOffset: 11 },
          { label: 'Date', startOffset: 15, endOffset: 20 },
        ],
      },
    },
    { entities: [{ confidence: 0.5 }, { confidence: 0 }], type: 'groundtruth/text-span', ...JOB },
    {
      content: {
        entities: [
          { className: 'Place', start: 7, end: 11, text: 'Łódź', confidence: 0.5 },
          { className: 'Date', start: 15, end: 20, text: '3 May', confidence: undefined },
        ],
        classes: [
          { className: 'Place', shortDisplayName: 'pl' },
          { className: 'Date', shortDisplayName: undefined },
        ],
      },
    },
  ),
  sample('video-classification', { 'source-ref': 's3://acme-gt/in/clip.mp4' }, 0, classMetadata(null, 0.5), {
    content: { classIndex: 0, className: 'sunset' },
    facts: { ...FACTS, confidence: 0.5, rawConfidence: 0.5 },
  }),
  ...(['video-frame-object-detection', 'video-frame-object-tracking'] as const).flatMap((task) => [
    sample(task, SEQUENCE, SEQUENCE_URI, videoMetadata(task), {
      content: { sequenceUri: SEQUENCE_URI, classMap: { 0: 'car', 1: 'bus' }, frames: FETCHES.frames },
    }),
    sample(
      `${task}-adjustment`,
      SEQUENCE,
      SEQUENCE_URI,
      { ...videoMetadata(task), 'adjustment-status': 'adjusted' },
      {
        content: {
          sequenceUri: SEQUENCE_URI,
          classMap: { 0: 'car', 1: 'bus' },
          frames: FETCHES.frames,
          adjusted: true,
        },
      },
    ),
  ]),
  sample('point-cloud-object-detection', CLOUD, CUBOIDS_VALUE, CUBOIDS_METADATA, { content: CUBOIDS }),
  sample('point-cloud-object-tracking', SEQUENCE, SEQUENCE_URI, TRACKS_METADATA, { content: TRACKS }),
  sample('point-cloud-semantic-segmentation', CLOUD, POINTS.maskUri, POINTS_METADATA, {
    content: POINTS,
    facts: { ...FACTS, rawConfidence: 0 },
  }),
  sample(
    'bounding-box-adjustment',
    IMAGE,
    BOXES_VALUE,
    { ...BOXES_METADATA, 'adjustment-status': 'unadjusted' },
    { content: { ...BOXES, adjusted: false } },
  ),
  sample(
    'bounding-box-verification',
    IMAGE,
    '1',
    { ...VERDICT_METADATA, 'worker-feedback': [{ comment: 'Too wide' }, { comment: '' }, {}] },
    {
      content: { classIndex: 1, className: 'bad', comments: ['Too wide'] },
      facts: { ...FACTS, confidence: 0.875, rawConfidence: 0.875 },
    },
  ),
  sample('semantic-segmentation-adjustment', IMAGE, MASK_URI, MASK_METADATA, {
    content: { maskUri: MASK_URI, colorMap: COLOR_MAP, mask: FETCHES.mask, adjusted: undefined },
    facts: { ...FACTS, confidence: 0.625, rawConfidence: 0.625 },
  }),
  sample('semantic-segmentation-verification', IMAGE, 1, VERDICT_METADATA, {
    content: { classIndex: 1, className: 'bad', comments: [] },
    facts: { ...FACTS, confidence: 0.875, rawConfidence: 0.875 },
  }),
  sample(
    'point-cloud-object-detection-adjustment',
    CLOUD,
    CUBOIDS_VALUE,
    { ...CUBOIDS_METADATA, 'adjustment-status': 'adjusted' },
    { content: { ...CUBOIDS, adjusted: true } },
  ),
  sample(
    'point-cloud-object-tracking-adjustment',
    SEQUENCE,
    SEQUENCE_URI,
    { ...TRACKS_METADATA, 'adjustment-status': 'adjusted' },
    { content: { ...TRACKS, adjusted: true } },
  ),
  sample(
    'point-cloud-semantic-segmentation-adjustment',
    CLOUD,
    POINTS.maskUri,
    { ...POINTS_METADATA, 'adjustment-status': 'adjusted' },
    { content: { ...POINTS, adjusted: true }, facts: { ...FACTS, rawConfidence: 0 } },
  ),
  sample(
    'custom',
    { source: 'anything' },
    { answer: [1, 'two', null] },
    {
      type: 'groundTruth/custom',
      job_name: 'labeling-job/acme-signs',
      human_annotated: 'yes',
      creation_date: '2026-03-04T05:06:07.891234',
    },
    { content: { value: { answer: [1, 'two', null] } } },
  ),
  sample('pass-through', IMAGE, null, { type: 'groundtruth/custom', ...JOB }, { content: { value: null } }),
]

/** A line as it stands in a manifest, without its line break. */
export function textOf(line: object): string {
  return JSON.stringify(line)
}

function sample<Name extends TaskName>(
  task: Name,
  source: object,
  value: unknown,
  metadata: object,
  expected: { content: LabelOf<Name>; facts?: object },
): SampleLine {
  const line = { ...source, batch: 'spring', label: value, 'label-metadata': metadata }
  return { task, attribute: 'label', line, facts: FACTS, ...expected } as unknown as SampleLine
}

function classMetadata(medium: string | null, confidence: number): object {
  const type = medium === null ? {} : { type: `groundtruth/${medium}-classification` }
  return { 'class-name': 'sunset', confidence, ...type, ...JOB }
}

function videoMetadata(task: 'video-frame-object-detection' | 'video-frame-object-tracking'): object {
  const type = `groundtruth/${task.replace('-frame', '')}`
  return { 'class-map': { 0: 'car', 1: 'bus' }, type, ...JOB }
}
