import { formatValue } from '../../errors/format-value.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { RefusedCallData } from '../../errors/refused-call.js'
import type { Size } from '../options/export-options.js'

/** An image that a picture shows. */
export interface ImageSource {
  /** A data URI, or the address. */
  readonly href: string
  /** `undefined` for an address, whose image is not looked at. */
  readonly size: Size | undefined
}

/**
 * Takes an image for a picture: bytes are put into it, an address is named in it.
 *
 * @throws LabelingJobError `refused-call` for an address that no page can show.
 */
export function imageSourceOf(call: string, image: Uint8Array | string): ImageSource {
  if (typeof image !== 'string') {
    const type = typeOf(image)
    if (type === undefined)
      throw refused(call, 'these bytes are no PNG, JPEG, GIF or WebP', 'Give the bytes of an image')
    return { href: `data:${type};base64,${base64(image)}`, size: possible(sizeOf(type, image)) }
  }
  if (image.startsWith('s3://')) {
    const fix = 'Fetch the object and give its bytes, or give a presigned address'
    throw refused(call, `no page can show ${formatValue(image)}`, fix)
  }
  const [, scheme] = /^\s*([a-z][a-z0-9+.-]*):/i.exec(image) ?? []
  const isShown =
    scheme === undefined || /^https?$/i.test(scheme) || /^data:image\/(png|jpeg|gif|webp);base64,/.test(image)
  if (!isShown)
    throw refused(call, `${formatValue(image)} is no address of an image`, 'Give an address with https://')
  return { href: image, size: undefined }
}

function refused(call: string, why: string, fix: string): LabelingJobError<'refused-call', RefusedCallData> {
  return new LabelingJobError({
    code: 'refused-call',
    what: `Cannot draw with ${call}()`,
    why,
    fix,
    data: { call },
  })
}

const PNG = [0x89, 0x50, 0x4e, 0x47]
const JPEG = [0xff, 0xd8, 0xff]
const GIF = [0x47, 0x49, 0x46, 0x38]
const RIFF = [0x52, 0x49, 0x46, 0x46]

function typeOf(bytes: Uint8Array): string | undefined {
  const begins = (start: readonly number[]) => start.every((byte, index) => bytes[index] === byte)
  if (begins(PNG)) return 'image/png'
  if (begins(JPEG)) return 'image/jpeg'
  if (begins(GIF)) return 'image/gif'
  return begins(RIFF) ? 'image/webp' : undefined
}

/** Reads the size out of the head of an image, where that is a matter of a few bytes. */
function sizeOf(type: string, bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (type === 'image/png' && bytes.length >= 24)
    return { width: view.getUint32(16), height: view.getUint32(20) }
  if (type === 'image/gif' && bytes.length >= 10)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  return type === 'image/jpeg' ? sizeOfJpeg(view) : undefined
}

/** The head of a broken image may say anything, and of a JPEG that its height is told later. */
function possible(size: Size | undefined): Size | undefined {
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined
}

function sizeOfJpeg(view: DataView): Size | undefined {
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1)
    // The frame header; C4, C8 and CC are others.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

const CHUNK = 1 << 15

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(binary)
}
