import { isMany } from '../manifests/read/is-many.js'
import type { Lines } from '../manifests/read/label.js'
import { GrowingBytes } from '../manifests/write/growing-bytes.js'
import { csvLine } from './csv-line.js'
import type { ExportFile, Files } from './export-file.js'
import type { ImageSettings } from './images/annotated-image.js'
import { annotatedImages } from './images/annotated-images.js'
import { makeImageNames, rememberNames } from './images/image-names.js'
import { splitExtension } from './images/path-parts.js'
import type { Shape } from './images/shapes.js'
import {
  type ExportOptions,
  type ExportSettings,
  readExportOptions,
  type Size,
} from './options/export-options.js'
import { makeFiles } from './own-files.js'

/**
 * Makes a YOLO data set: one text file an image, empty for an image without objects, `data.yaml` with the classes in
 * their order, and `sources.csv`, which says which image belongs where: `images/train/in/1.jpg` beside
 * `labels/train/in/1.txt`. Frames of videos are images, named after their sequence, and need `imageSize`, since their labels
 * tell none; shapes that are no boxes are told to `onSkipped`. An image of several lines has the boxes of all. A folder
 * named `images` becomes `images_`: trainers look for labels where the last `images` of a path is. The text of the
 * files is held in memory.
 *
 * Trainers want the parts `train` and `val`; without a split, both name the same images.
 *
 * @throws LabelingJobError `refused-call` for odd options, a class that is not in `classes`, and labels of a task that
 * YOLO has no room for; `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toYolo(labels, { classes: ['stop', 'yield'], split: { train: 0.8, val: 0.2 } }), 'yolo')
 */
export function toYolo(labels: Lines, options: ExportOptions): Files {
  const settings = readExportOptions('toYolo', options)
  const all: ImageSettings = { ...settings, takes: ['box'], regions: 'region' }
  const told: ImageSettings = { ...all, skipped: () => {} }
  return makeFiles(() => yoloFiles(labels, all), {
    prefix: 'labels/',
    pattern: /\.txt$/,
    paths: isReadOnce(labels) ? undefined : () => pathsOf(labels, told),
  })
}

function isReadOnce(labels: Lines): boolean {
  return isMany(labels) && 'next' in labels
}

async function* pathsOf(labels: Lines, settings: ImageSettings): AsyncGenerator<string, void> {
  for await (const { path } of yoloFiles(labels, settings)) yield path
}

async function* yoloFiles(labels: Lines, settings: ImageSettings): AsyncGenerator<ExportFile, void> {
  yield { path: 'data.yaml', content: dataYaml(settings) }
  const sources = new GrowingBytes()
  sources.append(csvLine(['image', 'source', 'frame']))
  const rows = new Map<string, string>()
  const names = rememberNames(makeImageNames(['images']))
  for await (const { label, name, frame, part, size, shapes } of annotatedImages(labels, settings, names)) {
    if (size === undefined) {
      settings.skipped(
        label.lineNumber,
        'the size of its image is unknown, and YOLO counts in shares of it: give imageSize',
      )
      continue
    }
    const path = part === undefined ? name : `${part}/${name}`
    const before = rows.get(path)
    if (before === undefined) sources.append(csvLine([`images/${path}`, label.source, frame]))
    rows.set(path, (before ?? '') + shapes.map((shape) => row(shape, size)).join(''))
  }
  for (const [path, content] of rows) {
    yield { path: `labels/${splitExtension(path).stem}.txt`, content }
    rows.delete(path)
  }
  yield { path: 'sources.csv', content: sources.whole() }
}

/** Without `path`: trainers take one such as `.` from where they run, and the folder of the file where there is none. */
function dataYaml({ parts, classes }: ExportSettings): string {
  const folders = parts.names.flatMap((part) =>
    part === undefined ? ['train: images', 'val: images'] : [`${part}: images/${part}`],
  )
  const names = classes.names.map((name, place) => `  ${place}: ${yamlText(name)}`)
  return `${[...folders, 'names:', ...names].join('\n')}\n`
}

/** A text of JSON is one of YAML, but for what YAML holds unprintable. */
function yamlText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function row(shape: Shape, size: Size): string {
  if (shape.kind !== 'box') return ''
  const { place, left, top, width, height } = shape
  const shares = [
    (left + width / 2) / size.width,
    (top + height / 2) / size.height,
    width / size.width,
    height / size.height,
  ]
  return `${[place, ...shares.map(decimal)].join(' ')}\n`
}

/** Without an exponent, which not every reader takes; ten places tell a thousandth of a pixel in any image. */
function decimal(share: number): string {
  const digits = share.toFixed(10)
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end)
}
