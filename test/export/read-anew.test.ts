import { expect, test } from 'vitest'
import type { Files } from '../../src/export/export-file.js'
import { contactSheet } from '../../src/export/pictures/contact-sheet.js'
import { toAugmentedManifest } from '../../src/export/to-augmented-manifest.js'
import { toCoco } from '../../src/export/to-coco.js'
import { toCsv } from '../../src/export/to-csv.js'
import { toLabelStudio } from '../../src/export/to-label-studio.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { writeFiles } from '../../src/export/write-files.js'
import { collect } from '../../src/manifests/overview/collect.js'
import { rows } from '../../src/manifests/overview/rows.js'
import type { Lines } from '../../src/manifests/read/label.js'
import { manifestLines } from '../../src/manifests/write/manifest.js'
import { fakeAws } from '../../src/testing/index.js'
import { boxLabels, boxLine, CLASSES } from './box-labels.js'

const labels = boxLabels(
  boxLine('s3://acme-gt/a.jpg', [[0, 1, 2, 3, 4]]),
  boxLine('s3://acme-gt/b.jpg', [[1, 5, 6, 7, 8]]),
)
async function* labelsOnce() {
  yield* labels
}

const EXPORTS: readonly (readonly [string, (labels: Lines) => Files])[] = [
  ['toCoco', (lines) => toCoco(lines, { classes: CLASSES })],
  ['toYolo', (lines) => toYolo(lines, { classes: CLASSES })],
  ['toLabelStudio', (lines) => toLabelStudio(lines, { classes: CLASSES })],
  ['toCsv', (lines) => toCsv(lines)],
  ['toAugmentedManifest', (lines) => toAugmentedManifest(lines, { for: 'training' })],
]
const READS: readonly (readonly [string, (labels: Lines) => AsyncIterable<unknown>])[] = [
  ...EXPORTS,
  ['rows', (lines) => rows(lines)],
]

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

test.each(READS)('a second loop over %s() gives what the first gave', async (_, read) => {
  const made = read(labels)
  const first = await all(made)

  expect(first.length).toBeGreaterThan(0)
  expect(await all(made)).toStrictEqual(first)
})

test('a second loop over manifestLines() gives what the first gave', async () => {
  const made = manifestLines([{ 'source-ref': 's3://acme-gt/a.jpg' }], { task: 'bounding-box' })

  expect([await all(made), await all(made)]).toStrictEqual([
    ['{"source-ref":"s3://acme-gt/a.jpg"}\n'],
    ['{"source-ref":"s3://acme-gt/a.jpg"}\n'],
  ])
})

test.each([...READS, ['collect', collect] as const, ['contactSheet', contactSheet] as const])(
  'a generator of labels that is used up is no empty manifest for %s()',
  async (name, read) => {
    const once = labelsOnce()
    const readAll = async () => {
      const made = await read(once)
      if (Symbol.asyncIterator in made) await all(made as AsyncIterable<unknown>)
    }
    await readAll()

    await expect(readAll()).rejects.toMatchObject({
      code: 'refused-call',
      why: 'what it was given was read before: a generator gives its items once, and has none left',
      fix: 'Give what readLabels() or labels() gave, which begins anew each time, or an array of its labels',
      data: { call: name },
    })
  },
)

test('what an iterator has left after ten labels is taken', async () => {
  const iterator = (await all(labels)).values()
  const sheet = async () => String(await contactSheet(iterator, { limit: 1 }))

  expect(await sheet()).toContain('a.jpg')
  // A loop that is left closes iterators that can be closed; those of arrays cannot.
  expect(await sheet()).toContain('b.jpg')
})

test('a generator of files that is used up writes nothing without a word no more', async () => {
  async function* filesOnce() {
    yield* toCsv(labels)
  }
  const uri = 's3://acme-gt/out/'
  const cloud = fakeAws()
  cloud.bucket('acme-gt')
  const taken = filesOnce()
  await writeFiles(taken, uri, cloud.connect())

  await expect(writeFiles(taken, uri, cloud.connect())).rejects.toMatchObject({
    code: 'refused-call',
    what: 'Cannot write files to s3://acme-gt/out/',
    fix: 'Make the files anew, or give what toCoco() and the like gave, which begins anew each time',
  })
})

test('a generator of objects that is used up is told by manifestLines()', async () => {
  function* objects() {
    yield { 'source-ref': 's3://acme-gt/a.jpg' } as const
  }
  const once = objects()
  const lines = () => all(manifestLines(once, { task: 'bounding-box' }))
  await lines()

  await expect(lines()).rejects.toMatchObject({
    code: 'refused-call',
    fix: 'Give the objects in an array, or a new generator for each reading',
  })
})
