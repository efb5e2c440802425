import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ExportFile } from '../../src/export/export-file.js'
import { toCoco } from '../../src/export/to-coco.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { runs } from '../support/runs.js'
import { type BoxRow, boxLabels, boxLine, CLASS_MAP, failedLine, filesOf, noteSkipped } from './box-labels.js'

/** An object of a random manifest. */
interface Drawn {
  readonly source: string
  readonly size: readonly [number, number]
  /** `undefined` for an object without a label. */
  readonly boxes: readonly BoxRow[] | undefined
}

const NAMES = Object.values(CLASS_MAP)

it('labels come back from COCO as they were: images, empty ones too, classes and boxes', async () => {
  await fc.assert(
    fc.asyncProperty(manifests(), splits(), orders(), async (manifest, split, classes) => {
      const { notes, onSkipped } = noteSkipped()

      const files = await filesOf(toCoco(labelsOf(manifest), { classes, onSkipped, ...split }))
      const back = await Promise.all(Object.values(files).map(readCoco))

      const labeled = manifest.filter(({ boxes }) => boxes !== undefined)
      const taken = ofOneSize(labeled)
      expect(sorted(back.flat())).toStrictEqual(sorted(oncePerImage(taken).map(plain)))
      expect(notes).toHaveLength(manifest.length - taken.length)
    }),
    { numRuns: runs(500) },
  )
})

/** An image has one size: a line that says another is left out, and told. */
function ofOneSize(lines: readonly Drawn[]): readonly Drawn[] {
  const sizes = new Map<string, string>()
  return lines.filter(({ source, size }) => {
    const before = sizes.get(source) ?? String(size)
    sizes.set(source, before)
    return before === String(size)
  })
}

/** The images of lines: one that several lines are of has the boxes of all. */
function oncePerImage(lines: readonly Drawn[]): readonly Drawn[] {
  const images = new Map<string, Drawn>()
  for (const line of lines) {
    const before = images.get(line.source)
    images.set(line.source, { ...line, ...before, boxes: [...(before?.boxes ?? []), ...(line.boxes ?? [])] })
  }
  return [...images.values()]
}

/** The boxes of each image, of all lines that it has, with the size that the line says. */
function rowsPerImage(lines: readonly Drawn[]) {
  const images = new Map<string, { readonly size: Drawn['size']; readonly box: BoxRow }[]>()
  for (const { source, size, boxes = [] } of lines) {
    const rows = images.get(source) ?? []
    rows.push(...boxes.map((box) => ({ size, box })))
    images.set(source, rows)
  }
  return images
}

it('boxes come back from YOLO to a thousandth of a pixel, each image in a file of its own', async () => {
  await fc.assert(
    fc.asyncProperty(manifests(), splits(), orders(), async (manifest, split, classes) => {
      const files = await filesOf(toYolo(labelsOf(manifest), { classes, ...split }))

      const images = rowsPerImage(manifest.filter(({ boxes }) => boxes !== undefined))
      const back = readYolo(files, classes)
      expect(back.map(({ source }) => source)).toStrictEqual([...images.keys()])
      for (const [index, rows] of [...images.values()].entries()) {
        expect(back[index]?.boxes.map(([name]) => name)).toStrictEqual(
          rows.map(({ box: [place] }) => NAMES[place]),
        )
        for (const [at, { size, box }] of rows.entries()) {
          const [, left, top, width, height] = box
          const [, x = 0, y = 0, wide = 0, high = 0] = back[index]?.boxes[at] ?? []
          const found = [(x - wide / 2) * size[0], (y - high / 2) * size[1], wide * size[0], high * size[1]]
          const off = [left, top, width, height].map((side, which) => Math.abs(side - (found[which] ?? 1e9)))
          expect(Math.max(...off)).toBeLessThan(0.001)
        }
      }
    }),
    { numRuns: runs(500) },
  )
})

it('whatever objects are named, no file of an export leads out of its folder, and none is there twice', async () => {
  const key = fc.stringMatching(/^[./\\:a-bA ]{0,8}$/).map((text) => `s3://acme-gt/${text}`)
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 12 }), async (sources) => {
      const labels = boxLabels(...sources.map((source) => boxLine(source, [])))

      const files: ExportFile[] = []
      for await (const file of toYolo(labels, { classes: NAMES })) files.push(file)

      const paths = files.map(({ path }) => path.toLowerCase())
      expect(new Set(paths).size).toBe(paths.length)
      expect(paths.filter((path) => /(^|\/)\.{0,2}(\/|$)|\\|:/.test(path))).toStrictEqual([])
    }),
    { numRuns: runs(500) },
  )
})

it('whatever objects lie beside each other, a disk can hold their images and labels, and each keeps its name', async () => {
  const step = fc.constantFrom(
    'a',
    'a.txt',
    'A.TXT',
    'a.jpg',
    'b.png',
    'b',
    'images',
    '.',
    '\u00e9.jpg',
    'e\u0301.jpg',
  )
  const key = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => `s3://acme-gt/${steps.join('/')}`)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(key, { maxLength: 12 }), async (sources) => {
      const labels = boxLabels(...sources.map((source) => boxLine(source, [])))

      const files = await filesOf(toYolo(labels, { classes: NAMES }))

      const images = (files['sources.csv'] ?? '')
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0] ?? '')
      expect(images).toHaveLength(sources.length)
      for (const paths of [images, Object.keys(files)].map((all) =>
        all.map((path) => path.toLowerCase().normalize()),
      )) {
        const taken = new Set(paths)
        expect(taken.size).toBe(paths.length)
        const folders = paths.flatMap((path) =>
          [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index)),
        )
        expect(folders.filter((folder) => taken.has(folder))).toStrictEqual([])
      }
    }),
    { numRuns: runs(500) },
  )
})

function manifests(): fc.Arbitrary<readonly Drawn[]> {
  const sizes = fc.tuple(fc.integer({ min: 4, max: 5000 }), fc.integer({ min: 4, max: 5000 }))
  const drawn = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom('a/', 'images/', ''), sizes)
    .chain(([name, folder, size]) =>
      fc.record({
        source: fc.constantFrom(`s3://acme-gt/in/${folder}${name}.jpg`, `s3://other/in/${folder}${name}.png`),
        size: fc.constant(size),
        boxes: fc.option(fc.array(boxIn(size), { maxLength: 4 }), { nil: undefined, freq: 5 }),
      }),
    )
  return fc.array(drawn, { maxLength: 10 })
}

function boxIn([width, height]: readonly [number, number]): fc.Arbitrary<BoxRow> {
  const side = (most: number) =>
    fc.tuple(fc.integer({ min: 0, max: most - 2 }), fc.integer({ min: 1, max: 2 }))
  return fc
    .tuple(fc.integer({ min: 0, max: 2 }), side(width), side(height), fc.constantFrom(1, 0.5, 0.25))
    .map(([place, [left, wide], [top, high], part]) => [
      place,
      left * part,
      top * part,
      wide * part,
      high * part,
    ])
}

function splits() {
  return fc.constantFrom({}, { split: { train: 1 } }, { split: { train: 2, val: 1, test: 1 } })
}

function orders(): fc.Arbitrary<readonly string[]> {
  return fc.shuffledSubarray(NAMES, { minLength: NAMES.length })
}

function labelsOf(manifest: readonly Drawn[]) {
  return boxLabels(
    ...manifest.map(({ source, size, boxes }) =>
      boxes === undefined ? failedLine(source, 'late') : boxLine(source, boxes, { size }),
    ),
  )
}

interface Plain {
  readonly source: string
  readonly size: readonly [number, number]
  readonly boxes: readonly (readonly [string | undefined, number, number, number, number])[]
}

function plain({ source, size, boxes = [] }: Drawn): Plain {
  return { source, size, boxes: boxes.map(([place, ...sides]) => [NAMES[place], ...sides]) }
}

/** Reads COCO back into lines of Ground Truth, and these with the reader of the library. */
async function readCoco(text: string): Promise<readonly Plain[]> {
  const { images, annotations, categories } = JSON.parse(text)
  const back: Plain[] = []
  for (const { id, width, height, coco_url } of images) {
    const own = annotations.filter(({ image_id }: { image_id: number }) => image_id === id)
    const boxes = own.map(({ category_id, bbox }: { category_id: number; bbox: BoxSides }) => [
      NAMES.indexOf(categories.find((category: { id: number }) => category.id === category_id).name),
      ...bbox,
    ])
    for await (const label of boxLabels(boxLine(coco_url, boxes, { size: [width, height] }))) {
      if (label.status !== 'labeled') throw new Error(label.status)
      back.push({
        source: label.source,
        size: [label.imageSize?.width ?? 0, label.imageSize?.height ?? 0],
        boxes: label.boxes.map((box) => [box.className, box.left, box.top, box.width, box.height]),
      })
    }
  }
  return back
}

type BoxSides = readonly [number, number, number, number]

function readYolo(files: Readonly<Record<string, string>>, classes: readonly string[]) {
  const lines = files['sources.csv']?.trimEnd().split('\n').slice(1) ?? []
  return lines.map((line) => {
    const [image = '', source = ''] = line.split(',')
    // As trainers find it: where the last `images` of the path is.
    const path = `/data/${image}`.replace(/^(.*)\/images\/(.*?)\.[a-z]+$/, '$1/labels/$2.txt')
    const text = files[path.slice('/data/'.length)]
    if (text === undefined) throw new Error(`no labels for ${image}`)
    const boxes = text.split('\n').filter((row) => row !== '')
    return {
      source,
      boxes: boxes.map((row) => {
        const [place = -1, ...shares] = row.split(' ').map(Number)
        return [classes[place], ...shares] as [string | undefined, ...number[]]
      }),
    }
  })
}

function sorted(images: readonly Plain[]): readonly string[] {
  return images.map((image) => JSON.stringify(image)).sort()
}
