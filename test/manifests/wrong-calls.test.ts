import { describe, expect, it, test } from 'vitest'
import { toCsv } from '../../src/export/to-csv.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { writeFiles } from '../../src/export/write-files.js'
import {
  collect,
  inspectManifest,
  manifest,
  readAnswers,
  readLabels,
  readRounds,
  readSequence,
  rows,
} from '../../src/manifests/index.js'
import { boxLabels, boxLine } from '../export/box-labels.js'

const WHICH = { task: 'bounding-box', attribute: 'signs' } as const
const LINE = boxLine('s3://acme-gt/1.jpg', [[0, 1, 1, 2, 2]])

describe('a manifest that is not where it is looked for', () => {
  test.each<[string, unknown, string]>([
    ['the name of a local file', 'out/output.manifest', 'createReadStream(file) of node:fs'],
    [
      'the address of a local file',
      new URL('file:///out/output.manifest'),
      'createReadStream(file) of node:fs',
    ],
    [
      'an address of the web',
      'https://acme-gt.s3.amazonaws.com/output.manifest',
      'Give the object as s3://bucket/key',
    ],
    ['a folder', 's3://acme-gt/out/', 's3://acme-gt/out/JOB/manifests/output/output.manifest'],
    ['a bucket', 's3://acme-gt', 's3://acme-gt/JOB/manifests/output/output.manifest'],
  ])('%s: says what to give', async (_name, source, fix) => {
    const readings = [
      all(readLabels(WHICH, source as never)),
      all(readRounds([WHICH], source as never)),
      inspectManifest(source as never),
    ]

    for (const reading of readings) {
      await expect(reading).rejects.toMatchObject({ code: 'invalid-name', fix: expect.stringContaining(fix) })
    }
  })

  it('an address without a connection is told under the name of the call', async () => {
    await expect(inspectManifest('s3://acme-gt/output.manifest' as never)).rejects.toThrow(
      'call inspectManifest()',
    )
  })
})

describe('what is read is told wrongly', () => {
  test.each<[string, unknown, string]>([
    ['arguments in another order', 's3://acme-gt/output.manifest', 'what to read comes first'],
    ["AWS's spelling of a task", { task: 'BoundingBox', attribute: 'signs' }, "did you mean 'bounding-box'"],
    [
      'another word for a task',
      { task: 'boxes', attribute: 'signs' },
      'name of a task: image-classification, ',
    ],
    ['the name of the metadata', { task: 'bounding-box', attribute: 'signs-metadata' }, 'without -metadata'],
  ])('%s', async (_name, which, message) => {
    await expect(all(readLabels(which as never, [LINE]))).rejects.toThrow(message)
  })
})

describe('what are no labels', () => {
  test.each<[string, (given: never) => unknown]>([
    ['collect', collect],
    ['rows', (given) => all(rows(given))],
    ['toCsv', (given) => all(toCsv(given))],
    ['toYolo', (given) => all(toYolo(given, { classes: ['stop'] }))],
  ])('%s() refuses lines, objects of JSON and rows, of which it would make nothing', async (call, run) => {
    const given = [[LINE], [JSON.parse(LINE)], await all(rows(boxLabels(LINE))), [undefined]]
    const named = ['a text', 'an object', 'an object', 'undefined']

    for (const [index, labels] of given.entries()) {
      await expect(run(labels as never)).rejects.toThrow(
        `Cannot call ${call}(): among what it was given is ${named[index]}, which is no label`,
      )
    }
  })

  test.each([
    's3:/acme-gt/yolo',
    'S3://acme-gt/yolo',
    'arn:aws:s3:::acme-gt',
    'https://acme-gt.s3.amazonaws.com',
  ])('writeFiles() makes no folder named %s', async (folder) => {
    await expect(writeFiles([], folder)).rejects.toThrow('is no folder: give its path, or an address in S3')
  })

  it('writeFiles() refuses labels for files', async () => {
    await expect(writeFiles(boxLabels(LINE) as never, '/nowhere')).rejects.toThrow('give what toCoco()')
  })

  test.each([[[10, 10]], [640], [null], [{ width: Number.NaN, height: 1 }], [() => 640]])(
    'an image is not %s large',
    async (imageSize) => {
      const files = () =>
        toYolo(boxLabels(boxLine('s3://acme-gt/1.jpg', [], { size: null })), {
          classes: ['stop'],
          imageSize,
        } as never)

      await expect(async () => all(files())).rejects.toThrow('Give imageSize a width and a height above 0')
    },
  )

  it('a class that differs in capital letters is named with the one that is there', async () => {
    const files = toYolo(boxLabels(LINE), { classes: ['Stop'] })

    await expect(all(files)).rejects.toThrow(
      'has the class "stop", which is not among the classes of the export: "Stop"',
    )
  })
})

describe('objects of a manifest that is written', () => {
  test.each<[string, unknown, string]>([
    ['addresses alone', ['s3://acme-gt/1.jpg'], "Give { 'source-ref': 's3://bucket/key' }"],
    [
      'another spelling',
      [{ sourceRef: 's3://acme-gt/1.jpg' }],
      'it has sourceRef, and neither source-ref nor source',
    ],
    ['a generator', boxLabels(LINE), 'give them to manifestLines() or writeManifest()'],
  ])('%s', (_name, objects, message) => {
    expect(() => manifest(objects as never, { task: 'bounding-box' })).toThrow(message)
  })
})

it('texts that are addresses say who fetches them', () => {
  expect(() => readSequence('s3://acme-gt/SeqLabel.json')).toThrow('label.frames() fetches')
  expect(() => readAnswers('s3://acme-gt/answers.json')).toThrow('ended.answers() of a job fetches')
})

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const gathered: Item[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}
