import { scopedStyle } from '../../show/html.js'
import { type Drawing, FONT, svgOf } from './picture.js'
import { escaped } from './svg.js'

/** Many pictures as HTML. */
export interface Sheet {
  readonly title: string
  readonly summary: string
  readonly drawings: readonly Drawing[]
  readonly columns: number
}

/** Makes a page of many pictures. */
export function sheetPage(sheet: Sheet): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(sheet.title)}</title>
<style>
body { margin: 0; background: #eef1f4; }${STYLE}
</style>
</head>
<body>
<div class="${CLASS}">
${content(sheet)}
</div>
</body>
</html>
`
}

/** Shows many pictures on a part of a page of others, which it leaves as it is. */
export function sheetSection(sheet: Sheet): string {
  return `<section class="${CLASS}"><style>${STYLE}\n</style>\n${content(sheet)}\n</section>`
}

const CLASS = 'labeling-job-sheet'
const STYLE = scopedStyle(
  CLASS,
  `
& { padding: 24px; font-family: ${FONT}; color: #1f2933; background: #eef1f4; color-scheme: light; }
h1 { font-size: 20px; margin: 0 0 4px; color: inherit; }
p { margin: 0 0 16px; color: #4a5563; }
.pictures { display: grid; gap: 16px; align-items: start; }
figure { margin: 0; background: #fff; border: 1px solid #d3dae1; border-radius: 6px; overflow: hidden; }
svg { display: block; height: auto; }
@media (max-width: 720px) { .pictures { grid-template-columns: minmax(0, 1fr) !important; } }
`.trim(),
)

function content({ title, summary, drawings, columns }: Sheet): string {
  const figures = drawings.map((drawing) => `<figure>${svgOf(drawing, '100%').markup}</figure>`)
  return `<h1>${escaped(title)}</h1>
<p>${escaped(summary)}</p>
<div class="pictures" style="grid-template-columns: repeat(${columns}, minmax(0, 1fr))">
${figures.join('\n')}
</div>`
}
