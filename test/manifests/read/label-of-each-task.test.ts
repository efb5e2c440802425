import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Label, LabeledObject } from '../../../src/manifests/read/label.js'
import { LABEL_KINDS } from '../../../src/manifests/read/label-kinds.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { MOOD, read } from './read-all.js'
import { SAMPLES, textOf } from './sample-lines.js'

describe('a label', () => {
  it.each(SAMPLES)(
    'of $task is read into its own fields',
    async ({ task, attribute, line, content, facts }) => {
      const labels = await read({ task, attribute }, [textOf(line)])

      const source = line['source-ref'] ?? line['source']
      expect(labels).toStrictEqual([
        { status: 'labeled', task, lineNumber: 1, source, attribute, line, ...facts, ...content },
      ])
    },
  )

  it('has a sample for every task', () => {
    expect(SAMPLES.map((sample) => sample.task).sort()).toStrictEqual(Object.keys(LABEL_KINDS).sort())
  })

  it('narrows by the name of its task', () => {
    const area = (label: LabeledObject) =>
      label.task === 'bounding-box' ? label.boxes.map((box) => box.width * box.height) : label.task

    expectTypeOf<LabeledObject<'bounding-box-adjustment'>>().toHaveProperty('adjusted')
    expectTypeOf<LabeledObject<'bounding-box'>>().not.toHaveProperty('adjusted')
    expectTypeOf<LabeledObject<'custom'>['value']>().toEqualTypeOf<unknown>()
    expectTypeOf<LabeledObject<'named-entity-recognition'>>().not.toHaveProperty('boxes')
    expectTypeOf(area).returns.not.toBeAny()
    expectTypeOf<Label<'bounding-box'>['status']>().toEqualTypeOf<'labeled' | 'failed' | 'unlabeled'>()
  })

  it('carries the class as text where a line has no index', async () => {
    const [label] = await read(MOOD, [textOf({ source: 'x', mood: 'merry' })])

    expect(label).toMatchObject({ status: 'labeled', classIndex: undefined, className: 'merry' })
  })

  it('takes the source that its task uses where a line has both', async () => {
    const line = textOf({ 'source-ref': 's3://acme/a.txt', source: 'words', mood: 1 })

    const [ofText] = await read(MOOD, [line])
    const [ofImage] = await read({ task: 'image-classification', attribute: 'mood' }, [line])

    expect([ofText?.status, ofImage?.status]).toStrictEqual(['labeled', 'labeled'])
    expect(ofText).toMatchObject({ source: 'words' })
    expect(ofImage).toMatchObject({ source: 's3://acme/a.txt' })
  })
})

describe('a field that is spelled with underscores', () => {
  it.each<[TaskName, unknown, object, object]>([
    [
      'semantic-segmentation',
      's3://acme/m.png',
      { internal_color_map: { 0: { class_name: 'road', hex_color: '#fff' } } },
      { colorMap: { 0: { className: 'road', color: '#fff', confidence: undefined } } },
    ],
    [
      'point-cloud-semantic-segmentation',
      's3://acme/m.zlib',
      { color_map: {}, dataset_object_attributes: { a: 1 } },
      { frameAttributes: { a: 1 } },
    ],
    [
      'bounding-box',
      { annotations: [], 'image-size': [{ width: 1, height: 2 }] },
      {},
      { imageSize: { width: 1 } },
    ],
    [
      'image-classification-multi-label',
      [1],
      { class_map: { 1: 'a' }, confidence_map: { 1: 0.5 } },
      { classes: [{ className: 'a', confidence: 0.5 }] },
    ],
    [
      'bounding-box-verification',
      1,
      { class_name: 'bad', worker_feedback: [{ comment: 'no' }] },
      { className: 'bad', comments: ['no'] },
    ],
    ['bounding-box-adjustment', { annotations: [] }, { adjustment_status: 'adjusted' }, { adjusted: true }],
  ])('or the other way round is read all the same: %s %j', async (task, label, metadata, expected) => {
    const line = { 'source-ref': 's3://acme/a', label, 'label-metadata': metadata }

    const [found] = await read({ task, attribute: 'label' }, [textOf(line)])

    expect(found).toMatchObject({ status: 'labeled', ...expected })
  })
})

describe('an entity', () => {
  it.each([
    ['plain text', 'on 3 May', 3, 8, '3 May'],
    ['text after an emoji', '🎈🎈 on 3 May', 6, 11, '3 May'],
    ['an emoji itself', 'a🎈b', 1, 2, '🎈'],
    ['offsets beyond plain text', 'on 3 May', 3, 9, undefined],
    ['offsets beyond text with an emoji', '🎈', 0, 2, undefined],
    ['offsets the wrong way round', 'on 3 May', 3, 2, undefined],
    ['a negative offset', 'on 3 May', -1, 2, undefined],
  ])('is cut by code points out of %s', async (_name, source, start, end, text) => {
    const value = { annotations: { entities: [{ label: 'X', startOffset: start, endOffset: end }] } }

    const [label] = await read({ task: 'named-entity-recognition', attribute: 'ner' }, [
      textOf({ source, ner: value }),
    ])

    expect(label).toMatchObject({
      entities: [{ className: 'X', start, end, text, confidence: undefined }],
      classes: [],
    })
  })

  it('has no text when the text lies in S3', async () => {
    const value = { annotations: { entities: [{ label: 'X', startOffset: 0, endOffset: 2 }], labels: [{}] } }

    const [label] = await read({ task: 'named-entity-recognition', attribute: 'ner' }, [
      textOf({ 'source-ref': 's3://acme/a.txt', ner: value }),
    ])

    expect(label).toMatchObject({ entities: [{ className: 'X', text: undefined }], classes: [] })
  })
})

describe('what a label leaves out', () => {
  it.each<[TaskName, unknown, object, object]>([
    [
      'bounding-box',
      { annotations: [{ left: 1, top: 2, width: 3, height: 4 }] },
      {},
      {
        boxes: [{ className: undefined, classIndex: undefined, confidence: undefined }],
        imageSize: undefined,
      },
    ],
    [
      'bounding-box',
      { image_size: { width: '9', height: 8 }, annotations: [] },
      { 'class-map': { 0: 7 } },
      { boxes: [], imageSize: { width: 9, height: 8, depth: undefined } },
    ],
    ['semantic-segmentation', 's3://acme/m.png', {}, { colorMap: {}, confidence: undefined }],
    [
      'semantic-segmentation',
      's3://acme/m.png',
      { 'internal-color-map': { 0: 'white' } },
      { colorMap: {}, rawConfidence: undefined },
    ],
    ['semantic-segmentation', 's3://acme/m.png', { 'internal-color-map': {} }, { rawConfidence: undefined }],
    [
      'video-frame-object-detection',
      's3://acme/s.json',
      { 'class-map': { 0: 'a', 1: 2 } },
      { classMap: { 0: 'a' } },
    ],
    ['point-cloud-object-tracking', 's3://acme/s.json', { objects: [7] }, { classMap: {} }],
    ['point-cloud-object-tracking', 's3://acme/s.json', {}, { classMap: {} }],
    ['point-cloud-semantic-segmentation', 's3://acme/m.zlib', {}, { frameAttributes: {}, colorMap: {} }],
    [
      'image-classification-multi-label',
      ['2'],
      {},
      { classes: [{ classIndex: 2, className: undefined, confidence: undefined }] },
    ],
    ['image-classification', '', {}, { classIndex: undefined, className: '' }],
    ['image-classification', '1e999', {}, { classIndex: undefined, className: '1e999' }],
    ['bounding-box-verification', 1, { 'worker-feedback': ['as text', 7] }, { comments: ['as text'] }],
    [
      'point-cloud-object-detection',
      {
        annotations: [
          { 'center-x': 1, 'center-y': 2, 'center-z': 3, length: 4, width: 5, height: 6, yaw: 7 },
        ],
      },
      {},
      { cuboids: [{ roll: 0, pitch: 0, className: undefined, attributes: {} }], frameAttributes: {} },
    ],
  ])('is undefined or empty: %s %j', async (task, label, metadata, expected) => {
    const line = { 'source-ref': 's3://acme/a', label, 'label-metadata': metadata }

    const [found] = await read({ task, attribute: 'label' }, [textOf(line)])

    expect(found).toMatchObject({ status: 'labeled', ...expected })
  })
})
