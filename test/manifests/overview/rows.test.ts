import { deflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../../src/manifests/overview/row-columns.js'
import { type Row, rows } from '../../../src/manifests/overview/rows.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { awsHolding } from '../aws-holding.js'
import { SAMPLES, textOf } from '../read/sample-lines.js'

const FACTS = {
  lineNumber: 1,
  attribute: 'label',
  humanAnnotated: true,
  createdAt: '2026-03-04T05:06:07.891Z',
  jobName: 'acme-signs',
}
const SEQUENCE = JSON.stringify({
  'tracking-annotations': [
    {
      'frame-no': 3,
      frame: 'f3.jpg',
      'frame-attributes': { rain: true },
      annotations: [{ 'class-id': 1, left: 1, top: 2, width: 3, height: 4, 'object-id': 'o' }],
      polygons: [{ vertices: [{ x: 1, y: 2 }], 'object-name': 'car:2' }],
    },
    { 'frame-no': 4 },
  ],
})
const CUBOIDS = JSON.stringify({
  lidar: {
    'tracking-annotations': [
      {
        'frame-number': 0,
        annotations: [
          {
            'center-x': 1,
            'center-y': 2,
            'center-z': 3,
            length: 4,
            width: 5,
            height: 6,
            yaw: 0.5,
            'class-id': 0,
          },
        ],
      },
    ],
  },
})

describe('rows', () => {
  it.each(SAMPLES.map(({ task, line }) => [task, line] as const))(
    'of %s have the columns of the task, in their order, and nothing but plain values',
    async (task, line) => {
      const { aws } = awsHolding({
        's3://acme-gt/out/annotations/consolidated-annotation/output/0/SeqLabel.json': SEQUENCE,
        's3://acme-gt/out/mask/0001.png': encode({
          width: 1,
          height: 1,
          channels: 1,
          data: Uint8Array.of(0),
        }),
        's3://acme-gt/out/0/cloud-1.zlib': deflateSync(Uint8Array.of(1)),
      })

      const list = await all(rows(readLabels({ task, attribute: 'label' }, [textOf(line)], aws)))

      if (task !== 'text-classification-multi-label') expect(list).not.toHaveLength(0)
      for (const row of list) {
        expect(Object.keys(row)).toStrictEqual(columnsOf(task))
        for (const cell of Object.values(row)) {
          expect(cell === null || ['string', 'number', 'boolean'].includes(typeof cell)).toBe(true)
        }
      }
    },
  )

  it('of boxes are one a box, with the size of the image', async () => {
    expect(await rowsOf('bounding-box-adjustment')).toStrictEqual([
      {
        ...FACTS,
        task: 'bounding-box-adjustment',
        source: 's3://acme-gt/in/0001.jpg',
        className: 'stop',
        classIndex: 0,
        confidence: 0.75,
        left: 10,
        top: 20,
        width: 30,
        height: 40,
        imageWidth: 640,
        imageHeight: 480,
        adjusted: false,
      },
      expect.objectContaining({ className: 'yield', confidence: null, left: 5, top: 6.5 }),
    ])
  })

  it.each<[TaskName, readonly object[]]>([
    ['image-classification', [{ className: 'sunset', classIndex: 3, confidence: null }]],
    [
      'image-classification-multi-label',
      [
        { className: 'bicycle', confidence: 0.95 },
        { className: 'person', confidence: 0.25 },
      ],
    ],
    ['text-classification-multi-label', []],
    [
      'named-entity-recognition',
      [
        { className: 'Place', start: 7, end: 11, text: 'Łódź', confidence: 0.5 },
        { className: 'Date', start: 15, end: 20, text: '3 May', confidence: null },
      ],
    ],
    ['bounding-box-verification', [{ className: 'bad', confidence: 0.875, comments: 'Too wide' }]],
    [
      'point-cloud-object-detection',
      [{ objectName: 'Car:1', centerX: -2.5, centerZ: 0.5, yaw: 1.625, attributes: '{"occluded":"no"}' }],
    ],
    ['custom', [{ value: '{"answer":[1,"two",null]}' }]],
    ['pass-through', [{ value: null }]],
  ])('of %s are one for each of its parts', async (task, expected) => {
    expect(await rowsOf(task)).toMatchObject(expected as object[])
    expect(await rowsOf(task)).toHaveLength(expected.length)
  })

  it('of a sequence are one an object of a frame, fetched', async () => {
    const { aws } = awsHolding({ 's3://acme-gt/0': SEQUENCE, 's3://acme-gt/1': CUBOIDS })
    const [video] = manifests('video-frame-object-tracking', 1, aws)
    const line = JSON.stringify({ 'source-ref': 's3://acme-gt/in/1', a: 's3://acme-gt/1' })
    const clouds = readLabels({ task: 'point-cloud-object-tracking', attribute: 'a' }, [line], aws)

    expect(await all(rows(video))).toMatchObject([
      {
        frameNumber: 3,
        frame: 'f3.jpg',
        sensor: null,
        frameAttributes: '{"rain":true}',
        kind: 'box',
        classIndex: 1,
        objectId: 'o',
        left: 1,
        height: 4,
        points: null,
        attributes: '{}',
      },
      { kind: 'polygon', className: 'car', objectName: 'car:2', left: null, points: '[[1,2]]' },
    ])
    expect(await all(rows(clouds))).toMatchObject([
      { sensor: 'lidar', kind: 'cuboid', centerX: 1, length: 4, roll: 0, yaw: 0.5, left: null },
    ])
  })

  it('of a mask are one a class, with its pixels, which are not known without a connection', async () => {
    const map = {
      0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff' },
      2: { 'class-name': 'road', 'hex-color': '#000000', confidence: 0.5 },
    }
    const line = {
      'source-ref': 's3://acme-gt/in/1',
      a: 's3://acme-gt/0',
      'a-metadata': { 'internal-color-map': map },
    }
    const png = encode({ width: 3, height: 1, channels: 3, data: Uint8Array.of(0, 0, 0, 0, 0, 0, 9, 9, 9) })
    const { aws } = awsHolding({ 's3://acme-gt/0': png })
    const which = { task: 'semantic-segmentation', attribute: 'a' } as const

    const [background, road] = await all(rows(readLabels(which, [textOf(line)], aws)))
    const unread = await all(rows(readLabels(which, [textOf(line)])))

    expect(background).toMatchObject({ className: 'BACKGROUND', classIndex: 0, color: '#ffffff', pixels: 0 })
    expect(road).toMatchObject({ className: 'road', confidence: 0.5, pixels: 2, maskUri: 's3://acme-gt/0' })
    expect(unread.map((row) => row['pixels'])).toStrictEqual([null, null])
  })

  it('of classes that share a color have no number of pixels: it was 0', async () => {
    const map = {
      0: { 'class-name': 'road', 'hex-color': '#000000' },
      1: { 'class-name': 'path', 'hex-color': '#000' },
      2: { 'class-name': 'sky', 'hex-color': '#0000ff' },
    }
    const line = {
      'source-ref': 's3://acme-gt/in/1',
      a: 's3://acme-gt/0',
      'a-metadata': { 'internal-color-map': map },
    }
    const png = encode({ width: 2, height: 1, channels: 3, data: Uint8Array.of(0, 0, 0, 0, 0, 255) })
    const { aws } = awsHolding({ 's3://acme-gt/0': png })
    const labels = readLabels({ task: 'semantic-segmentation', attribute: 'a' }, [textOf(line)], aws)

    expect((await all(rows(labels))).map((row) => [row['className'], row['pixels']])).toStrictEqual([
      ['road', null],
      ['path', null],
      ['sky', 1],
    ])
  })

  it('of a point mask have classes that its map does not name', async () => {
    const line = { 'source-ref': 's3://a/1', a: 's3://acme-gt/0', 'a-metadata': { 'color-map': { x: {} } } }
    const { aws } = awsHolding({ 's3://acme-gt/0': deflateSync(Uint8Array.of(7, 7, 1)) })
    const labels = readLabels(
      { task: 'point-cloud-semantic-segmentation', attribute: 'a' },
      [textOf(line)],
      aws,
    )

    expect((await all(rows(labels))).map((row) => [row['classIndex'], row['points']])).toStrictEqual([
      [7, 2],
      [1, 1],
    ])
  })

  it('come in the order of their lines, what is fetched sixteen at once', async () => {
    const { aws, most } = awsHolding(
      Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`s3://acme-gt/${at}`, SEQUENCE])),
    )
    const [labels] = manifests('video-frame-object-detection', 40, aws)

    const list = await all(rows(labels))

    expect(list.map((row) => row['lineNumber'])).toStrictEqual(
      Array.from({ length: 80 }, (_, at) => (at >> 1) + 1),
    )
    expect(most()).toBe(16)
  })

  it('come before what ends the reading', async () => {
    const good = textOf({ source: 'x', a: 1 })
    const seen: Row[] = []

    const reading = (async () => {
      const labels = readLabels({ task: 'text-classification', attribute: 'a' }, [
        `${good}\n${good}\n{broken`,
      ])
      for await (const row of rows(labels)) seen.push(row)
    })()

    await expect(reading).rejects.toMatchObject({ code: 'line-unreadable' })
    expect(seen).toHaveLength(2)
  })

  it('are not made of sequences without a connection, nor of what is no labels', async () => {
    const [labels] = manifests('video-frame-object-detection', 1)

    await expect(all(rows(labels))).rejects.toMatchObject({ code: 'refused-call' })
    await expect(all(rows(undefined as never))).rejects.toThrow('it was given no labels')
    await expect(all(rows([], { files: true } as never))).rejects.toThrow('it has no option "files"')
  })

  it('close what was begun when nobody wants the rest', async () => {
    let closed = 0
    const label = (lineNumber: number) =>
      ({
        status: 'labeled',
        task: 'video-frame-object-tracking',
        lineNumber,
        frames: () => ({
          [Symbol.asyncIterator]: () => ({
            next: async () => ({ done: false, value: { objects: [{ kind: 'box' }], unreadable: [] } }),
            return: async () => {
              closed += 1
              return { done: true, value: undefined }
            },
          }),
        }),
      }) as never

    for await (const _ of rows([label(1), label(2), label(3)])) break

    expect(closed).toBe(3)
  })

  it('has none for objects that failed, are unlabeled or cannot be read', async () => {
    const lines = [{ source: 'x' }, { source: 'x', 'a-metadata': { 'failure-reason': 'late' } }, {}]
    const labels = readLabels(
      { task: 'text-classification', attribute: 'a', onBadLine: 'report' },
      lines.map((line) => `${textOf(line)}\n`),
    )

    expect(await all(rows(labels))).toStrictEqual([])
  })
})

function manifests(task: TaskName, count: number, aws?: ReturnType<typeof awsHolding>['aws']) {
  const lines = Array.from(
    { length: count },
    (_, at) => `${textOf({ 'source-ref': `s3://acme-gt/in/${at}`, a: `s3://acme-gt/${at}` })}\n`,
  )
  return [readLabels({ task, attribute: 'a' }, lines, aws)] as const
}

function rowsOf(task: TaskName): Promise<Row[]> {
  const sample = SAMPLES.find((one) => one.task === task)
  return all(rows(readLabels({ task, attribute: 'label' }, [textOf(sample?.line ?? {})])))
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
