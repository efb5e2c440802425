import { refusedCall } from '../../errors/refused-call.js'
import { boundsOf } from '../images/shapes.js'
import type { Size } from '../options/export-options.js'
import { type DrawnShape, drawShapes, inWords, legendOf } from './draw-shapes.js'
import type { DrawingSources } from './drawing-sources.js'
import { drawCaption, drawLegend } from './legend.js'
import type { Drawing } from './picture.js'
import { element, type Svg } from './svg.js'

/** Draws shapes over their image, or over where it would be. */
export function drawImage(
  shapes: readonly DrawnShape[],
  labelSize: Size | undefined,
  { call, caption, isPartial, image, size: givenSize, longest, narrowest }: DrawingSources,
): Drawing {
  const size = labelSize ?? image?.size ?? givenSize
  if (size === undefined && image !== undefined)
    throw refusedCall(call, 'the size of the image is not known, and shapes would not fit it: give size')
  const { width, height } = size ?? sizeAround(shapes)
  const scale = Math.min(longest / width, longest / height)
  const shown = { width: width * scale, height: height * scale }
  const wide = Math.max(shown.width, narrowest)
  const legend = drawLegend(legendOf(shapes), shown.height, wide)
  const foot = drawCaption(caption, shown.height + legend.height, wide)
  const words = inWords(legendOf(shapes))
  return {
    title: `${caption}: ${words === '' ? `nothing ${isPartial ? 'else ' : ''}is labeled` : words}`,
    width: wide,
    height: shown.height + legend.height + foot.height,
    content: [
      // What reaches out of the image is not drawn over the legend.
      element(
        'svg',
        { x: (wide - shown.width) / 2, width: shown.width, height: shown.height, 'aria-hidden': 'true' },
        ...groundOf(image?.href, shown, 'none'),
        ...drawShapes(shapes, scale, shown.width),
      ),
      ...legend.content,
      ...foot.content,
    ],
  }
}

/** Draws the image, or a checked ground where it would be. */
export function groundOf(href: string | undefined, { width, height }: Size, fit: string): readonly Svg[] {
  if (href !== undefined) return [element('image', { href, width, height, preserveAspectRatio: fit })]
  return [
    element('rect', { width, height, fill: '#f4f6f8' }),
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      fill: 'none',
      stroke: '#c5ced6',
    }),
  ]
}

const WIDEST = 100_000

/** Where nothing tells the size of an image it is taken to end where the shapes do. */
function sizeAround(shapes: readonly DrawnShape[]): Size {
  const corners = shapes.flatMap((shape) =>
    shape.kind === 'box' ? [{ x: shape.left + shape.width, y: shape.top + shape.height }] : shape.points,
  )
  const { left, top, width, height } = boundsOf([{ x: 1, y: 1 }, ...corners])
  // Absurd numbers would leave a picture of nothing.
  const sideOf = (end: number) => Math.min(end * 1.05, WIDEST)
  return { width: sideOf(left + width), height: sideOf(top + height) }
}
