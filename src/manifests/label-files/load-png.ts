import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { RefusedCallData } from '../../errors/refused-call.js'

/** An image as the decoder gives it: samples below 8 bits are packed, a new row begins on a new byte. */
export interface DecodedPng {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly depth: number
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array
  readonly palette?: readonly (readonly number[])[]
}

/**
 * Decodes a PNG, with a package that is loaded when it is first needed.
 *
 * @throws LabelingJobError `client-missing` when the package is not installed, `line-unreadable` for what is no PNG.
 */
export async function decodePng(png: Uint8Array): Promise<DecodedPng> {
  const { decode } = await loadDecoder()
  try {
    const { palette, ...image } = decode(png)
    const bytes = Math.ceil((image.width * image.channels * Math.min(image.depth, 8)) / 8) * image.height
    if (image.data.length === bytes) return { ...image, ...(palette !== undefined && { palette }) }
  } catch {
    // The decoder's own words may quote bytes of the image.
  }
  throw maskUnreadable('it is no PNG, or not whole', 'Give the bytes of the mask as they are stored')
}

/** Makes the error for a mask that cannot be read. */
export function maskUnreadable(reason: string, fix: string): LabelingJobError {
  return new LabelingJobError({
    code: 'line-unreadable',
    what: 'Cannot read the mask',
    why: reason,
    fix,
    data: { line: 1, reason },
  })
}

async function loadDecoder(): Promise<Pick<typeof import('fast-png'), 'decode'>> {
  try {
    return await import('fast-png')
  } catch (thrown) {
    throw new LabelingJobError({
      code: 'client-missing',
      what: 'Cannot read the mask',
      why: 'the package fast-png could not be loaded',
      fix: 'Install it beside labeling-job: npm install fast-png',
      data: { missing: ['fast-png'] } satisfies RefusedCallData,
      cause: thrown,
    })
  }
}
