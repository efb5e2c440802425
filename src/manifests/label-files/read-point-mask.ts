import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo } from '../../errors/refused-call.js'
import { joinBytes } from '../read/join-bytes.js'
import { inflate } from './inflate.js'
import { maskUnreadable } from './load-png.js'
import { maskTooLarge, mostOf } from './mask-limits.js'

/**
 * Reads the mask of a point cloud: one byte for each point, in the order of the points; it is the id of the point's class
 * in the color map of the label.
 *
 * @param zlib The bytes of the mask, which `label.mask()` fetches.
 * @param options `mostPoints`: of a mask with more no more is held. Default: 100,000,000.
 * @throws LabelingJobError `line-unreadable` for what is not compressed with zlib, or not whole, or has more points.
 * @example
 * const zlib = new Uint8Array() // await label.mask()
 * const classIds = await readPointMask(zlib)
 */
export async function readPointMask(
  zlib: Uint8Array,
  options: { readonly mostPoints?: number } = {},
): Promise<Uint8Array> {
  if (!(zlib instanceof Uint8Array)) {
    throw givenNo('readPointMask', 'bytes: await label.mask()', zlib)
  }
  refuseUnknownOptions({ call: 'readPointMask', what: 'Cannot read the mask' }, options, ['mostPoints'])
  const most = mostOf('readPointMask', 'mostPoints', options.mostPoints)
  const isGzip = zlib[0] === 0x1f && zlib[1] === 0x8b
  const parts: Uint8Array[] = []
  let points = 0
  try {
    for await (const part of inflate([zlib], isGzip ? 'gzip' : 'deflate')) {
      parts.push(part)
      points += part.length
      if (points > most) break
    }
  } catch {
    throw maskUnreadable('it is not compressed with zlib, or not whole', 'Give its bytes as they are stored')
  }
  if (points > most) throw maskTooLarge('points', 'mostPoints', most)
  return joinBytes(parts)
}
