import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { collect } from '../../../src/manifests/overview/collect.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { SAMPLES, textOf } from '../read/sample-lines.js'

describe('collect', () => {
  it('counts labels by annotator, status and class', async () => {
    const lines = [
      classLine('stop', 'yes'),
      classLine('stop', 'no'),
      classLine('yield', 'no'),
      classLine('dead end', 'no'),
      classLine(undefined, undefined),
      { 'source-ref': 's3://acme/7.jpg', 'sign-metadata': { 'failure-reason': 'late' } },
      { 'source-ref': 's3://acme/8.jpg' },
      {},
    ]

    const collected = await collect(read('image-classification', lines))

    expect({ ...collected }).toStrictEqual({
      objects: 7,
      labeled: 5,
      human: 1,
      machine: 3,
      failed: 1,
      unlabeled: 1,
      unreadable: 1,
      unreadableParts: 0,
      unknownPixels: 0,
      classes: new Map([
        ['stop', 2],
        ['(unnamed)', 1],
        ['dead end', 1],
        ['yield', 1],
      ]),
      failures: [{ reason: 'late', count: 1, lineNumbers: [6] }],
      sizes: new Map(),
      confidence: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect([...collected.classes.keys()]).toStrictEqual(['stop', '(unnamed)', 'dead end', 'yield'])
    expect(`${collected}`).toBe(
      [
        '7 objects: 5 labeled (1 by people, 3 by machine, 1 not said by whom), 1 failed, 1 unlabeled',
        '1 unreadable',
        '  stop: 2',
        '  (unnamed): 1',
        '  dead end: 1',
        '  yield: 1',
        'failed because',
        '  1 × late',
      ].join('\n'),
    )
  })

  it('says of an empty manifest that it is empty', async () => {
    expect(String(await collect([]))).toBe('0 objects: 0 labeled, 0 failed, 0 unlabeled')
  })

  it('does not speak of one objects', async () => {
    expect(String(await collect(read('custom', [{ source: 'x' }])))).toBe(
      '1 object: 0 labeled, 0 failed, 1 unlabeled',
    )
  })

  it.each<[TaskName, Record<string, number>]>([
    ['image-classification', { sunset: 1 }],
    ['image-classification-multi-label', { bicycle: 1, person: 1 }],
    ['bounding-box', { stop: 1, yield: 1 }],
    ['semantic-segmentation', {}],
    ['named-entity-recognition', { Date: 1, Place: 1 }],
    ['video-frame-object-tracking', { bus: 1, car: 1 }],
    ['point-cloud-object-detection', { Car: 1 }],
    ['bounding-box-verification', { bad: 1 }],
    ['custom', {}],
  ])('counts the classes of %s', async (task, classes) => {
    const sample = SAMPLES.find((one) => one.task === task)

    const collected = await collect(readLabels({ task, attribute: 'label' }, [textOf(sample?.line ?? {})]))

    expect(Object.fromEntries(collected.classes)).toStrictEqual(classes)
  })

  it('calls boxes and chosen classes without a name unnamed', async () => {
    const boxes = { annotations: [{ left: 1, top: 2, width: 3, height: 4 }] }

    const ofBoxes = await collect(read('bounding-box', [{ source: 'x', sign: boxes }]))
    const ofClasses = await collect(read('image-classification-multi-label', [{ source: 'x', sign: [1] }]))

    expect([...ofBoxes.classes, ...ofClasses.classes]).toStrictEqual([
      ['(unnamed)', 1],
      ['(unnamed)', 1],
    ])
  })
})

describe('the failures of what is collected', () => {
  it('fall together when they differ in addresses and ids only, most frequent first', async () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const lines = [
      failedLine(undefined),
      classLine('stop', 'yes'),
      failedLine('ClientError: Cannot read "s3://acme/1.jpg".'),
      failedLine('ClientError: Cannot read "s3://acme/2.jpg".'),
      failedLine(`Task ${id} expired`),
    ]

    const collected = await collect(read('image-classification', lines))

    expect(collected.failures).toStrictEqual([
      { reason: 'ClientError: Cannot read "s3://…".', count: 2, lineNumbers: [3, 4] },
      { reason: 'no reason given', count: 1, lineNumbers: [1] },
      { reason: 'Task … expired', count: 1, lineNumbers: [5] },
    ])
    expect(`${collected}`.split('\n').slice(-4)).toStrictEqual([
      'failed because',
      '  2 × ClientError: Cannot read "s3://…".',
      '  1 × no reason given',
      '  1 × Task … expired',
    ])
  })

  it('name at most 100 lines each', async () => {
    const lines = Array.from({ length: 101 }, () => failedLine('late'))

    const { failures } = await collect(read('image-classification', lines))

    expect(failures).toStrictEqual([
      { reason: 'late', count: 101, lineNumbers: Array.from({ length: 100 }, (_, index) => index + 1) },
    ])
  })
})

describe('the sizes and confidences of what is collected', () => {
  it('count images by size, the most frequent first, and boxes by confidence', async () => {
    const lines = [
      boxLine([{ width: 640, height: 480 }], [0.05, 0.95]),
      boxLine([{ width: 1280, height: 720 }], [1]),
      boxLine([{ width: 1280, height: 720 }], [0]),
      boxLine(undefined, [0.949, -1]),
    ]

    const { sizes, confidence } = await collect(read('bounding-box', lines))

    expect([...sizes]).toStrictEqual([
      ['1280x720', 2],
      ['640x480', 1],
    ])
    expect(confidence).toStrictEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 3])
  })

  it.each<[TaskName, number]>([
    ['named-entity-recognition', 1],
    ['image-classification-multi-label', 2],
    ['bounding-box-verification', 1],
    ['semantic-segmentation', 1],
    ['point-cloud-object-detection', 0],
    ['custom', 0],
  ])('count what has a confidence in a label of %s', async (task, count) => {
    const sample = SAMPLES.find((found) => found.task === task)

    const { confidence } = await collect(
      readLabels({ task, attribute: 'label' }, [textOf(sample?.line ?? {})]),
    )

    expect(confidence.reduce((sum, next) => sum + next, 0)).toBe(count)
  })
})

describe('what is collected', () => {
  it('keeps its maps in JSON', async () => {
    const lines = [classLine('__proto__', 'yes'), failedLine('late'), boxLine([{ width: 1, height: 2 }], [])]

    const ofClasses = await collect(read('image-classification', lines.slice(0, 2)))
    const ofBoxes = await collect(read('bounding-box', lines.slice(2)))

    const json = JSON.stringify(ofClasses)
    expect(json).toContain('"classes":{"__proto__":1}')
    expect({ ...JSON.parse(json), classes: undefined }).toStrictEqual({
      objects: 2,
      labeled: 1,
      failed: 1,
      unlabeled: 0,
      unreadable: 0,
      unreadableParts: 0,
      unknownPixels: 0,
      human: 1,
      machine: 0,
      classes: undefined,
      failures: [{ reason: 'late', count: 1, lineNumbers: [2] }],
      sizes: {},
      confidence: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect(JSON.parse(JSON.stringify(ofBoxes))).toMatchObject({ sizes: { '1x2': 1 } })
  })

  it('shows nothing that moves the cursor, and is shown as HTML and in a terminal', async () => {
    const lines = [classLine('<b>\u001b[31m', 'yes'), failedLine('late\n::error::forged')]

    const collected = await collect(read('image-classification', lines))

    const text = [
      '2 objects: 1 labeled (1 by people), 1 failed, 0 unlabeled',
      '  <b>\ufffd[31m: 1',
      'failed because',
      '  1 × late\ufffd::error::forged',
    ].join('\n')
    expect(String(collected)).toBe(text)
    expect(inspect(collected)).toBe(text)
    expect(collected.toHtml()).toContain('&#60;b&#62;')
    expect(collected.toMarkdown()).toContain(text)
  })

  it('needs labels', async () => {
    await expect(collect(undefined as never)).rejects.toThrow(
      'Cannot call collect(): it was given no labels: give what readLabels() yields, or what labels() or lines() of a job gives.',
    )
  })

  it('can be collected twice from the same labels', async () => {
    const labels = read('image-classification', [classLine('stop', 'yes')])

    expect((await collect(labels)).labeled).toBe(1)
    expect((await collect(labels)).labeled).toBe(1)
  })

  it('shows twenty classes and says how many more there are', async () => {
    const lines = Array.from({ length: 23 }, (_, index) => classLine(`class ${index + 100}`, 'yes'))

    const text = String(await collect(read('image-classification', lines)))

    expect(text.split('\n')).toHaveLength(22)
    expect(text).toMatch(/ {2}class 119: 1\n {2}and 3 more$/)
  })
})

function classLine(name: string | undefined, human: string | undefined): object {
  const metadata = { 'class-name': name, 'human-annotated': human }
  return { 'source-ref': 's3://acme/1.jpg', sign: 0, 'sign-metadata': metadata }
}

function boxLine(imageSize: unknown, confidences: readonly number[]): object {
  const annotations = confidences.map((_, left) => ({ class_id: 0, left, top: 2, width: 3, height: 4 }))
  const objects = confidences.map((confidence) => ({ confidence }))
  return {
    'source-ref': 's3://acme/1.jpg',
    sign: { image_size: imageSize, annotations },
    'sign-metadata': { objects },
  }
}

function failedLine(reason: string | undefined): object {
  return { 'source-ref': 's3://acme/1.jpg', 'sign-metadata': { 'failure-reason': reason } }
}

function read(task: TaskName, lines: readonly object[]) {
  return readLabels({ task, attribute: 'sign', onBadLine: 'report' }, [lines.map(textOf).join('\n')])
}
