/** A corner of a pixel. */
export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Traces the outlines of regions along the edges of their pixels: each edge between a pixel of the region and one that is
 * none, with the region to its right, is followed by the one that begins where it ends.
 *
 * @param owners For each pixel the number of its region, from 1.
 */
export function traceRings(
  owners: Int32Array,
  regions: number,
  { width, height }: { readonly width: number; readonly height: number },
): readonly (readonly (readonly Point[])[])[] {
  const edges: Map<number, number[]>[] = Array.from({ length: regions }, () => new Map())
  const corners = width + 1
  const add = (owner: number, from: number, to: number) => {
    const starting = edges[owner - 1]?.get(from)
    if (starting === undefined) edges[owner - 1]?.set(from, [to])
    else starting.push(to)
  }
  for (const [at, owner] of owners.entries()) {
    if (owner === 0) continue
    const x = at % width
    const y = Math.floor(at / width)
    const corner = y * corners + x
    if (y === 0 || owners[at - width] !== owner) add(owner, corner, corner + 1)
    if (x === width - 1 || owners[at + 1] !== owner) add(owner, corner + 1, corner + 1 + corners)
    if (y === height - 1 || owners[at + width] !== owner) add(owner, corner + 1 + corners, corner + corners)
    if (x === 0 || owners[at - 1] !== owner) add(owner, corner + corners, corner)
  }
  return edges.map((ofRegion) => ringsOf(ofRegion, corners))
}

function ringsOf(edges: Map<number, number[]>, corners: number): readonly (readonly Point[])[] {
  const rings: (readonly Point[])[] = []
  for (const first of edges.keys()) {
    while ((edges.get(first)?.length ?? 0) > 0) rings.push(followFrom(first, edges, corners))
  }
  return rings
}

function followFrom(first: number, edges: Map<number, number[]>, corners: number): readonly Point[] {
  const ring: number[] = []
  let at = first
  let direction = 0
  do {
    const next = takeNext(edges.get(at) ?? [], at, direction, corners)
    if (next - at !== direction) ring.push(at)
    direction = next - at
    at = next
  } while (at !== first || !isDone(edges, at, direction, corners))
  // The ring may have begun in the middle of a side.
  if (ring.length > 4 && isOnSide(ring.at(-1) as number, ring[0] as number, ring[1] as number, corners))
    ring.shift()
  return ring.map((corner) => ({ x: corner % corners, y: Math.floor(corner / corners) }))
}

/** Where two pixels touch at a corner only, the outline turns right: it stays with its pixel. */
function takeNext(starting: number[], at: number, direction: number, corners: number): number {
  const right = at + turnedRight(direction, corners)
  const index = Math.max(starting.indexOf(right), 0)
  return starting.splice(index, 1)[0] as number
}

/** A ring that comes by its first corner goes on unless the turn to the right is the edge it began with. */
function isDone(edges: Map<number, number[]>, at: number, direction: number, corners: number): boolean {
  return !(edges.get(at) ?? []).includes(at + turnedRight(direction, corners))
}

function turnedRight(direction: number, corners: number): number {
  if (direction === 1) return corners
  if (direction === corners) return -1
  return direction === -1 ? -corners : 1
}

function isOnSide(before: number, corner: number, after: number, corners: number): boolean {
  const sameRow = (one: number, other: number) => Math.floor(one / corners) === Math.floor(other / corners)
  const sameColumn = (one: number, other: number) => one % corners === other % corners
  return (
    (sameRow(before, corner) && sameRow(corner, after)) ||
    (sameColumn(before, corner) && sameColumn(corner, after))
  )
}
