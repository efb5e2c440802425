import type { ClassGrid } from './class-grid.js'
import { type Point, traceRings } from './trace-rings.js'

/** A region of a mask: pixels of one class. */
export interface Region {
  readonly classId: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** How many pixels it has. */
  readonly area: number
  /** Where its pixels begin and end, over and over, in an image that is gone through row after row. */
  rowRuns(): readonly number[]
  /** The same, column after column. */
  columnRuns(): readonly number[]
  /** Its outlines along the edges of pixels: clockwise around it, counterclockwise around holes. */
  rings(): readonly (readonly Point[])[]
}

/**
 * Finds the regions of a mask: each group of pixels that share an edge, or all pixels of a class. Regions of one pixel
 * are regions: what is noise is not for an export to decide.
 *
 * @param classIds The classes that are looked for.
 */
export function findRegions(
  grid: ClassGrid,
  classIds: ReadonlySet<number>,
  per: 'region' | 'class',
): readonly Region[] {
  const { width, height } = grid
  const owners = per === 'class' ? classOwners(grid, classIds) : connectedOwners(grid, classIds)
  const boxes = boxesOf(owners, grid)
  const rows = lazily(() => runsOf(owners, boxes.length, width * height, (at) => at))
  const columns = lazily(() =>
    runsOf(owners, boxes.length, width * height, (at) => (at % height) * width + Math.floor(at / height)),
  )
  const rings = lazily(() => traceRings(owners, boxes.length, grid))
  return boxes.map(({ right, bottom, ...box }, index) => ({
    ...box,
    width: right - box.left,
    height: bottom - box.top,
    rowRuns: () => rows()[index] as readonly number[],
    columnRuns: () => columns()[index] as readonly number[],
    rings: () => rings()[index] as readonly (readonly Point[])[],
  }))
}

/** For each pixel the number of the region it is in, from 1; 0 for those in none. */
type Owners = Int32Array

function classOwners({ ids }: ClassGrid, classIds: ReadonlySet<number>): Owners {
  const numbers = new Map<number, number>()
  return Int32Array.from(ids, (id) => {
    if (!classIds.has(id)) return 0
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return number
  })
}

/** Numbers regions in the order in which their first pixels come, by joining each pixel to those left of and above it. */
function connectedOwners({ ids, width }: ClassGrid, classIds: ReadonlySet<number>): Owners {
  const owners = new Int32Array(ids.length)
  const parents = [0]
  const rootOf = (number: number) => {
    let root = number
    while (parents[root] !== root) root = parents[root] as number
    // What was walked once is short the next time.
    for (let at = number; at !== root; ) {
      const next = parents[at] as number
      parents[at] = root
      at = next
    }
    return root
  }
  for (const [at, id] of ids.entries()) {
    if (!classIds.has(id)) continue
    const left = at % width > 0 && ids[at - 1] === id ? (owners[at - 1] as number) : 0
    const above = at >= width && ids[at - width] === id ? (owners[at - width] as number) : 0
    if (left === 0 && above === 0) {
      owners[at] = parents.length
      parents.push(parents.length)
    } else if (left === 0 || above === 0) owners[at] = left + above
    else {
      const [first, second] = [rootOf(left), rootOf(above)]
      owners[at] = Math.min(first, second)
      parents[Math.max(first, second)] = Math.min(first, second)
    }
  }
  const numbers = new Map<number, number>()
  for (const [at, owner] of owners.entries()) {
    if (owner === 0) continue
    const root = rootOf(owner)
    const number = numbers.get(root) ?? numbers.size + 1
    numbers.set(root, number)
    owners[at] = number
  }
  return owners
}

interface RegionBox {
  readonly classId: number
  left: number
  top: number
  right: number
  bottom: number
  area: number
}

function boxesOf(owners: Owners, { ids, width }: ClassGrid): readonly RegionBox[] {
  const boxes: RegionBox[] = []
  for (const [at, owner] of owners.entries()) {
    if (owner === 0) continue
    const x = at % width
    const y = Math.floor(at / width)
    const box = boxes[owner - 1]
    if (box === undefined) {
      boxes[owner - 1] = { classId: ids[at] as number, left: x, top: y, right: x + 1, bottom: y + 1, area: 1 }
      continue
    }
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x + 1)
    box.bottom = y + 1
    box.area += 1
  }
  return boxes
}

function runsOf(
  owners: Owners,
  regions: number,
  pixels: number,
  pixelAt: (at: number) => number,
): readonly (readonly number[])[] {
  const runs: number[][] = Array.from({ length: regions }, () => [])
  let last = 0
  for (let at = 0; at < pixels; at += 1) {
    const owner = owners[pixelAt(at)] as number
    if (owner === last) continue
    if (last !== 0) runs[last - 1]?.push(at)
    if (owner !== 0) runs[owner - 1]?.push(at)
    last = owner
  }
  if (last !== 0) runs[last - 1]?.push(pixels)
  return runs
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
