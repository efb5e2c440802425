import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { encode } from 'fast-png'
import { describe, expect, it, vi } from 'vitest'
import { type MaskRow, readMask } from '../../../src/manifests/label-files/read-mask.js'
import { refuseLargePng } from '../../../src/manifests/label-files/refuse-large-png.js'
import { runs } from '../../support/runs.js'

const COLORS = {
  0: { className: 'BACKGROUND', color: '#ffffff', confidence: undefined },
  1: { className: 'road', color: 'F28333', confidence: undefined },
  2: { className: 'sky', color: '#00f', confidence: undefined },
}
const WHITE = [255, 255, 255]
const ROAD = [0xf2, 0x83, 0x33]
const SKY = [0, 0, 255]

describe('a mask', () => {
  it('of three channels gives the class of each pixel by its color, a row at a time', async () => {
    const png = encode({ width: 2, height: 2, channels: 3, data: bytes(WHITE, ROAD, SKY, WHITE) })

    expect(await rowsOf(readMask(png, COLORS))).toStrictEqual([
      { row: 0, classIds: Uint16Array.of(0, 1), unknownColors: [] },
      { row: 1, classIds: Uint16Array.of(2, 0), unknownColors: [] },
    ])
  })

  it('names the colors of no class, and the class that is nearest, but gives pixels to none', async () => {
    const data = bytes([250, 250, 250], ROAD, [250, 250, 250], [0, 0, 200])
    const png = encode({ width: 4, height: 1, channels: 3, data })

    expect(await rowsOf(readMask(png, COLORS))).toStrictEqual([
      {
        row: 0,
        classIds: Uint16Array.of(65_535, 1, 65_535, 65_535),
        unknownColors: [
          { color: '#fafafa', pixels: 2, nearest: 0 },
          { color: '#0000c8', pixels: 1, nearest: 2 },
        ],
      },
    ])
  })

  it('of more pixels than wanted is not decoded, nor what is more than its pixels', async () => {
    const png = encode({ width: 3, height: 1, channels: 3, data: bytes(WHITE, WHITE, WHITE) })
    const bomb = Uint8Array.of(...png.subarray(0, 33), ...chunk('IDAT', deflateSync(new Uint8Array(99_999))))

    await expect(rowsOf(readMask(png, COLORS, { mostPixels: 2 }))).rejects.toMatchObject({
      code: 'line-unreadable',
      data: { line: 1, reason: 'it has more than 2 pixels' },
    })
    expect(await rowsOf(readMask(png, COLORS, { mostPixels: 3 }))).toHaveLength(1)
    await expect(refuseLargePng(bomb, 3, 9999)).rejects.toMatchObject({
      data: { reason: 'it has more behind its compression than its pixels take' },
    })
    expect(() => readMask(png, COLORS, { mostPixels: Number.NaN })).toThrow('its mostPixels is NaN')
    expect(() => readMask(png, COLORS, { most: 1 } as never)).toThrow('it has no option "most"')
  })

  it('has no color where it is transparent', async () => {
    const png = encode({ width: 2, height: 1, channels: 4, data: bytes([...WHITE, 0], [...SKY, 255]) })

    expect(await rowsOf(readMask(png, COLORS))).toMatchObject([
      { classIds: Uint16Array.of(65_535, 2), unknownColors: [{ color: 'transparent', nearest: undefined }] },
    ])
  })

  it('may have 16 bits a channel', async () => {
    const data = Uint16Array.from([...ROAD, ...SKY].map((value) => value * 257))
    const png = encode({ width: 2, height: 1, channels: 3, depth: 16, data })

    expect(await idsOf(png)).toStrictEqual([[1, 2]])
  })

  it.each([1, 2, 4, 8] as const)('may have a palette and %i bits a pixel', async (depth) => {
    const png = packed({
      depth,
      palette: [SKY, ROAD],
      rows: [
        [0, 1, 0, 1, 1],
        [1, 1, 1, 1, 0],
      ],
    })

    expect(await idsOf(png)).toStrictEqual([
      [2, 1, 2, 1, 1],
      [1, 1, 1, 1, 2],
    ])
  })

  it('of a model has the class ids themselves, as shades of gray', async () => {
    const png = encode({ width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 2, 1) })

    expect(await idsOf(png)).toStrictEqual([[0, 2, 1]])
  })

  it('of one channel has colors where all its shades are colors of the map', async () => {
    const png = encode({ width: 2, height: 1, channels: 1, data: Uint8Array.of(255, 0) })
    const map = { 0: unnamed('#000000'), 7: unnamed('#ffffff'), 255: unnamed('#0000ff') }

    expect(await idsOf(png, map)).toStrictEqual([[7, 0]])
  })

  it('of one channel is named by its shades where they are neither', async () => {
    const png = packed({ depth: 4, rows: [[0, 15, 5]] })

    expect(await rowsOf(readMask(png, COLORS))).toMatchObject([
      {
        classIds: Uint16Array.of(65_535, 0, 65_535),
        unknownColors: [{ color: '#000000' }, { color: '#555555' }],
      },
    ])
  })

  it('has ids in its palette where the map tells no color', async () => {
    const png = packed({ depth: 2, palette: [SKY, ROAD, WHITE], rows: [[2, 0, 1]] })

    expect(await idsOf(png, { 0: unnamed(undefined), 2: unnamed('red') })).toStrictEqual([[2, 0, 65_535]])
  })

  it('has no color where its palette is too short', async () => {
    const png = packed({ depth: 2, palette: [ROAD], rows: [[0, 3]] })

    expect(await idsOf(png, { 1: unnamed('#f28333'), 2: unnamed('#000000') })).toStrictEqual([[1, 65_535]])
  })

  it('gives no pixel to a class whose color another one has', async () => {
    const png = encode({ width: 1, height: 1, channels: 3, data: bytes(SKY) })
    const map = { 1: unnamed('#0000ff'), 2: unnamed('#0000FF80'), x: unnamed('#0000ff') }

    expect(await rowsOf(readMask(png, map))).toMatchObject([
      { classIds: Uint16Array.of(65_535), unknownColors: [{ color: '#0000ff', pixels: 1, nearest: 1 }] },
    ])
  })

  it('is read anew by each loop', async () => {
    const mask = readMask(encode({ width: 1, height: 1, channels: 3, data: bytes(SKY) }), COLORS)

    expect(await rowsOf(mask)).toStrictEqual(await rowsOf(mask))
  })

  it('has as many pixels of each class as were drawn', () => {
    const side = fc.integer({ min: 1, max: 12 })
    return fc.assert(
      fc.asyncProperty(side, side, fc.infiniteStream(fc.nat(2)), async (width, height, stream) => {
        const ids = [...stream.take(width * height)]
        const palette = [WHITE, ROAD, SKY]
        const data = bytes(...ids.map((id) => palette[id] as number[]))
        const rows = Array.from({ length: height }, (_, row) => ids.slice(row * width, (row + 1) * width))

        expect(await idsOf(encode({ width, height, channels: 3, data }))).toStrictEqual(rows)
        expect(await idsOf(packed({ depth: 2, palette, rows }))).toStrictEqual(rows)
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('what is no mask', () => {
  const PNG = encode({ width: 40, height: 40, channels: 1, data: new Uint8Array(1600).map((_, at) => at) })

  it.each([
    ['other bytes', Uint8Array.of(1, 2, 3)],
    ['nothing', new Uint8Array()],
    ['half a PNG', PNG.subarray(0, PNG.length / 2)],
  ])('is told as such: %s', async (_name, png) => {
    await expect(rowsOf(readMask(png, COLORS))).rejects.toMatchObject({
      code: 'line-unreadable',
      message:
        'Cannot read the mask: it is no PNG, or not whole. Give the bytes of the mask as they are stored.',
    })
  })

  it('is refused without a type checker', () => {
    expect(() => readMask('x' as never, COLORS)).toThrow('it was given no bytes: await label.mask()')
    expect(() => readMask(PNG, undefined as never)).toThrow('it was given no color map: give label.colorMap')
  })
})

it('a mask without its decoder says what to install', async () => {
  vi.doMock('fast-png', () => {
    throw new Error('Cannot find package')
  })
  vi.resetModules()
  const { readMask: readWithout } = await import('../../../src/manifests/label-files/read-mask.js')

  await expect(rowsOf(readWithout(Uint8Array.of(1), COLORS))).rejects.toMatchObject({
    code: 'client-missing',
    data: { missing: ['fast-png'] },
    message:
      'Cannot read the mask: the package fast-png could not be loaded. Install it beside labeling-job: npm install fast-png.',
  })
  vi.doUnmock('fast-png')
})

function unnamed(color: string | undefined) {
  return { className: undefined, color, confidence: undefined }
}

function bytes(...colors: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(colors.flat())
}

async function idsOf(png: Uint8Array, map: Parameters<typeof readMask>[1] = COLORS): Promise<number[][]> {
  return (await rowsOf(readMask(png, map))).map((row) => [...row.classIds])
}

async function rowsOf(mask: AsyncIterable<MaskRow>): Promise<MaskRow[]> {
  const rows: MaskRow[] = []
  for await (const row of mask) rows.push(row)
  return rows
}

interface Packed {
  readonly depth: 1 | 2 | 4 | 8
  readonly palette?: readonly (readonly number[])[]
  readonly rows: readonly (readonly number[])[]
}

/** Writes a PNG of few bits a pixel by hand, as the encoder of the library that reads them cannot. */
function packed({ depth, palette, rows }: Packed): Uint8Array {
  const width = rows[0]?.length ?? 0
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, rows.length)
  header.setUint8(8, depth)
  header.setUint8(9, palette === undefined ? 0 : 3)
  const lines = rows.flatMap((row) => {
    const bits = row.map((value) => value.toString(2).padStart(depth, '0')).join('')
    const line = bits.match(/.{1,8}/g) ?? []
    return [0, ...line.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))]
  })
  return Uint8Array.of(
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk('IHDR', new Uint8Array(header.buffer)),
    ...(palette === undefined ? [] : chunk('PLTE', bytes(...palette))),
    ...chunk('IDAT', deflateSync(Uint8Array.from(lines))),
    ...chunk('IEND', new Uint8Array()),
  )
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Uint8Array.of(...new TextEncoder().encode(name), ...data)
  return Uint8Array.of(...big(data.length), ...body, ...big(crc32(body)))
}

function big(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value)
  return new Uint8Array(view.buffer)
}
