import { inflate } from './inflate.js'
import { maskUnreadable } from './load-png.js'
import { maskTooLarge } from './mask-limits.js'

/**
 * Refuses a PNG that has more pixels than wanted, or more behind its compression than its pixels take: the decoder would
 * hold all of it. What is no PNG is left to the decoder.
 *
 * @param harmless So many bytes are let pass whatever the pixels take: counting them costs as much as holding them.
 * @throws LabelingJobError `line-unreadable`
 */
export async function refuseLargePng(png: Uint8Array, mostPixels: number, harmless = 1 << 26): Promise<void> {
  const chunks = chunksOf(png)
  const header = chunks[0]?.data
  if (header === undefined || header.length < 13) return
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  if (width * height > mostPixels) throw maskTooLarge('pixels', 'mostPixels', mostPixels)
  // A sample of 16 bits for each of four channels at most; a filter byte a row, of an interlaced image in 7 passes.
  const most = Math.max(width * height * 8 + height * 8 + 64, harmless)
  if (png.length * DEFLATES_AT_MOST <= most) return
  const pixels = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  const profiles = chunks.filter(({ type }) => type === 'iCCP').map(({ data }) => [afterName(data)])
  for (const parts of [pixels, ...profiles]) {
    if (await isLonger(parts, most))
      throw maskUnreadable(
        'it has more behind its compression than its pixels take',
        'Give the bytes of the mask as they are stored',
      )
  }
}

/** How many bytes one byte can stand for. */
const DEFLATES_AT_MOST = 1032

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

function chunksOf(png: Uint8Array): readonly Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(png[at + 4] ?? 0, png[at + 5] ?? 0, png[at + 6] ?? 0, png[at + 7] ?? 0)
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

/** A profile stands behind its name and the number of how it is compressed. */
function afterName(data: Uint8Array): Uint8Array {
  return data.subarray(data.indexOf(0) + 2)
}

async function isLonger(parts: readonly Uint8Array[], most: number): Promise<boolean> {
  let length = 0
  try {
    for await (const part of inflate(parts, 'deflate')) {
      length += part.length
      if (length > most) return true
    }
  } catch {
    // The decoder says that it is not whole.
  }
  return false
}
