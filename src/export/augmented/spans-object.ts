import { asList, asRecord, type JsonRecord } from '../../json/loose-values.js'
import { fitSpans, type SpannedObject } from '../options/fit-spans.js'

/**
 * Gives the spans of a text as they are in the manifest, without those that cannot be. A text says why there are none.
 *
 * @param tell Hears of those that are left out.
 */
export function spansObject(
  label: SpannedObject,
  metadata: JsonRecord,
  tell: (why: string) => void,
): JsonRecord | string {
  const { attribute, line, entities } = label
  const places = fitSpans(label, tell)
  if (places === undefined) return 'nothing is left of its spans'
  if (places.size === entities.length)
    return { [attribute]: line[attribute], [`${attribute}-metadata`]: metadata }
  const value = asRecord(line[attribute])
  const annotations = asRecord(value?.['annotations'])
  const kept = (list: unknown) => asList(list)?.filter((_, place) => places.has(place))
  return {
    [attribute]: { ...value, annotations: { ...annotations, entities: kept(annotations?.['entities']) } },
    [`${attribute}-metadata`]: { ...metadata, entities: kept(metadata['entities']) },
  }
}
