import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Label, LabeledObject } from '../../../src/manifests/read/label.js'
import { LABEL_KINDS } from '../../../src/manifests/read/label-kinds.js'
import { type BadLines, readLabels, type WhichLabels } from '../../../src/manifests/read/read-labels.js'
import type { Source } from '../../../src/manifests/read/source.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { SAMPLES, textOf } from './sample-lines.js'

const OPTIONS = { task: 'text-classification', attribute: 'mood' } as const

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

  it.each([
    ['microseconds without a time zone', '2026-03-04T05:06:07.891234', '2026-03-04T05:06:07.891Z'],
    ['an offset without a colon', '2020-05-15T08:01:16+0000', '2020-05-15T08:01:16.000Z'],
    ['an offset of its own', '2020-05-15T08:01:16+02:30', '2020-05-15T05:31:16.000Z'],
    ['a Z', '2020-05-15T08:01:16Z', '2020-05-15T08:01:16.000Z'],
    ['a blank in the middle', '2020-05-15 08:01:16.5', '2020-05-15T08:01:16.500Z'],
    ['a leap day', '2024-02-29T00:00:00.000000', '2024-02-29T00:00:00.000Z'],
    ['a year that `Date.UTC` reads otherwise', '0026-03-04T05:06:07.000000', '0026-03-04T05:06:07.000Z'],
    ['the last second of a year', '1999-12-31T23:59:59.999999', '1999-12-31T23:59:59.999Z'],
    ['the first day of a year', '2000-01-01T00:00:00.000001', '2000-01-01T00:00:00.000Z'],
  ])('reads a creation date with %s', async (_name, written, expected) => {
    const [label] = await read(OPTIONS, [textOf(mood({ 'creation-date': written }))])

    expect(label).toMatchObject({ createdAt: new Date(expected) })
  })

  it.each([
    '',
    'yesterday',
    '2026-13-04T05:06:07.891234',
    '2026-02-30T05:06:07.891234',
    '2026-04-31T05:06:07+02:00',
    '2025-02-29T05:06:07.891234',
    '2026-02-30T05:06:07.89x234',
    '2026-03-04T25:06:07.891234',
    '2026-03-04T05:06:07.89a234',
    '2026-03-04T05:06:07.8912/4',
    7,
  ])('leaves a creation date of %j out', async (written) => {
    const [label] = await read(OPTIONS, [textOf(mood({ 'creation-date': written }))])

    expect(label).toMatchObject({ status: 'labeled', createdAt: undefined })
  })

  it('reads every date that AWS can write as JavaScript reads it', () => {
    const anyDate = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })

    return fc.assert(
      fc.asyncProperty(anyDate, async (date) => {
        const written = `${date.toISOString().slice(0, -1)}789`
        const [label] = await read(OPTIONS, [textOf(mood({ 'creation-date': written }))])

        expect(label).toMatchObject({ createdAt: date })
      }),
    )
  })

  it.each([
    ['yes', true],
    ['no', false],
    ['Yes', true],
    ['NO', false],
    ['true', true],
    ['false', false],
    [true, true],
    [false, false],
    ['perhaps', undefined],
    [undefined, undefined],
  ])('reads human-annotated %j as %j', async (written, expected) => {
    const [label] = await read(OPTIONS, [textOf(mood({ 'human-annotated': written }))])

    expect(label).toMatchObject({ humanAnnotated: expected })
  })

  it('keeps a bare job name and strips the prefix of another', async () => {
    const lines = ['signs', 'labeling-job/signs', 4].map((name) => `${textOf(mood({ 'job-name': name }))}\n`)

    const labels = await read(OPTIONS, lines)

    expect(labels.map((label) => 'jobName' in label && label.jobName)).toStrictEqual([
      'signs',
      'signs',
      undefined,
    ])
  })

  it('carries the class as text where a line has no index', async () => {
    const [label] = await read(OPTIONS, [textOf({ source: 'x', mood: 'merry' })])

    expect(label).toMatchObject({ status: 'labeled', classIndex: undefined, className: 'merry' })
  })

  it('takes the source that its task uses where a line has both', async () => {
    const line = textOf({ 'source-ref': 's3://acme/a.txt', source: 'words', mood: 1 })

    const [ofText] = await read(OPTIONS, [line])
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

describe('an object without a label', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
    'is not labeled under an attribute that every object has in JavaScript: %s',
    async (attribute) => {
      const labels = await read({ task: 'custom', attribute }, ['{"source":"x"}'])

      expect(labels).toMatchObject([{ status: 'unlabeled' }])
    },
  )

  it('is unlabeled when its line is as it was', async () => {
    const line = { source: 'x', other: 1 }

    const labels = await read(OPTIONS, [textOf(line)])

    expect(labels).toStrictEqual([
      { status: 'unlabeled', task: OPTIONS.task, lineNumber: 1, source: 'x', attribute: 'mood', line },
    ])
  })

  it.each([
    [
      'with a reason',
      { 'failure-reason': 'ClientError: Annotation tasks expired' },
      {},
      'ClientError: Annotation tasks expired',
    ],
    ['with a reason beside a value', { failure_reason: 'late' }, { mood: 1 }, 'late'],
    ['with metadata and no reason', {}, {}, undefined],
    ['with an empty label', { 'failure-reason': '' }, { mood: null }, undefined],
  ])('has failed %s', async (_name, metadata, value, reason) => {
    const line = { source: 'x', ...value, 'mood-metadata': { 'job-name': 'j', ...metadata } }

    const labels = await read(OPTIONS, [textOf(line)])

    expect(labels).toStrictEqual([
      {
        status: 'failed',
        task: OPTIONS.task,
        lineNumber: 1,
        source: 'x',
        attribute: 'mood',
        line,
        reason,
        createdAt: undefined,
        jobName: 'j',
      },
    ])
  })
})

describe('a custom job', () => {
  const OTHER_KEY = { task: 'custom', attribute: 'two-line-review' } as const
  const metadata = { type: 'groundtruth/custom', 'job-name': 'two-line-review', 'human-annotated': 'yes' }

  it('whose Lambda answered under another key has labeled objects, not failed ones', async () => {
    const line = { source: 'x', review: { label: 'cell' }, 'two-line-review-metadata': metadata }

    const [label] = await read(OTHER_KEY, [textOf(line)])

    expect(label).toMatchObject({ status: 'labeled', humanAnnotated: true, value: undefined, line })
  })

  it.each([
    ['a reason', { 'failure-reason': 'late', 'human-annotated': 'true' }],
    ['nobody who annotated it', { 'retry-count': 1 }],
  ])('has a failed object where the metadata names %s', async (_name, said) => {
    const [label] = await read(OTHER_KEY, [textOf({ source: 'x', 'two-line-review-metadata': said })])

    expect(label).toMatchObject({ status: 'failed' })
  })

  it('without a Lambda names the place of the answers', async () => {
    const uri = 's3://acme-gt/out/mood/annotations/worker-response/iteration-1/0/2026-01-08_23:06:49.json'
    const lines = ['worker-response-ref', 'worker_response_ref'].map((key) =>
      textOf({ source: 'x', mood: {}, 'mood-metadata': { 'human-annotated': 'yes', [key]: uri } }),
    )

    const labels = await read({ task: 'custom', attribute: 'mood' }, [lines.join('\n')])

    expect(labels).toMatchObject([
      { status: 'labeled', value: {}, workerResponseUri: uri },
      { status: 'labeled', value: {}, workerResponseUri: uri },
    ])
  })

  it('has no place of answers that is not in S3', async () => {
    const [label] = await read(OPTIONS, [textOf(mood({ 'worker-response-ref': 'https://acme' }))])

    expect(label).toMatchObject({ status: 'labeled', workerResponseUri: undefined })
  })
})

describe('the type in the metadata', () => {
  const boxes = { annotations: [{ class_id: 0, left: 1, top: 2, width: 3, height: 4 }] }

  it.each([
    'groundtruth/object-detection',
    'groundtruth/video-object-tracking',
    'groundtruth/video-object-detection',
    'groundtruth/label-verification',
    'groundtruth/point_cloud_object_detection',
    'my/type',
    undefined,
  ])('is advice where the label can only be that of the task: boxes with %s', async (type) => {
    const line = { 'source-ref': 's3://acme/1.jpg', box: boxes, 'box-metadata': { type } }

    const [label] = await read({ task: 'bounding-box', attribute: 'box' }, [textOf(line)])

    expect(label).toMatchObject({ status: 'labeled', boxes: [{ left: 1, top: 2, width: 3, height: 4 }] })
  })

  it.each<[TaskName, unknown, string]>([
    ['bounding-box', { annotations: [] }, 'groundtruth/point_cloud_object_detection'],
    ['semantic-segmentation', 's3://acme/a', 'groundtruth/video-object-tracking'],
    ['image-classification', 1, 'groundtruth/label-verification'],
    ['image-classification', boxes, 'groundtruth/object-detection'],
  ])('decides where the label may be of another form: %s with %j', async (task, label, type) => {
    const line = { 'source-ref': 's3://acme/1.jpg', label, 'label-metadata': { type } }

    const [found] = await read({ task, attribute: 'label', onBadLine: 'report' }, [textOf(line)])

    expect(found).toStrictEqual({
      status: 'unreadable',
      task,
      lineNumber: 1,
      reason: `its label is a label of type ${type}, which task ${task} does not make`,
    })
  })
})

describe('a line that cannot be read', () => {
  const secret = 'patient-7731'
  const cases: readonly [string, string | Uint8Array, string][] = [
    ['is not JSON', `{"source":"${secret}`, 'it is not JSON'],
    ['is an array', `["${secret}"]`, 'it is JSON but no object'],
    ['is not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'it is not UTF-8'],
    ['has no source', textOf({ mood: secret }), 'it has neither source-ref nor source'],
    [
      'carries a label of another form',
      textOf({ source: 'x', mood: { annotations: [secret] } }),
      'its mood does not have the form of a label of task text-classification',
    ],
    [
      'carries a label of another task',
      textOf(mood({ type: 'groundtruth/label-verification', 'class-name': secret })),
      'its mood is a label of type groundtruth/label-verification, which task text-classification does not make',
    ],
  ]

  it.each(cases)('stops reading when it %s, and is named by its number', async (_name, bad, reason) => {
    const reading = read(OPTIONS, [`${textOf(mood({}))}\r\n\r\n`, bad, '\n', textOf(mood({}))])

    const thrown = await reading.catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      name: 'LabelingJobError',
      code: 'line-unreadable',
      message: `Cannot read line 3 of the manifest: ${reason}. Correct the line, or read on past such lines with onBadLine: 'report'.`,
      data: { line: 3, reason },
    })
    expect(thrown).not.toHaveProperty('cause')
    expect(inspect(thrown, { depth: null })).not.toContain(secret)
  })

  it.each(cases)('is reported on demand when it %s', async (_name, bad, reason) => {
    const good = textOf(mood({}))

    const labels = await read({ ...OPTIONS, onBadLine: 'report' }, [`${good}\n`, bad, '\n', good])

    expect(labels.map((label) => label.status)).toStrictEqual(['labeled', 'unreadable', 'labeled'])
    expect(labels[1]).toStrictEqual({ status: 'unreadable', task: OPTIONS.task, lineNumber: 2, reason })
  })

  it('is a label whose index is no number that exists', async () => {
    const [line] = await read({ ...OPTIONS, onBadLine: 'report' }, ['{"source":"x","mood":1e999}'])

    expect(line).toMatchObject({ status: 'unreadable' })
  })

  it.each<[TaskName, unknown]>([
    ['image-classification', [1]],
    ['bounding-box-verification', {}],
    ['image-classification-multi-label', 'x'],
    ['image-classification-multi-label', [1, 'x']],
    ['bounding-box', 3],
    ['bounding-box', { annotations: [{ class_id: 0, left: 'x', top: 0, width: 1, height: 1 }] }],
    ['bounding-box', { annotations: [null] }],
    ['semantic-segmentation', 4],
    ['semantic-segmentation', 'mask.png'],
    ['named-entity-recognition', { annotations: {} }],
    ['named-entity-recognition', { annotations: { entities: [7] } }],
    ['video-frame-object-tracking', {}],
    ['point-cloud-object-detection', {}],
    ['point-cloud-object-detection', { annotations: [7] }],
    [
      'point-cloud-object-detection',
      { annotations: [{ 'center-x': 1, 'center-y': 1, 'center-z': 1, length: 1, width: 1 }] },
    ],
    ['point-cloud-object-tracking', {}],
    ['point-cloud-semantic-segmentation', {}],
  ])('is a label of %s like %j', async (task, label) => {
    const [line] = await read({ task, attribute: 'label', onBadLine: 'report' }, [
      textOf({ 'source-ref': 's3://acme/a', label }),
    ])

    expect(line).toMatchObject({ status: 'unreadable' })
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

describe('a manifest', () => {
  const text = `\uFEFF${['ascii', 'Łódź', '🎈', 'last'].map((source) => textOf({ source, mood: 1 })).join('\r\n\r\n  \n')}`

  it('gives the same labels however its bytes are cut', async () => {
    const bytes = new TextEncoder().encode(text)
    const whole = await read(OPTIONS, [bytes])

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const labels = await read(OPTIONS, pieces(bytes, cuts))

        expect(labels).toStrictEqual(whole)
      }),
    )
    expect(whole.map((label) => 'source' in label && [label.lineNumber, label.source])).toStrictEqual([
      [1, 'ascii'],
      [4, 'Łódź'],
      [7, '🎈'],
      [10, 'last'],
    ])
  })

  it('gives the same labels however its text is cut', async () => {
    const whole = await read(OPTIONS, [text])

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 20 }), async (cuts) => {
        const labels = await read(OPTIONS, pieces(text, cuts))

        expect(labels).toStrictEqual(whole)
      }),
    )
  })

  it('may come as bytes and text in turns', async () => {
    const [head, tail] = [textOf(mood({})), textOf({ source: '🎈', mood: 1 })]

    const labels = await read(OPTIONS, [
      new TextEncoder().encode(head),
      '\n',
      tail.slice(0, 12),
      tail.slice(12),
    ])

    expect(labels.map((label) => 'source' in label && label.source)).toStrictEqual(['x', '🎈'])
  })

  it('shows half a character before bytes as a replacement character', async () => {
    const labels = await read(OPTIONS, ['{"mood":1,"source":"\uD83C', new TextEncoder().encode('"}')])

    expect(labels).toMatchObject([{ source: '\uFFFD' }])
  })

  it('is empty when it has no line', async () => {
    expect(await read(OPTIONS, [])).toStrictEqual([])
    expect(await read(OPTIONS, ['', '\n\r\n'])).toStrictEqual([])
  })

  it('may be one piece of several megabytes, with lines across the inner borders', async () => {
    const line = `${textOf({ source: 'ł'.repeat(1000), mood: 1 })}\n`

    const labels = await read(OPTIONS, [new TextEncoder().encode(line.repeat(2000))])

    expect(labels).toHaveLength(2000)
    expect(new Set(labels.map((label) => 'source' in label && label.source)).size).toBe(1)
  })

  it('stops at a line that no manifest has', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(32)

    const reading = read({ ...OPTIONS, onBadLine: 'report' }, ['{}\n', ...Array(65).fill(megabyte)])

    await expect(reading).rejects.toThrow(
      'Cannot read line 2 of the manifest: it is longer than 64 MiB. Check that the file is a manifest, with one JSON object on each line.',
    )
  })

  it('loses only the line that is not UTF-8 when it comes with others', async () => {
    const good = new TextEncoder().encode(`${textOf({ source: '🎈', mood: 1 })}\n`)
    const bytes = Uint8Array.of(...good, 0xff, 10, ...good, ...good)

    const labels = await read({ ...OPTIONS, onBadLine: 'report' }, [bytes])

    expect(labels.map((label) => [label.lineNumber, label.status])).toStrictEqual([
      [1, 'labeled'],
      [2, 'unreadable'],
      [3, 'labeled'],
      [4, 'labeled'],
    ])
  })

  it('closes its source when reading ends early', async () => {
    let isClosed = false
    async function* source() {
      try {
        for (;;) yield `${textOf(mood({}))}\n`
      } finally {
        isClosed = true
      }
    }

    for await (const _ of readLabels(OPTIONS, source())) break

    expect(isClosed).toBe(true)
  })
})

function mood(metadata: object): object {
  return { source: 'x', mood: 1, 'mood-metadata': metadata }
}

async function read<Name extends TaskName, Bad extends 'throw' | 'report' = 'throw'>(
  which: WhichLabels<Name> & BadLines<Bad>,
  source: Source,
) {
  const labels = []
  for await (const label of readLabels(which, source)) labels.push(label)
  return labels
}

function pieces<Whole extends string | Uint8Array>(whole: Whole, cuts: readonly number[]): Whole[] {
  const borders = [0, ...[...cuts].sort((one, other) => one - other), whole.length]
  return borders.slice(1).map((end, at) => whole.slice(borders[at], end) as Whole)
}
