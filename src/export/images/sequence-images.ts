import type { Frame } from '../../manifests/frames/frame.js'
import type { LabeledObject } from '../../manifests/read/label.js'
import type { AnnotatedImage, ImageSettings } from './annotated-image.js'
import type { NameImage } from './image-names.js'
import { splitExtension } from './path-parts.js'
import { shapesOf } from './shapes-of.js'

/**
 * Gives the frames of a sequence as images, below a folder that is named like the sequence; all are in one part of a
 * split, since frames of a video are alike. A frame of which something cannot be read is left out, and told.
 */
export async function* imagesOfSequence(
  label: Extract<LabeledObject, { frames(): unknown }>,
  settings: ImageSettings,
  nameOf: NameImage,
): AsyncGenerator<AnnotatedImage, void> {
  const { source, lineNumber } = label
  const part = settings.parts.of(source)
  const size = settings.sizeOf(source)
  const { signal } = settings
  let index = 0
  for await (const frame of label.frames(signal === undefined ? {} : { signal })) {
    const file = fileOf(frame, index)
    const where = `frame ${frame.frameNumber ?? index}: `
    index += 1
    const [unreadable] = frame.unreadable
    if (unreadable !== undefined) {
      settings.skipped(
        lineNumber,
        `${where}${unreadable.path} cannot be read, ${unreadable.reason}: it was left out`,
      )
      continue
    }
    const shapes = shapesOf(frame.objects, size, { lineNumber, where }, settings)
    if (shapes === undefined) continue
    const name = nameOf(`${splitExtension(source).stem}/${file}`, JSON.stringify([source, file]))
    yield { label, part, size, shapes, frame: file, name }
  }
}

function fileOf({ frame, frameNumber }: Frame, index: number): string {
  return frame === undefined || frame === '' ? `frame-${frameNumber ?? index}` : frame
}
