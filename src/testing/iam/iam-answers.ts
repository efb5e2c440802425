import { AwsFault } from '../world/aws-fault.js'
import { page } from '../world/page.js'
import type { World } from '../world/world.js'

/** Encodes a policy document as IAM gives it back (RFC 3986). */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Cuts a page out of a list of IAM. */
export function iamPage<Item>(
  world: World,
  items: readonly Item[],
  { MaxItems, Marker }: { MaxItems?: number | undefined; Marker?: string | undefined },
) {
  const { shown, next } = page(
    items,
    Math.min(MaxItems ?? 100, world.pageSize),
    Marker,
    'InvalidInputException',
  )
  return { shown, rest: { IsTruncated: next !== undefined, ...(next !== undefined && { Marker: next }) } }
}

/** Says that there is no such thing. */
export function noEntity(message: string): AwsFault {
  return new AwsFault('NoSuchEntityException', message, 404)
}

/** Says that a name is none. */
export function invalidName(parameter: string): AwsFault {
  return new AwsFault(
    'ValidationError',
    `The specified value for ${parameter} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  )
}
