import { printable } from '../../errors/printable.js'
import { element, escaped, type Svg } from './svg.js'

/** A picture that shows itself: SVG for a file, HTML for a page, and both in a notebook. */
export interface Picture {
  /** The picture as an SVG file. */
  toString(): string
  /** The picture as HTML: part of a page, or a page where there are many pictures. */
  toHtml(): string
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
const FONT = 'ui-sans-serif, system-ui, sans-serif'

/** Makes the picture of one drawing. */
export function pictureOf(drawing: Drawing): Picture {
  return makePicture(
    `picture: ${drawing.title} (SVG, ${Math.ceil(drawing.width)} by ${Math.ceil(drawing.height)})`,
    () => `${svgOf(drawing).markup}\n`,
    () =>
      `<figure style="margin:0;max-width:${Math.ceil(drawing.width)}px">${svgOf(drawing, '100%').markup}</figure>`,
  )
}

/** Makes a picture from what writes it, and from the line that a console shows. */
export function makePicture(line: string, toSvg: () => string, toHtml: () => string): Picture {
  const picture = {}
  const faces: Readonly<Record<string | symbol, () => unknown>> = {
    toString: toSvg,
    toHtml,
    [Symbol.for('nodejs.util.inspect.custom')]: () => printable(line),
    [Symbol.for('Jupyter.display')]: () => ({ 'image/svg+xml': toSvg(), 'text/html': toHtml() }),
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

/** Makes a page of many pictures. */
export function pageOf(
  title: string,
  summary: string,
  drawings: readonly Drawing[],
  columns: number,
): string {
  const figures = drawings.map((drawing) => `<figure>${svgOf(drawing, '100%').markup}</figure>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { margin: 24px; font-family: ${FONT}; color: #1f2933; background: #eef1f4; }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 0 0 16px; color: #4a5563; }
main { display: grid; grid-template-columns: repeat(${columns}, minmax(0, 1fr)); gap: 16px; align-items: start; }
figure { margin: 0; background: #fff; border: 1px solid #d3dae1; border-radius: 6px; overflow: hidden; }
svg { display: block; height: auto; }
@media (max-width: 720px) { main { grid-template-columns: minmax(0, 1fr); } }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(summary)}</p>
<main>
${figures.join('\n')}
</main>
</body>
</html>
`
}
