import { AwsFault } from './aws-fault.js'

/** How many items a page of a list of SageMaker is to have: ten where the call does not say, and no more than a hundred. */
export function pageSize(asked = 10): number {
  if (Number.isInteger(asked) && asked >= 1 && asked <= 100) return asked
  const bound = asked > 100 ? 'less than or equal to 100' : 'greater than or equal to 1'
  throw new AwsFault(
    'ValidationException',
    `1 validation error detected: Value '${asked}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
  )
}

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
