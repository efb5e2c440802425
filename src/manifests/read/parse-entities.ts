import { asConfidence, asList, asNumber, asRecord, asText, type JsonRecord } from '../../json/loose-values.js'
import type { EntitiesLabel, Entity, EntityClass } from './label-contents.js'

/** Reads the spans of a named entity recognition label and cuts their text out of the line's `source`. */
export function parseEntities(
  value: unknown,
  metadata: JsonRecord,
  line: JsonRecord,
): EntitiesLabel | undefined {
  const annotations = asRecord(asRecord(value)?.['annotations'])
  const spans = asList(annotations?.['entities'])
  if (spans === undefined) return undefined
  const confidences = asList(metadata['entities']) ?? []
  const cut = makeCutter(asText(line['source']))
  const entities: Entity[] = []
  for (const [index, item] of spans.entries()) {
    const span = asRecord(item) ?? {}
    const label = asText(span['label'])
    const start = asNumber(span['startOffset'] ?? span['start_offset'])
    const end = asNumber(span['endOffset'] ?? span['end_offset'])
    if (label === undefined || start === undefined || end === undefined) return undefined
    const confidence = asConfidence(asRecord(confidences[index])?.['confidence'])
    entities.push({ className: label, start, end, text: cut(start, end), confidence })
  }
  return { entities, classes: parseLabels(asList(annotations?.['labels']) ?? []) }
}

function parseLabels(items: readonly unknown[]): readonly EntityClass[] {
  const labels: EntityClass[] = []
  for (const item of items) {
    const label = asText(asRecord(item)?.['label'])
    if (label === undefined) continue
    labels.push({ className: label, shortDisplayName: asText(asRecord(item)?.['shortDisplayName']) })
  }
  return labels
}

// Offsets count code points. Only text with characters outside the BMP counts differently in JavaScript.
function makeCutter(text: string | undefined): (start: number, end: number) => string | undefined {
  if (text === undefined) return () => undefined
  if (!/[\uD800-\uDFFF]/.test(text)) {
    return (start, end) => (fits(start, end, text.length) ? text.slice(start, end) : undefined)
  }
  const points = Array.from(text)
  return (start, end) => (fits(start, end, points.length) ? points.slice(start, end).join('') : undefined)
}

function fits(start: number, end: number, length: number): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length
}
