import type { CallOptions } from '../../aws/aws.js'
import { countOf } from '../../errors/count-of.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refusedCall } from '../../errors/refused-call.js'
import type { Frame } from '../../manifests/frames/frame.js'
import { endOnAbort } from '../../manifests/read/end-on-abort.js'
import { refuseNoLabels } from '../../manifests/read/is-many.js'
import type { LabeledObject, Line, Lines } from '../../manifests/read/label.js'
import { unlessUsedUp } from '../../manifests/read/unless-used-up.js'
import { type DrawOptions, drawingOf } from './draw-label.js'
import { type Drawing, makePicture, type Picture, svgOf } from './picture.js'
import { sheetPage, sheetSection } from './sheet-html.js'
import { element } from './svg.js'

/** How many labels are shown, and with what. */
export interface ContactSheetOptions extends CallOptions {
  /** Pictures beside each other. Default: 4. */
  readonly columns?: number
  /** The most pictures. Default: 100. */
  readonly limit?: number
  /** Gives the image of a label, or of a frame of one, or nothing. Default: shapes are drawn without it. */
  readonly image?: (
    label: LabeledObject,
    frame?: Frame,
  ) => Uint8Array | string | undefined | Promise<Uint8Array | string | undefined>
}

/**
 * Draws many labels: `toHtml()` is one page of them, `String(sheet)` one SVG. Labeled objects are drawn in their order, of
 * sequences each frame, to the limit; the page says how many more lines it looked at. Nothing but sequences is fetched.
 *
 * @throws LabelingJobError `refused-call` for odd options and what `drawLabel()` refuses; `aborted`; and what reading the
 * labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * const sheet = await contactSheet(labels, { limit: 20 })
 * await writeFiles([{ path: 'labels.html', content: sheet.toHtml() }], 'pictures')
 */
export async function contactSheet(labels: Lines, options: ContactSheetOptions = {}): Promise<Picture> {
  refuseNoLabels(CALL, labels)
  const what = `Cannot draw with ${CALL}()`
  refuseUnknownOptions({ call: CALL, what }, options, ['columns', 'limit', 'image', 'signal'])
  const { columns = 4, limit = 100, signal } = options
  for (const [name, value] of Object.entries({ columns, limit })) {
    if (!Number.isInteger(value) || value < 1)
      throw refusedCall(CALL, `${name} is ${value}, no whole number from 1`)
  }
  const drawings: Drawing[] = []
  let others = 0
  for await (const line of endOnAbort(unlessUsedUp(labels, { call: CALL, what }), signal, what)) {
    if (line.status !== 'labeled') others += 1
    else
      for await (const drawing of drawingsOf(line, options)) {
        drawings.push(drawing)
        if (drawings.length === limit) break
      }
    if (drawings.length === limit) break
  }
  const title = `${countOf(drawings.length, 'picture')} of labels`
  const summary = others === 0 ? '' : `${countOf(others, 'line')} on the way had no label`
  const sheet = { title, summary, drawings, columns }
  return makePicture({
    line: `picture: ${title} (SVG, or a page of HTML)`,
    svg: () => `${svgOf(gridOf(title, drawings, columns)).markup}\n`,
    html: () => sheetPage(sheet),
    section: () => sheetSection(sheet),
  })
}

const CALL = 'contactSheet'
const SHOWN_WIDTH = 340
/** All as wide, so that letters are of one size. */
const SHAPED = { longest: SHOWN_WIDTH, narrowest: SHOWN_WIDTH }

async function* drawingsOf(
  label: Extract<Line, { readonly status: 'labeled' }>,
  { image, signal }: ContactSheetOptions,
): AsyncGenerator<Drawing, void> {
  const given = async (frame?: Frame): Promise<DrawOptions> => {
    const shown = await image?.(label, frame)
    return shown === undefined ? {} : { image: shown }
  }
  if (!('frames' in label)) {
    yield drawingOf(CALL, label, await given(), SHAPED)
    return
  }
  for await (const frame of label.frames(signal === undefined ? {} : { signal }))
    yield drawingOf(CALL, frame, await given(frame), SHAPED)
}

const GAP = 16

/** Lays drawings out in rows, each as high as the highest in it. */
function gridOf(title: string, drawings: readonly Drawing[], columns: number): Drawing {
  const placed = []
  let top = GAP
  for (let start = 0; start < drawings.length; start += columns) {
    const row = drawings.slice(start, start + columns)
    for (const [column, drawing] of row.entries()) {
      const height = (drawing.height * SHOWN_WIDTH) / drawing.width
      placed.push(
        element(
          'svg',
          {
            x: GAP + column * (SHOWN_WIDTH + GAP),
            y: top,
            width: SHOWN_WIDTH,
            height,
            viewBox: `0 0 ${Math.ceil(drawing.width)} ${Math.ceil(drawing.height)}`,
          },
          element('title', {}, drawing.title),
          ...drawing.content,
        ),
      )
    }
    top += Math.max(...row.map(({ height, width }) => (height * SHOWN_WIDTH) / width)) + GAP
  }
  const width = GAP + Math.min(columns, Math.max(drawings.length, 1)) * (SHOWN_WIDTH + GAP)
  return { title, width, height: top, content: placed }
}
