import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPointMask } from '../../../src/manifests/label-files/read-point-mask.js'

describe('the mask of a point cloud', () => {
  const points = Uint8Array.of(0, 3, 3, 255)

  it.each([
    ['zlib', deflateSync(points)],
    ['gzip', gzipSync(points)],
  ])('has the class of each point, compressed with %s', async (_name, bytes) => {
    expect(await readPointMask(bytes)).toStrictEqual(points)
  })

  it.each([
    ['what is not compressed', points],
    ['half a mask', deflateSync(Uint8Array.from({ length: 900 }, (_, at) => at * at)).subarray(0, 90)],
  ])('is not read from %s', async (_name, bytes) => {
    await expect(readPointMask(bytes)).rejects.toMatchObject({
      code: 'line-unreadable',
      message:
        'Cannot read the mask: it is not compressed with zlib, or not whole. Give its bytes as they are stored.',
    })
  })

  it('of more points than wanted is refused, and no more of it held: 389 KB became 400 MB', async () => {
    const bomb = deflateSync(new Uint8Array(5_000_000))

    await expect(readPointMask(bomb, { mostPoints: 4_999_999 })).rejects.toMatchObject({
      code: 'line-unreadable',
      message:
        'Cannot read the mask: it has more than 4,999,999 points. Check that it is the mask; readPointMask() reads a larger one with the option mostPoints.',
    })
    expect(await readPointMask(bomb, { mostPoints: 5_000_000 })).toHaveLength(5_000_000)
    await expect(readPointMask(bomb, { mostPoints: 0 })).rejects.toThrow('its mostPoints is 0')
    await expect(readPointMask(bomb, { most: 1 } as never)).rejects.toThrow('it has no option "most"')
  })

  it('is bytes', async () => {
    await expect(readPointMask('x' as never)).rejects.toThrow('it was given no bytes: await label.mask()')
  })
})
