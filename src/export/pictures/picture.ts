import { printable } from '../../errors/printable.js'
import { element, type Svg } from './svg.js'

/** A picture that shows itself: SVG for a file, HTML for a page; a notebook shows it among its other cells. */
export interface Picture {
  /** The picture as an SVG file. */
  toString(): string
  /** The picture as HTML: part of a page, or a page where there are many pictures. */
  toHtml(): string
  /** The SVG, as a text of JSON. */
  toJSON(): string
}

/** What is drawn, before it is put into a file. */
export interface Drawing {
  /** What it shows, for those who cannot see it and for the tool tip. */
  readonly title: string
  readonly width: number
  readonly height: number
  readonly content: readonly Svg[]
}

/** Letters, and what is written in them, are the same everywhere. */
export const FONT = 'ui-sans-serif, system-ui, sans-serif'

/** Makes the picture of one drawing. */
export function pictureOf(drawing: Drawing): Picture {
  return makePicture({
    line: `picture: ${drawing.title} (SVG, ${Math.ceil(drawing.width)} by ${Math.ceil(drawing.height)})`,
    svg: () => `${svgOf(drawing).markup}\n`,
    html: () =>
      `<figure style="margin:0;max-width:${Math.ceil(drawing.width)}px">${svgOf(drawing, '100%').markup}</figure>`,
  })
}

/** How a picture shows itself. */
interface PictureFaces {
  /** The line that a console shows. */
  readonly line: string
  readonly svg: () => string
  readonly html: () => string
  /** Part of a page of others, such as a notebook, where `html` is a page. Default: `html`. */
  readonly section?: () => string
}

/** Makes a picture from what writes it. */
export function makePicture({ line, svg, html, section = html }: PictureFaces): Picture {
  const picture = {}
  const asLine = () => printable(line)
  const faces: Readonly<Record<string | symbol, () => unknown>> = {
    toString: svg,
    toHtml: html,
    toJSON: svg,
    [Symbol.for('nodejs.util.inspect.custom')]: asLine,
    [Symbol.for('Jupyter.display')]: () => ({
      'text/plain': asLine(),
      'image/svg+xml': svg(),
      'text/html': section(),
    }),
  }
  for (const face of Reflect.ownKeys(faces)) Object.defineProperty(picture, face, { value: faces[face] })
  return Object.freeze(picture) as Picture
}

/** Writes a drawing as a whole SVG, on white, so that it is legible on dark pages. */
export function svgOf({ title, width, height, content }: Drawing, shownWidth?: string): Svg {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      role: 'img',
      'aria-label': title,
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: shownWidth ?? Math.ceil(width),
      ...(shownWidth === undefined && { height: Math.ceil(height) }),
      'font-family': FONT,
    },
    element('title', {}, title),
    element('rect', { width: '100%', height: '100%', fill: '#ffffff' }),
    ...content,
  )
}
