import { countOf } from '../../errors/count-of.js'
import type { LabeledObject } from '../../manifests/read/label.js'

/** A label with spans of a text. */
export type SpannedObject = Extract<LabeledObject, { readonly entities: unknown }>

/**
 * Gives the places of the spans that can be: whole numbers of characters, one or more, inside the text where the line has
 * it. The rest is told. A text of whose spans none can be would teach that there is nothing: `undefined`, it is left out.
 */
export function fitSpans(
  { entities, line }: SpannedObject,
  tell: (why: string) => void,
): ReadonlySet<number> | undefined {
  const text = line['source']
  const length = typeof text === 'string' ? Array.from(text).length : Infinity
  const places = new Set<number>()
  for (const [index, { className, start, end }] of entities.entries()) {
    const isSpan = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end
    if (isSpan && end <= length) places.add(index)
    else
      tell(
        `span ${index + 1} (${className}): it is from ${start} to ${end}${
          length === Infinity ? '' : ` of a text of ${countOf(length, 'character')}`
        }`,
      )
  }
  if (places.size > 0 || entities.length === 0) return places
  return undefined
}
