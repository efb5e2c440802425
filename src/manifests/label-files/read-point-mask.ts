import { givenNo } from '../../errors/refused-call.js'
import { maskUnreadable } from './load-png.js'

/**
 * Reads the mask of a point cloud: one byte for each point, in the order of the points; it is the id of the point's class
 * in the color map of the label.
 *
 * @param zlib The bytes of the mask, which `label.mask()` fetches.
 * @throws LabelingJobError `line-unreadable` for what is not compressed with zlib, or not whole.
 * @example
 * const zlib = new Uint8Array() // await label.mask()
 * const classIds = await readPointMask(zlib)
 */
export async function readPointMask(zlib: Uint8Array): Promise<Uint8Array> {
  if (!(zlib instanceof Uint8Array)) {
    throw givenNo('readPointMask', 'bytes: await label.mask()', zlib)
  }
  const isGzip = zlib[0] === 0x1f && zlib[1] === 0x8b
  // Of the web, not of Node, so that a page can read masks too.
  const points = new Blob([zlib]).stream().pipeThrough(new DecompressionStream(isGzip ? 'gzip' : 'deflate'))
  try {
    return new Uint8Array(await new Response(points).arrayBuffer())
  } catch {
    throw maskUnreadable('it is not compressed with zlib, or not whole', 'Give its bytes as they are stored')
  }
}
