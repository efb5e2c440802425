import type { Lines } from '../manifests/read/collect.js'
import { GrowingBytes } from '../manifests/write/growing-bytes.js'
import { type AnnotatedImage, annotatedImages } from './annotated-images.js'
import type { Files } from './export-file.js'
import { type ExportOptions, type ExportSettings, readExportOptions } from './export-options.js'
import type { Shape } from './shapes.js'

/**
 * Makes COCO files: `instances.json`, or one for each part of a split, `instances_train.json`. Ids of images, annotations
 * and classes begin with 1 and are unique over all parts; images without objects stay; `file_name` is the key of the
 * image's object, made unique, `coco_url` its address. Boxes are cut at the edge of the image. What a format of one JSON
 * object forces is held in memory, and no more: the text of the files.
 *
 * @throws LabelingJobError `refused-call` for odd options, a class that is not in `classes`, and labels of a task that
 * COCO has no room for; `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toCoco(labels, { classes: ['stop', 'yield'] }), 'coco')
 */
export function toCoco(labels: Lines, options: ExportOptions): Files {
  return cocoFiles(labels, readExportOptions('toCoco', options))
}

async function* cocoFiles(labels: Lines, settings: ExportSettings): Files {
  const files = new Map(settings.parts.names.map((part) => [part, makeCocoFile()]))
  let imageId = 0
  let annotationId = 0
  for await (const image of annotatedImages(labels, settings)) {
    const file = files.get(image.part)
    imageId += 1
    file?.images.add(asImage(image, imageId))
    for (const shape of image.shapes) {
      annotationId += 1
      file?.annotations.add(asAnnotation(shape, annotationId, imageId))
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
    yield { path: part === undefined ? 'instances.json' : `instances_${part}.json`, content: content.whole() }
    files.delete(part)
  }
}

function makeCocoFile(): { readonly images: JsonArray; readonly annotations: JsonArray } {
  return { images: new JsonArray(), annotations: new JsonArray() }
}

/** The text of an array, an element at a time: as objects they would take several times as much memory. */
class JsonArray {
  readonly #text = new GrowingBytes()

  add(element: object): void {
    this.#text.append(`${this.#text.length === 0 ? '[\n' : ',\n'}${JSON.stringify(element)}`)
  }

  end(): Uint8Array {
    this.#text.append(this.#text.length === 0 ? '[]' : '\n]')
    return this.#text.whole()
  }
}

function asImage({ name, size, source }: AnnotatedImage, id: number): object {
  return { id, width: size?.width, height: size?.height, file_name: name, coco_url: source }
}

function asAnnotation({ place, left, top, width, height }: Shape, id: number, imageId: number): object {
  return {
    id,
    image_id: imageId,
    category_id: place + 1,
    bbox: [left, top, width, height],
    area: width * height,
    segmentation: [],
    iscrowd: 0,
  }
}
