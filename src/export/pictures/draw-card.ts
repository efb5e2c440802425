import type { LabeledObject } from '../../manifests/read/label.js'
import { isS3Uri } from '../../names/s3-uri.js'
import { shortened } from './cells.js'
import { colorAt, colorOf } from './class-color.js'
import { groundOf } from './draw-image.js'
import { inWords, legendOf, nameOf } from './draw-shapes.js'
import { drawText } from './draw-text.js'
import type { DrawingSources } from './drawing-sources.js'
import { type Block, CELL, drawCaption, drawLegend, type LegendEntry } from './legend.js'
import type { Drawing } from './picture.js'
import { element, type Svg } from './svg.js'

/** Draws a label of an object as a whole, of spans of its text, or of a mask over its image. */
export function drawCard(label: LabeledObject, sources: DrawingSources): Drawing {
  const { longest: width } = sources
  const entries = entriesOf(label)
  const object = drawObject(label, sources)
  const legend = drawLegend(entries, object.height, width)
  const notes = drawNotes(notesOf(label), object.height + legend.height, width)
  const foot = drawCaption(sources.caption, object.height + legend.height + notes.height, width)
  const words = inWords(entries)
  return {
    title: `${sources.caption}: ${words === '' ? 'nothing is labeled' : words}`,
    width,
    height: object.height + legend.height + notes.height + foot.height,
    content: [...object.content, ...legend.content, ...notes.content, ...foot.content],
  }
}

function drawObject(label: LabeledObject, { image, mask, size, longest }: DrawingSources): Block {
  if (image === undefined && mask === undefined && !isS3Uri(label.source)) {
    const entities = 'entities' in label ? label.entities : []
    return drawText(label.source, entities, (name) => colorOfSpan(label, name), longest)
  }
  const { width = 4, height = 3 } = size ?? mask?.size ?? image?.size ?? {}
  const scale = Math.min(longest / width, longest / height)
  const shown = { width: width * scale, height: height * scale }
  const over =
    mask &&
    element('image', {
      href: mask.href,
      ...shown,
      preserveAspectRatio: 'none',
      ...(image !== undefined && { opacity: 0.8 }),
      // The white ground of a mask leaves what is below as it is.
      style: 'image-rendering:pixelated;mix-blend-mode:multiply',
    })
  const hasImage = image !== undefined || mask !== undefined
  if (!hasImage) return { height: 96, content: nothingShown(longest) }
  return {
    height: shown.height,
    content: [
      ...groundOf(image?.href, shown, mask === undefined ? 'xMidYMid' : 'none'),
      ...(over === undefined ? [] : [over]),
    ],
  }
}

function nothingShown(width: number): readonly Svg[] {
  return [
    ...groundOf(undefined, { width, height: 96 }, 'none'),
    element(
      'text',
      { x: width / 2, y: 53, 'font-size': 13, 'text-anchor': 'middle', fill: '#4a5563' },
      'The object is not shown: give image',
    ),
  ]
}

function entriesOf(label: LabeledObject): readonly LegendEntry[] {
  if ('entities' in label) {
    return legendOf(label.entities.map((entity) => ({ ...entity, classIndex: undefined }))).map((entry) => ({
      ...entry,
      color: colorOfSpan(label, entry.name),
    }))
  }
  if ('colorMap' in label) {
    return Object.entries(label.colorMap).map(([id, { className, color }]) => ({
      name: className ?? `(class ${id})`,
      color: /^#?[0-9a-f]{6}$/i.test(color ?? '') ? `#${color?.replace('#', '')}` : colorAt(Number(id)),
      count: undefined,
    }))
  }
  if ('classes' in label) return legendOf(label.classes).map((entry) => ({ ...entry, count: undefined }))
  if ('cuboids' in label) return legendOf(label.cuboids)
  return 'className' in label ? [{ name: nameOf(label), color: colorOf(label), count: undefined }] : []
}

/** Spans name their class only; its place is that among the labels workers could choose from. */
function colorOfSpan(label: LabeledObject, className: string): string {
  const names = 'entities' in label ? label.classes.map((entry) => entry.className) : []
  const place = names.indexOf(className)
  return colorOf({ className, classIndex: place < 0 ? undefined : place })
}

function notesOf(label: LabeledObject): readonly string[] {
  if ('comments' in label) return label.comments.map((comment) => `“${comment}”`)
  return 'value' in label ? [JSON.stringify(label.value) ?? 'nothing'] : []
}

function drawNotes(notes: readonly string[], top: number, width: number): Block {
  const shown = notes.slice(0, 5).map((note) => shortened(note, Math.floor((width - 24) / CELL)))
  const content = shown.map((note, index) =>
    element('text', { x: 12, y: top + 16 + index * 18, 'font-size': 12, fill: '#1f2933' }, note),
  )
  return { height: shown.length === 0 ? 0 : shown.length * 18 + 6, content }
}
