import { AwsFault } from './aws-fault.js'

/** Cuts the page that a marker points at out of a list; markers are opaque and must come from an earlier page. */
export function page<Item>(
  items: readonly Item[],
  size: number,
  marker: string | undefined,
  invalidMarker: string,
): { readonly shown: Item[]; readonly next: string | undefined } {
  const start = marker === undefined ? 0 : Number(/^from-(\d+)$/.exec(marker)?.[1] ?? Number.NaN)
  if (Number.isNaN(start)) throw new AwsFault(invalidMarker, `The marker '${marker}' is not valid.`)
  const end = start + size
  return { shown: items.slice(start, end), next: end < items.length ? `from-${end}` : undefined }
}
