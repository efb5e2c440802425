import type { LabeledObject, Lines } from '../../manifests/read/label.js'
import { labeledLines } from '../options/labeled-lines.js'
import type { AnnotatedImage, ImageSettings } from './annotated-image.js'
import { makeImageNames, type NameImage } from './image-names.js'
import { imagesOfMask } from './mask-image.js'
import { imagesOfSequence } from './sequence-images.js'
import { shapesOf } from './shapes-of.js'

/**
 * Gives the labeled images with their shapes, an image without any included. What does not come along is told.
 *
 * @throws LabelingJobError `refused-call` for a class that is not in the list, and labels the export does not take.
 */
export async function* annotatedImages(
  labels: Lines,
  settings: ImageSettings,
  nameOf = makeImageNames(),
): AsyncGenerator<AnnotatedImage, void> {
  for await (const label of labeledLines(labels, settings)) yield* imagesOf(label, settings, nameOf)
}

/** Gives the images of one label: one, the frames of a sequence, or none where nothing of it can be exported. */
export async function* imagesOf(
  label: LabeledObject,
  settings: ImageSettings,
  nameOf: NameImage,
): AsyncGenerator<AnnotatedImage, void> {
  if ('boxes' in label) yield* imageOfBoxes(label, settings, nameOf)
  else if ('frames' in label) yield* imagesOfSequence(label, settings, nameOf)
  else if ('mask' in label) yield* imagesOfMask(label, settings, nameOf)
}

function* imageOfBoxes(
  label: Extract<LabeledObject, { readonly boxes: unknown }>,
  settings: ImageSettings,
  nameOf: NameImage,
): Generator<AnnotatedImage, void> {
  const { source, lineNumber } = label
  const size = label.imageSize ?? settings.sizeOf(source)
  const boxes = label.boxes.map((box) => ({ kind: 'box' as const, ...box }))
  const shapes = shapesOf(boxes, size, { lineNumber, where: '' }, settings)
  if (shapes === undefined) return
  yield { label, size, shapes, name: nameOf(source), part: settings.parts.of(source) }
}
