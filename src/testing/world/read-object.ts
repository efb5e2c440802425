import { parseS3Uri } from '../../names/s3-uri.js'
import type { StoredObject } from './stored-object.js'
import type { World } from './world.js'

/** Finds an object by its address. */
export function findObject(world: World, uri: string): StoredObject | undefined {
  const { bucket, key } = parseS3Uri(uri)
  return world.buckets.get(bucket)?.objects.get(key)
}

/** Reads an object as text. */
export function readObject(world: World, uri: string): string {
  const object = findObject(world, uri)
  if (object === undefined) throw new TypeError(`There is no object ${uri}`)
  return new TextDecoder().decode(object.body())
}
