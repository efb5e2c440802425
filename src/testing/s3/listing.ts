/** Which part of a list is wanted. */
export interface WantedPage {
  readonly prefix: string
  readonly delimiter: string | undefined
  /** The key or common prefix that the page before ended with. */
  readonly after: string | undefined
  readonly size: number
}

/**
 * Cuts a page out of keys in order; those that share what comes before the delimiter become one common prefix.
 * `last` is what the next page begins after, when there is one.
 */
export function groupByDelimiter<Item extends { readonly key: string }>(
  items: Iterable<Item>,
  { prefix, delimiter, after, size }: WantedPage,
) {
  const shown: Item[] = []
  const groups: string[] = []
  let last: string | undefined
  for (const item of items) {
    const end = delimiter ? item.key.indexOf(delimiter, prefix.length) : -1
    const group = end < 0 ? undefined : item.key.slice(0, end + (delimiter as string).length)
    if (group !== undefined && (group === groups.at(-1) || group === after)) continue
    if (shown.length + groups.length === size) return { shown, groups, last }
    if (group === undefined) shown.push(item)
    else groups.push(group)
    last = group ?? item.key
  }
  return { shown, groups, last: undefined }
}

/** How keys are written in the answer: as they are, or as in an address when the caller asks for it. */
export function encoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType !== 'url') return (key) => key
  return (key) => new URLSearchParams({ key }).toString().slice('key='.length).replaceAll('%2F', '/')
}
