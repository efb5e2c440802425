import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toAugmentedManifest } from '../../src/export/to-augmented-manifest.js'
import { toCoco } from '../../src/export/to-coco.js'
import { toLabelStudio } from '../../src/export/to-label-studio.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { writeFiles } from '../../src/export/write-files.js'
import type { Lines } from '../../src/manifests/read/label.js'
import { fakeAws } from '../../src/testing/index.js'
import { boxLabels, boxLine, CLASSES, failedLine, noteSkipped } from './box-labels.js'

const NAMES = Array.from({ length: 20 }, (_, index) => `${index}`)
const LINES = NAMES.map((name) => boxLine(`s3://acme-gt/in/${name}.jpg`, [[0, 1, 2, 3, 4]]))
const labels = boxLabels(...LINES, failedLine('s3://acme-gt/in/x.jpg', 'late'))
const FIRST = { train: 0.8, val: 0.2 }
const SECOND = { train: 0.5, val: 0.5 }

const yolo = (split?: object, of: Lines = labels) =>
  toYolo(of, { classes: CLASSES, ...(split && { split: split as never }) })

/** Each place that files are written to, begun empty by `at`. */
interface Place {
  at(name: string): string
  write(files: ReturnType<typeof yolo>, at: string): Promise<readonly string[]>
  paths(at: string): Promise<readonly string[]>
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labeling-job-'))
})
afterAll(() => rm(folder, { recursive: true }))

const onDisk: Place = {
  at: (name) => join(folder, name),
  write: (files, at) => writeFiles(files, at),
  paths: (at) => readdir(at, { recursive: true }),
}
const cloud = fakeAws({ pageSize: 3 })
cloud.bucket('acme-gt')
const aws = cloud.connect()
const inS3: Place = {
  at: (name) => `s3://acme-gt/${name}`,
  write: (files, at) => writeFiles(files, at as 's3://acme-gt', aws),
  paths: async () => cloud.calls.of('s3:PutObject').map(({ input }) => String(input['Key'])),
}

describe.each([
  ['on disk', onDisk],
  ['in S3', inS3],
])('a folder %s', (_, place) => {
  test('does not get images into train and val by a second split', async () => {
    const at = place.at('yolo')
    await place.write(yolo(FIRST), at)
    const before = await place.paths(at)

    await expect(place.write(yolo(SECOND), at)).rejects.toMatchObject({
      code: 'refused-call',
      what: `Cannot write files to ${at}`,
      why: expect.stringMatching(
        /^there are \d+ files of another export: "labels\/train\/in\/\d+\.txt", .* and \d+ more\. This one/,
      ),
      fix: 'Write to an empty folder, or delete them first',
    })
    expect(await place.paths(at)).toStrictEqual(before)
  })

  test('does not get labels beside train and val by a run without a split', async () => {
    const at = place.at('unsplit')
    await place.write(yolo(FIRST), at)

    await expect(place.write(yolo(), at)).rejects.toThrow('there are 20 files of another export')
  })

  test('is written over by the same export, which tells what it leaves out once', async () => {
    const at = place.at('again')
    const skipped = noteSkipped()
    const files = toYolo(labels, { classes: CLASSES, split: FIRST, onSkipped: skipped.onSkipped })
    const written = await place.write(files, at)
    expect(skipped.notes).toStrictEqual(['21: it failed: late'])

    expect(await place.write(files, at)).toStrictEqual(written)
    expect(skipped.notes).toHaveLength(2)
  })

  test.each([
    [
      'toCoco',
      'instances_val.json',
      (split: object) => toCoco(labels, { classes: CLASSES, split: split as never }),
    ],
    [
      'toLabelStudio',
      'tasks_val.json',
      (split: object) => toLabelStudio(labels, { classes: CLASSES, split: split as never }),
    ],
    [
      'toAugmentedManifest',
      'val.manifest',
      (split: object) => toAugmentedManifest(labels, { for: 'training', split: split as never }),
    ],
  ])('keeps no part of an earlier split of %s()', async (name, stray, files) => {
    const at = place.at(name)
    await place.write(files(FIRST), at)
    await place.write(files(SECOND), at)

    await expect(place.write(files({ train: 1, test: 1 }), at)).rejects.toThrow(
      `there is 1 file of another export: "${stray}".`,
    )
  })

  test('with labels of an earlier run is not written to from a generator, which can be read once', async () => {
    const at = place.at('once')
    async function* once() {
      yield* labels
    }
    await place.write(yolo(FIRST, once()), at)

    await expect(place.write(yolo(FIRST, once()), at)).rejects.toThrow('its labels come from a generator')
  })
})

test('a folder with images and notes of somebody else is written to', async () => {
  const at = join(folder, 'images')
  await writeFiles([{ path: 'images/train/1.txt', content: '' }], at)
  await writeFile(join(at, 'notes.json'), '{}')

  expect(await writeFiles(yolo(FIRST), at)).toHaveLength(22)
})

test('objects that the caller may not list keep nobody from writing', async () => {
  await inS3.write(yolo(FIRST), 's3://acme-gt/hidden')
  cloud.inject({ call: 's3:ListObjectsV2', fault: 'access-denied' })

  expect(await inS3.write(yolo(SECOND), 's3://acme-gt/hidden')).toHaveLength(22)
})
