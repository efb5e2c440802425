import { asList, asRecord, asText } from '../../json/loose-values.js'
import { findObject } from '../world/read-object.js'
import type { World } from '../world/world.js'

/** Gives the name of the first frame in a sequence file; `undefined` where there is none to read. */
export function firstFrame(world: World, uri: unknown): string | undefined {
  if (typeof uri !== 'string' || !/^s3:\/\/[^/]+\/.+\.json$/i.test(uri)) return undefined
  const object = findObject(world, uri)
  if (object === undefined) return undefined
  try {
    const sequence = asRecord(JSON.parse(new TextDecoder().decode(object.body())))
    return asText(asRecord(asList(sequence?.['frames'])?.[0])?.['frame'])
  } catch {
    return undefined
  }
}
