import { expect, test } from 'vitest'
import { makeLabelFiles } from '../../../src/manifests/read/label-files.js'
import { makeLineParser } from '../../../src/manifests/read/parse-line.js'
import { TASK_NAMES } from '../../../src/tasks/task-kinds.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { makeLabel } from '../../../src/testing/sagemaker/make-label.js'

const CLASSES = [
  { label: 'stop', shortDisplayName: 'st' },
  { label: 'yield', shortDisplayName: 'yi' },
]

function made(task: TaskName, place: number) {
  const material = {
    place,
    source: ' Zürich 🚲 calls',
    classes: CLASSES,
    confidence: 0.8,
    folder: 's3://out/7',
  }
  return makeLabel(task, material)
}

test.each(TASK_NAMES)('a label of %s reads back as one', (task) => {
  const parse = makeLineParser(task, 'a', makeLabelFiles(undefined))

  const lines = [0, 1, 2].map((place) => {
    const { label, metadata } = made(task, place)
    const common = { 'human-annotated': 'yes', 'job-name': 'labeling-job/j' }
    const line = { source: ' Zürich 🚲 calls', a: label, 'a-metadata': { ...metadata, ...common } }
    return parse(JSON.stringify(line), place + 1)
  })

  expect(lines.map((line) => line.status)).toEqual(['labeled', 'labeled', 'labeled'])
})

const SEQUENCE_KINDS: [TaskName, string, string, RegExp][] = [
  ['semantic-segmentation', 'groundtruth/semantic-segmentation', 's3://out/7.png', /^\x89PNG/],
  [
    'video-frame-object-detection',
    'groundtruth/video-object-detection',
    's3://out/7/SeqLabel.json',
    /^{"detection-annotations":\[{"frame-no":"0"/,
  ],
  [
    'video-frame-object-tracking',
    'groundtruth/video-object-tracking',
    's3://out/7/SeqLabel.json',
    /^{"tracking-annotations":.*"object-name":"stop:1"/,
  ],
  [
    'point-cloud-object-tracking',
    'groundtruth/point_cloud_object_tracking',
    's3://out/7/SeqLabel.json',
    /^{"tracking-annotations":\[{"frame-number":"0"/,
  ],
  [
    'point-cloud-semantic-segmentation',
    'groundtruth/point_cloud_single_frame_semantic_segmentation',
    's3://out/7.zlib',
    /^x/,
  ],
]

test.each(SEQUENCE_KINDS)('a label of %s lies in a file of its own', (task, type, uri, content) => {
  const { label, metadata, file } = made(task, 0)

  expect([label, metadata['type'], file?.uri]).toEqual([uri, type, uri])
  expect(Buffer.from(file?.bytes() ?? []).toString('latin1')).toMatch(content)
})

test.each<[TaskName, string, unknown]>([
  ['image-classification', 'groundtruth/image-classification', 1],
  ['text-classification', 'groundtruth/text-classification', 1],
  ['video-classification', 'groundtruth/video-classification', 1],
  ['image-classification-multi-label', 'groundtruth/image-classification-multilabel', [0, 1]],
  ['text-classification-multi-label', 'groundtruth/text-classification-multilabel', [0, 1]],
  ['bounding-box-verification', 'groundtruth/label-verification', '1'],
])('a label of %s is of type %s', (task, type, expected) => {
  const { label, metadata, file } = made(task, 1)

  expect([label, metadata['type'], file]).toEqual([expected, type, undefined])
})

test('entities are counted in letters, not in code units', () => {
  expect(made('named-entity-recognition', 0)).toEqual({
    label: {
      annotations: {
        labels: CLASSES,
        entities: [{ label: 'stop', startOffset: 1, endOffset: 7 }],
      },
    },
    metadata: { entities: [{ confidence: 0.8 }], type: 'groundtruth/text-span' },
  })
})

test('a text of white space has an empty entity', () => {
  const material = { place: 0, source: ' ', classes: CLASSES, confidence: 0, folder: 's3://out/7' }

  const { label } = makeLabel('named-entity-recognition', material)

  expect(label).toMatchObject({ annotations: { entities: [{ startOffset: 1, endOffset: 1 }] } })
})

test('adjusted labels say so', () => {
  const statuses = [0, 1].map((place) => made('bounding-box-adjustment', place).metadata['adjustment-status'])

  expect(statuses).toEqual(['adjusted', 'unadjusted'])
})

test('the same material makes the same label', () => {
  expect(made('bounding-box', 5)).toEqual(made('bounding-box', 5))
})
