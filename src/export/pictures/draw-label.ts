import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo, refusedCall } from '../../errors/refused-call.js'
import type { Frame } from '../../manifests/frames/frame.js'
import { isMany } from '../../manifests/read/is-many.js'
import type { LabeledObject } from '../../manifests/read/label.js'
import { isS3Uri, parseS3Uri } from '../../names/s3-uri.js'
import { isSize, type Size } from '../options/export-options.js'
import { drawCard } from './draw-card.js'
import { drawImage } from './draw-image.js'
import { drawnShapes } from './draw-shapes.js'
import type { DrawingSources } from './drawing-sources.js'
import { imageSourceOf } from './image-source.js'
import { type Drawing, type Picture, pictureOf } from './picture.js'

/** What a picture of a label shows beside it. */
export interface DrawOptions {
  /** The bytes of the image (PNG, JPEG, GIF, WebP), which are put into the picture, or its address on the web. */
  readonly image?: Uint8Array | string
  /** The bytes of the mask, which `label.mask()` fetches: it is laid over the image. */
  readonly mask?: Uint8Array | string
  /** The size of the image in pixels, where neither the label nor its bytes tell it: of frames by their address. */
  readonly size?: Size
}

/**
 * Draws a label, or a frame of a sequence, as SVG: boxes, outlines, lines and points with the names and colors of their
 * classes and a legend, over the image where it is given; spans in their text; masks over their image; classes and
 * verdicts below it. A class has the same color in every picture. Texts of labels are escaped, nothing is fetched.
 *
 * @throws LabelingJobError `refused-call` for a sequence (draw its frames), for bytes that are no image, for an address
 * that a page cannot show, and for shapes over an image whose size is not known, and for an odd size.
 * @example
 * for await (const label of readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])) {
 *   if (label.status === 'labeled') await writeFiles([{ path: '1.svg', content: String(drawLabel(label)) }], 'pictures')
 * }
 */
export function drawLabel(label: LabeledObject | Frame, options: DrawOptions = {}): Picture {
  const call = 'drawLabel'
  refuseUnknownOptions({ call, what: `Cannot draw with ${call}()` }, options, ['image', 'mask', 'size'])
  return pictureOf(drawingOf(call, label, options, SHAPED))
}

const SHAPED = { longest: 640, narrowest: 280 }

/**
 * Makes the drawing of a label.
 *
 * @throws LabelingJobError `refused-call`
 */
export function drawingOf(
  call: string,
  label: LabeledObject | Frame,
  options: DrawOptions,
  format: Pick<DrawingSources, 'longest' | 'narrowest'>,
): Drawing {
  if (isMany(label))
    throw refusedCall(call, 'it was given many labels: draw each in a loop, or all with contactSheet()')
  if (!isFrame(label) && label?.status !== 'labeled')
    throw givenNo(call, 'labeled object: look at status before', label)
  const image = options.image === undefined ? undefined : imageSourceOf(call, options.image)
  const mask = options.mask === undefined ? undefined : imageSourceOf(call, options.mask)
  const { size } = options
  if (size !== undefined && !isSize(size))
    throw refusedCall(
      call,
      `an image cannot be ${formatValue(size.width)} by ${formatValue(size.height)} pixels: give size a width and a height above 0`,
    )
  const lacks = isFrame(label) ? lacksOf(label) : []
  const caption = [captionOf(label), ...lacks].join(' · ')
  const isPartial = lacks.length > 0
  const sources: DrawingSources = { call, caption, image, mask, size, isPartial, ...format }
  if (isFrame(label)) return drawImage(drawnShapes(label.objects), undefined, sources)
  if ('boxes' in label) {
    const boxes = label.boxes.map((box) => ({ kind: 'box' as const, ...box }))
    return drawImage(boxes, label.imageSize, sources)
  }
  if ('frames' in label)
    throw refusedCall(call, 'a sequence is many pictures: draw its frames, which label.frames() gives')
  return drawCard(label, sources)
}

function isFrame(label: LabeledObject | Frame): label is Frame {
  return typeof label === 'object' && label !== null && 'objects' in label && !('status' in label)
}

/** Says what of a frame the picture does not show. */
function lacksOf({ objects, unreadable }: Frame): readonly string[] {
  const cuboids = objects.filter(({ kind }) => kind === 'cuboid').length
  return [
    ...(cuboids === 0 ? [] : [`${countOf(cuboids, 'cuboid')} not drawn`]),
    ...(unreadable.length === 0 ? [] : [`${countOf(unreadable.length, 'part')} unreadable`]),
  ]
}

function captionOf(label: LabeledObject | Frame): string {
  if (isFrame(label)) {
    const { frame, frameNumber, sensor } = label
    return [frame, frameNumber === undefined ? undefined : `frame ${frameNumber}`, sensor]
      .filter((part) => part !== undefined)
      .join(' · ')
  }
  const { source, humanAnnotated, lineNumber, task } = label
  const by = humanAnnotated === undefined ? undefined : humanAnnotated ? 'by people' : 'by machine'
  return [isS3Uri(source) ? parseS3Uri(source).key : undefined, `line ${lineNumber}`, task, by]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
}
