import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findRegions } from '../../../src/export/regions/find-regions.js'
import { countsOf, packBrush, packCounts } from '../../../src/export/regions/run-lengths.js'
import { runs } from '../../support/runs.js'
import { drawnGrid, filledByRings, gridOf, unpackBrush, unpackCounts } from './grids.js'

const CLASSES = new Set([1, 2])

describe('the regions of a mask', () => {
  it('are groups of pixels of a class that share an edge, in the order of their first pixels', () => {
    const grid = gridOf('11.2', '1.12', '..1.')

    expect(findRegions(grid, CLASSES, 'region').map(plain)).toStrictEqual([
      { classId: 1, left: 0, top: 0, width: 2, height: 2, area: 3 },
      { classId: 2, left: 3, top: 0, width: 1, height: 2, area: 2 },
      { classId: 1, left: 2, top: 1, width: 1, height: 2, area: 2 },
    ])
  })

  it('are one where branches meet later', () => {
    expect(findRegions(gridOf('1.1.1', '1.111', '111..'), CLASSES, 'region').map(plain)).toStrictEqual([
      { classId: 1, left: 0, top: 0, width: 5, height: 3, area: 10 },
    ])
  })

  it('are whole classes when that is asked for', () => {
    expect(findRegions(gridOf('1.2', '..1'), CLASSES, 'class').map(plain)).toStrictEqual([
      { classId: 1, left: 0, top: 0, width: 3, height: 2, area: 2 },
      { classId: 2, left: 2, top: 0, width: 1, height: 1, area: 1 },
    ])
  })

  it('leave out classes that are not looked for', () => {
    expect(findRegions(gridOf('12', '21'), new Set([3]), 'region')).toStrictEqual([])
  })

  it('have an outline without needless corners, and holes that go round the other way', () => {
    const [ring] = findRegions(gridOf('111', '1.1', '111'), CLASSES, 'region')

    expect(ring?.rings()).toStrictEqual([
      [point(0, 0), point(3, 0), point(3, 3), point(0, 3)],
      [point(2, 1), point(1, 1), point(1, 2), point(2, 2)],
    ])
  })

  it('have a hole whose outline begins at a corner, though it is found in the middle of a side', () => {
    const [region] = findRegions(gridOf('1111', '1..1', '1111'), CLASSES, 'region')

    expect(region?.rings()[1]).toStrictEqual([point(1, 1), point(1, 2), point(3, 2), point(3, 1)])
  })

  it('have an outline that stays with its pixel where two touch at a corner', () => {
    const [region] = findRegions(gridOf('11.', '1.1', '111'), CLASSES, 'region')

    expect(region?.rings()).toStrictEqual([
      [
        point(0, 0),
        point(2, 0),
        point(2, 1),
        point(1, 1),
        point(1, 2),
        point(2, 2),
        point(2, 1),
        point(3, 1),
        point(3, 3),
        point(0, 3),
      ],
    ])
  })

  it('come back from their outlines, their counts and their packed forms, whatever was drawn', () => {
    fc.assert(
      fc.property(drawnGrid(), fc.constantFrom('region' as const, 'class' as const), (grid, per) => {
        const found = findRegions(grid, CLASSES, per)
        const pixels = grid.ids.length

        for (const region of found) {
          const inside = pixelsOf(region.rowRuns(), (at) => at)
          expect(inside).toHaveLength(region.area)
          expect(inside.every((at) => grid.ids[at] === region.classId)).toBe(true)
          const byColumns = pixelsOf(
            region.columnRuns(),
            (at) => (at % grid.height) * grid.width + Math.floor(at / grid.height),
          )
          expect([...byColumns].sort((left, right) => left - right)).toStrictEqual(inside)
          expect(filledByRings(region.rings(), grid)).toStrictEqual(inside)
          const counts = countsOf(region.columnRuns(), pixels)
          expect(unpackCounts(packCounts(counts))).toStrictEqual(counts)
          expect(unpackBrush(packBrush(region.rowRuns(), pixels))).toStrictEqual({ pixels, inside })
        }
        const all = found.reduce((sum, { area }) => sum + area, 0)
        expect(all).toBe(grid.ids.filter((id) => CLASSES.has(id)).length)
      }),
      { numRuns: runs(1000) },
    )
  })
})

describe('packed counts', () => {
  it('are what pycocotools makes of the same counts', () => {
    // From pycocotools.mask.frPyObjects, which packs lists of counts.
    expect(packCounts([6, 1, 40, 4, 5, 4, 5, 4, 21])).toBe('61X13mN000`0')
    expect(packCounts([0, 1_000_000])).toBe('0Pb`n0')
  })
})

describe('a packed brush', () => {
  it('writes long runs in several parts', () => {
    expect(unpackBrush(packBrush([3, 100_003], 150_000)).inside).toHaveLength(100_000)
  })
})

const point = (x: number, y: number) => ({ x, y })

function plain({ classId, left, top, width, height, area }: ReturnType<typeof findRegions>[number]) {
  return { classId, left, top, width, height, area }
}

function pixelsOf(ends: readonly number[], pixelAt: (at: number) => number): readonly number[] {
  const pixels: number[] = []
  for (let index = 0; index < ends.length; index += 2)
    for (let at = ends[index] as number; at < (ends[index + 1] as number); at += 1) pixels.push(pixelAt(at))
  return pixels
}
