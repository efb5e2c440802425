import type { Size } from './export-options.js'

/** A box in pixels from the top left corner of the image. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a label has on an image. */
export interface BoxShape extends Rectangle {
  readonly kind: 'box'
  /** The place of its class among the classes of the export, from 0. */
  readonly place: number
  readonly confidence: number | undefined
}

export type Shape = BoxShape

/** What is wrong with a box for a reader of it, and what is left of it. */
export interface ClippedBox {
  /** The part inside the image; `undefined` when there is none. */
  readonly box: Rectangle | undefined
  readonly why?: string
}

/** Cuts a box at the edges of its image. Workers drag boxes out of it, and readers of other formats refuse those. */
export function clipBox({ left, top, width, height }: Rectangle, size: Size | undefined): ClippedBox {
  const box = { left, top, width, height }
  if (!(width > 0 && height > 0)) return { box: undefined, why: `it is ${width} by ${height} pixels` }
  if (size === undefined) return { box }
  const right = Math.min(left + width, size.width)
  const bottom = Math.min(top + height, size.height)
  const inside = { left: Math.max(left, 0), top: Math.max(top, 0) }
  if (inside.left === left && inside.top === top && right === left + width && bottom === top + height)
    return { box }
  const cut = { ...inside, width: right - inside.left, height: bottom - inside.top }
  const image = `the image, which is ${size.width} by ${size.height} pixels`
  return cut.width > 0 && cut.height > 0
    ? { box: cut, why: `it reaches out of ${image}: it was cut at the edge` }
    : { box: undefined, why: `it lies outside ${image}` }
}
