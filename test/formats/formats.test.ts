import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCoco } from '../../src/export/to-coco.js'
import { toCsv } from '../../src/export/to-csv.js'
import { toLabelStudio } from '../../src/export/to-label-studio.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { writeFiles } from '../../src/export/write-files.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { type BoxRow, boxLabels, boxLine, CLASSES, failedLine } from '../export/box-labels.js'
import { bucket, maskLabels, maskLine, videoLabels, videoLine } from '../export/files-in-s3.js'

const PYTHON = process.env['FORMATS_PYTHON'] ?? 'python3'
const READER = fileURLToPath(new URL('read_exports.py', import.meta.url))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labeling-job-formats-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What boxes there are, image by image: a class by its place, left, top, width, height. */
const BOXES: readonly {
  readonly name: string
  readonly size: readonly [number, number]
  readonly boxes: readonly BoxRow[]
}[] = [
  {
    name: 'a/1',
    size: [640, 480],
    boxes: [
      [2, 10, 20, 30, 40],
      [0, 0, 0, 640, 480],
    ],
  },
  { name: 'b/1', size: [100, 80], boxes: [] },
  {
    name: 'b/2',
    size: [1921, 1080],
    boxes: [
      [1, 0.5, 1079, 1.25, 1],
      [1, 1900, 3, 21, 7],
    ],
  },
  { name: 'ü/3 4', size: [33, 71], boxes: [[0, 32, 70, 1, 1]] },
]
const LINES = BOXES.map(({ name, size, boxes }, index) =>
  boxLine(`s3://acme-gt/in/${name}.png`, boxes, { size, confidence: 0.5, human: index === 2 ? 'no' : 'yes' }),
)

describe('pycocotools', () => {
  it('reads boxes of the same images, classes and areas', async () => {
    await writeFiles(
      toCoco(boxLabels(...LINES, failedLine('s3://acme-gt/x.png', 'late')), { classes: CLASSES }),
      join(folder, 'coco'),
    )

    expect(await read('coco', 'coco/instances.json')).toStrictEqual({
      images: BOXES.map(({ name }) => `in/${name}.png`),
      classes: CLASSES,
      annotations: BOXES.flatMap(({ name, boxes }) =>
        boxes.map(([place, left, top, width, height]) => ({
          image: `in/${name}.png`,
          class: CLASSES[place],
          bbox: [left, top, width, height],
          area: width * height,
        })),
      ),
    })
  })

  const MASK = [
    '0011100',
    '0110100',
    '2111100',
    '2200001',
    '0002201',
    '1111001',
    '1001111',
    '1111000',
    '0000022',
  ]
  it.each(['packed-runs', 'runs', 'polygons'] as const)(
    'reads masks as %s with the same pixels',
    async (masks) => {
      const cloud = bucket()
      const labels = maskLabels(cloud, maskLine(cloud, 'm', MASK, ['BACKGROUND', 'road', 'sky']))
      for (const annotate of ['region', 'class'] as const) {
        await writeFiles(
          toCoco(labels, { classes: ['sky', 'road'], masks, annotate }),
          join(folder, masks, annotate),
        )

        const { annotations } = (await read('coco', `${masks}/${annotate}/instances.json`)) as CocoFound

        for (const name of ['road', 'sky']) {
          const digit = name === 'road' ? '1' : '2'
          const drawn = MASK.flatMap((row, y) =>
            [...row].flatMap((pixel, x) => (pixel === digit ? [[y, x]] : [])),
          )
          const found = annotations.filter((annotation) => annotation.class === name)
          expect(found.flatMap(({ pixels }) => pixels).sort(byPlace)).toStrictEqual(drawn.sort(byPlace))
          if (annotate === 'class') expect(found).toHaveLength(1)
        }
        for (const { area, bbox, pixel_area, pixel_bbox } of annotations) {
          expect(pixel_area).toBe(area)
          expect(pixel_bbox).toStrictEqual(bbox)
        }
      }
    },
  )

  it('reads the outlines of frames of a video', async () => {
    const cloud = bucket()
    const square = [4, 10].flatMap((x) => [
      { x, y: 4 },
      { x, y: 10 },
    ])
    const vertices = [square[0], square[1], square[3], square[2]]
    const frames = [{ 'frame-no': 0, frame: 'f.jpeg', polygons: [{ 'class-id': 1, vertices }] }]
    const labels = videoLabels(cloud, videoLine(cloud, 'v', frames))
    const options = { classes: ['car', 'bus'], imageSize: { width: 20, height: 20 } }
    await writeFiles(toCoco(labels, options), join(folder, 'video'))

    expect(await read('coco', 'video/instances.json')).toMatchObject({
      images: ['in/v/f.jpeg'],
      annotations: [{ class: 'bus', bbox: [4, 4, 6, 6], area: 36, pixel_area: 36 }],
    })
  })
})

it('labelformat reads the same boxes of each part of a YOLO data set, and backgrounds', async () => {
  const target = join(folder, 'yolo')
  const written = await writeFiles(
    toYolo(boxLabels(...LINES), { classes: CLASSES, split: { train: 3, val: 1 } }),
    target,
  )
  // A reader of YOLO takes sizes from the images, so there must be some.
  for (const path of written.filter((one) => one.endsWith('.txt'))) {
    const { size } = BOXES.find(({ name }) => path.endsWith(`/in/${name}.txt`)) as (typeof BOXES)[number]
    const image = path.replace('/labels/', '/images/').replace(/txt$/, 'png')
    await mkdir(dirname(image), { recursive: true })
    await writeFile(
      image,
      encode({ width: size[0], height: size[1], channels: 1, data: new Uint8Array(size[0] * size[1]) }),
    )
  }

  const parts = (await Promise.all(
    ['train', 'val'].map((part) => read('yolo', 'yolo/data.yaml', part)),
  )) as YoloFound[]

  expect(parts.map(({ classes }) => classes)).toStrictEqual([CLASSES, CLASSES])
  expect(Math.min(...parts.map(({ images }) => images.length))).toBeGreaterThan(0)
  const found = parts.flatMap(({ images }) => images)
  expect(found).toHaveLength(BOXES.length)
  for (const { name, size, boxes } of BOXES) {
    const image = found.find((one) => one.image === `in/${name}.png`)
    expect(image?.size).toStrictEqual(size)
    expect(image?.boxes.map((box) => box.class)).toStrictEqual(boxes.map(([place]) => CLASSES[place]))
    for (const [index, [, left, top, width, height]] of boxes.entries()) {
      const ends = [left, top, left + width, top + height]
      expect(
        Math.max(...ends.map((end, side) => Math.abs(end - (image?.boxes[index]?.ends[side] ?? 1e9)))),
      ).toBeLessThan(1e-4)
    }
  }
})

describe('label-studio-sdk', () => {
  it('takes boxes, says nothing against them, and tells people from machines', async () => {
    const { classes, tasks } = await studio('boxes', toLabelStudio(boxLabels(...LINES), { classes: CLASSES }))

    expect(classes).toStrictEqual({ boxes: CLASSES })
    expect(tasks.flatMap(({ errors }) => errors)).toStrictEqual([])
    expect(tasks.map(({ kinds }) => kinds)).toStrictEqual([
      ['annotations'],
      ['annotations'],
      ['predictions'],
      ['annotations'],
    ])
    for (const [index, { size, boxes, name }] of BOXES.entries()) {
      expect(tasks[index]?.data).toStrictEqual({ image: `s3://acme-gt/in/${name}.png` })
      const inPixels = tasks[index]?.results.map(({ classes, value = {} }) => [
        CLASSES.indexOf(classes[0] ?? ''),
        ...[value['x'], value['y'], value['width'], value['height']].map(
          (percent = -1, side) => Math.round(percent * (size[side % 2] as number) * 100) / 10_000,
        ),
      ])
      expect(inPixels).toStrictEqual(boxes)
    }
  })

  it('takes brushes of the same pixels', async () => {
    const cloud = bucket()
    const rows = ['0112', '2110', '0002']
    const labels = maskLabels(cloud, maskLine(cloud, 'm', rows, ['BACKGROUND', 'road', 'sky']))

    const { tasks } = await studio('masks', toLabelStudio(labels, { classes: ['sky', 'road'] }))

    expect(tasks[0]?.errors).toStrictEqual([])
    const pixels = Object.fromEntries(
      (tasks[0]?.results ?? []).map((result) => [result.classes[0], result.pixels]),
    )
    const drawn = (digit: string) =>
      rows.flatMap((row, y) => [...row].flatMap((pixel, x) => (pixel === digit ? [[y, x]] : [])))
    expect(pixels).toStrictEqual({ road: drawn('1'), sky: drawn('2') })
  })

  it('finds spans where Ground Truth found them, also behind an emoji', async () => {
    const line = {
      source: 'In 👩‍🚀 Łódź on 3 May',
      names: {
        annotations: {
          entities: [
            { label: 'Place', startOffset: 7, endOffset: 11 },
            { label: 'Date', startOffset: 15, endOffset: 20 },
          ],
        },
      },
      'names-metadata': { type: 'groundtruth/text-span', 'human-annotated': 'yes' },
    }
    const labels = readLabels({ task: 'named-entity-recognition', attribute: 'names' }, [
      JSON.stringify(line),
    ])

    const { tasks } = await studio('spans', toLabelStudio(labels, { classes: ['Date', 'Place'] }))

    expect(tasks[0]?.errors).toStrictEqual([])
    expect(tasks[0]?.results.map(({ classes, text }) => [classes[0], text])).toStrictEqual([
      ['Place', 'Łódź'],
      ['Date', '3 May'],
    ])
  })

  it('takes classes, one and several, and hostile names', async () => {
    const hostile = `"/><Image name='x'/>&<!--`
    const single = {
      source: 'x',
      mood: 0,
      'mood-metadata': { 'class-name': hostile, 'human-annotated': 'yes' },
    }
    const several = { source: 'x', mood: [1, 0], 'mood-metadata': { 'class-map': { 0: hostile, 1: 'b' } } }
    for (const [task, line, names] of [
      ['text-classification', single, [hostile]],
      ['text-classification-multi-label', several, ['b', hostile]],
    ] as const) {
      const labels = readLabels({ task, attribute: 'mood' }, [JSON.stringify(line)])

      const { classes, tasks } = await studio(task, toLabelStudio(labels, { classes: ['b', hostile] }))

      expect(Object.values(classes)).toStrictEqual([['b', hostile]])
      expect(tasks[0]?.errors).toStrictEqual([])
      expect(tasks[0]?.results[0]?.classes).toStrictEqual(names)
    }
  })
})

it("Python's csv reads the same rows", async () => {
  await writeFiles(
    toCsv(boxLabels(...LINES, failedLine('s3://acme-gt/x.png', 'a,\n"b"'))),
    join(folder, 'csv'),
  )

  const labels = (await read('csv', 'csv/labels.csv')) as Record<string, string>[]
  const objects = (await read('csv', 'csv/objects.csv')) as Record<string, string>[]

  expect(
    labels.map(({ source, className, left, height }) => [source, className, Number(left), Number(height)]),
  ).toStrictEqual(
    BOXES.flatMap(({ name, boxes }) =>
      boxes.map(([place, left, , , height]) => [`s3://acme-gt/in/${name}.png`, CLASSES[place], left, height]),
    ),
  )
  expect(objects.map(({ status, labels, reason }) => [status, Number(labels), reason])).toStrictEqual([
    ...BOXES.map(({ boxes }) => ['labeled', boxes.length, '']),
    ['failed', 0, 'a,\n"b"'],
  ])
})

interface CocoFound {
  readonly annotations: readonly {
    readonly class: string
    readonly area: number
    readonly bbox: readonly number[]
    readonly pixels: readonly (readonly number[])[]
    readonly pixel_area: number
    readonly pixel_bbox: readonly number[]
  }[]
}

interface YoloFound {
  readonly classes: readonly string[]
  readonly images: readonly {
    readonly image: string
    readonly size: readonly number[]
    readonly boxes: readonly { readonly class: string; readonly ends: readonly number[] }[]
  }[]
}

interface StudioFound {
  readonly classes: Readonly<Record<string, readonly string[]>>
  readonly tasks: readonly {
    readonly kinds: readonly string[]
    readonly data: object
    readonly errors: readonly string[]
    readonly results: readonly {
      readonly classes: readonly string[]
      readonly value?: Readonly<Record<string, number>>
      readonly text?: string
      readonly pixels?: readonly (readonly number[])[]
    }[]
  }[]
}

async function studio(name: string, files: ReturnType<typeof toLabelStudio>): Promise<StudioFound> {
  await writeFiles(files, join(folder, 'studio', name))
  return (await read(
    'label-studio',
    `studio/${name}/labeling-config.xml`,
    join(folder, `studio/${name}/tasks.json`),
  )) as StudioFound
}

/** Has a reader of another tool read a file of the folder. */
async function read(reader: string, path: string, ...more: readonly string[]): Promise<unknown> {
  const args = [READER, reader, join(folder, path), ...more]
  const { stdout } = await promisify(execFile)(PYTHON, args, {
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONUTF8: '1' },
  })
  return JSON.parse(stdout)
}

function byPlace(one: readonly number[], other: readonly number[]): number {
  return (one[0] as number) - (other[0] as number) || (one[1] as number) - (other[1] as number)
}
