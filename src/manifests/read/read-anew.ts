import { printAs } from '../../show/shown.js'

/**
 * Makes an iterable that is opened anew by each loop.
 *
 * @param what What it gives, in the plural, for whoever prints it.
 */
export function readAnew<Item>(open: () => AsyncIterator<Item, void>, what: string): AsyncIterable<Item> {
  return printAs(
    { [Symbol.asyncIterator]: open },
    () => `an AsyncIterable of ${what}: for await (const each of …) reads them, each loop anew`,
  )
}
