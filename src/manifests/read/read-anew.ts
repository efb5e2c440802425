/** Makes an iterable that is opened anew by each loop. */
export function readAnew<Item>(open: () => AsyncIterator<Item, void>): AsyncIterable<Item> {
  return { [Symbol.asyncIterator]: open }
}
