import type { Lines } from '../manifests/read/label.js'
import { GrowingBytes } from '../manifests/write/growing-bytes.js'
import { cocoShape, type Segmentation } from './coco-shape.js'
import type { ExportFile, Files } from './export-file.js'
import type { AnnotatedImage, ImageSettings } from './images/annotated-image.js'
import { annotatedImages } from './images/annotated-images.js'
import { rememberNames } from './images/image-names.js'
import { JsonArray } from './json-array.js'
import { type ExportOptions, readExportOptions } from './options/export-options.js'
import { refuseExport } from './options/refuse-export.js'
import { makeFiles } from './own-files.js'

/** What `toCoco` takes. */
export interface CocoOptions extends ExportOptions {
  /**
   * How the regions of masks are written: as run lengths packed into a text, as a list of run lengths, or as polygons along
   * the edges of pixels (a region with a hole, which COCO's polygons cannot have, as packed run lengths). All are exact.
   * Default: `packed-runs`.
   */
  readonly masks?: Segmentation
  /**
   * What of a mask is an annotation: each group of pixels of a class that share an edge, or all pixels of a class. A mask
   * does not tell objects apart: things that touch are one region, a thing behind a pole is two. Default: `region`.
   */
  readonly annotate?: 'region' | 'class'
}

/**
 * Makes COCO files: `instances.json`, or one for each part of a split, `instances_train.json`. Ids of images, annotations
 * and classes begin with 1 and are unique over all parts; images without objects stay; `file_name` is the key of the
 * image's object, made unique, `coco_url` its address. An image of several lines has the annotations of all
 * that tell the same size of it. Frames of
 * videos are images, named after their sequence; polylines and keypoints of theirs, for which COCO has no room, are told
 * to `onSkipped`. Boxes are cut at the edge of the image. What a format of one JSON object forces is held in memory, and
 * no more: the text of the files, the addresses of the images, and one mask.
 *
 * Masks and sequences are fetched with the connection that the labels were read with; masks need the package `fast-png`.
 *
 * @throws LabelingJobError `refused-call` for odd options, a class that is not in `classes`, and labels of a task that
 * COCO has no room for; `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toCoco(labels, { classes: ['stop', 'yield'] }), 'coco')
 */
export function toCoco(labels: Lines, options: CocoOptions): Files {
  const settings = readExportOptions('toCoco', options, ['masks', 'annotate'])
  const { masks = 'packed-runs', annotate = 'region' } = options
  refuseOther('masks', masks, ['packed-runs', 'runs', 'polygons'])
  refuseOther('annotate', annotate, ['region', 'class'])
  const all: ImageSettings = { ...settings, takes: ['box', 'polygon', 'region'], regions: annotate }
  return makeFiles(() => cocoFiles(labels, all, masks), {
    prefix: 'instances',
    pattern: /^instances(?:_[\w-]+)?\.json$/,
    paths: () => settings.parts.names.map(pathOf),
  })
}

function refuseOther(option: string, value: string, values: readonly string[]): void {
  if (values.includes(value)) return
  const why = `the option ${option} is ${String(value)}`
  throw refuseExport('toCoco', { why, fix: `Give one of ${values.join(', ')}`, received: String(value) })
}

async function* cocoFiles(
  labels: Lines,
  settings: ImageSettings,
  masks: Segmentation,
): AsyncGenerator<ExportFile, void> {
  const files = new Map(settings.parts.names.map((part) => [part, makeCocoFile()]))
  const imageIds = new Map<string, number>()
  const sizes = new Map<string, string>()
  let annotationId = 0
  for await (const image of annotatedImages(labels, settings, rememberNames())) {
    const file = files.get(image.part)
    const size = image.size === undefined ? undefined : `${image.size.width} by ${image.size.height}`
    const before = sizes.get(image.name) ?? size
    if (size !== undefined && before !== size) {
      settings.skipped(
        image.label.lineNumber,
        `its image is ${size} pixels here and ${before} on an earlier line: it was left out`,
      )
      continue
    }
    if (size !== undefined) sizes.set(image.name, size)
    const imageId = imageIds.get(image.name) ?? imageIds.size + 1
    if (!imageIds.has(image.name)) file?.images.add(asImage(image, imageId))
    imageIds.set(image.name, imageId)
    for (const shape of image.shapes) {
      annotationId += 1
      const ids = { id: annotationId, image_id: imageId, category_id: shape.place + 1 }
      file?.annotations.add({ ...ids, ...cocoShape(shape, image.size, masks), iscrowd: 0 })
    }
  }
  const categories = settings.classes.names.map((name, place) => ({ id: place + 1, name, supercategory: '' }))
  for (const [part, { images, annotations }] of files) {
    const content = new GrowingBytes()
    content.append('{"images": ')
    content.appendBytes(images.end())
    content.append(',\n"annotations": ')
    content.appendBytes(annotations.end())
    content.append(`,\n"categories": ${JSON.stringify(categories)}}\n`)
    yield { path: pathOf(part), content: content.whole() }
    files.delete(part)
  }
}

function pathOf(part: string | undefined): string {
  return part === undefined ? 'instances.json' : `instances_${part}.json`
}

function makeCocoFile(): { readonly images: JsonArray; readonly annotations: JsonArray } {
  return { images: new JsonArray(), annotations: new JsonArray() }
}

function asImage({ name, size, frame, label }: AnnotatedImage, id: number): object {
  const address = frame === undefined ? { coco_url: label.source } : {}
  return { id, width: size?.width, height: size?.height, file_name: name, ...address }
}
