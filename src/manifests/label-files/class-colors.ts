import type { ColorMap } from '../read/label-contents.js'
import { TRANSPARENT } from './pixel-rows.js'

/** The classes of a mask by their colors. */
export interface ClassColors {
  /** Whether any class has a color. */
  readonly hasColors: boolean
  /** Whether a class has this id. */
  hasId(id: number): boolean
  /** Whether another class has the color of this one. */
  isShared(id: number): boolean
  /** The id of the class that alone has a color. */
  idOf(color: number): number | undefined
  /** The id of the class whose color is the nearest, by the distance of red, green and blue. */
  nearestTo(color: number): number | undefined
}

/** Reads the colors of a mask's classes. A color that two classes share means neither of them. */
export function classColorsOf(colorMap: ColorMap): ClassColors {
  const ids = new Set<number>()
  const idsByColor = new Map<number, number | undefined>()
  const entries: { readonly id: number; readonly color: number }[] = []
  for (const [key, { color: hex }] of Object.entries(colorMap)) {
    const id = Number(key)
    if (!Number.isInteger(id) || id < 0 || id >= UNKNOWN_CLASS) continue
    ids.add(id)
    const color = parseColor(hex)
    if (color === undefined) continue
    entries.push({ id, color })
    idsByColor.set(color, idsByColor.has(color) ? undefined : id)
  }
  const shared = new Set(
    entries.filter(({ color }) => idsByColor.get(color) === undefined).map(({ id }) => id),
  )
  return {
    hasColors: entries.length > 0,
    hasId: (id) => ids.has(id),
    isShared: (id) => shared.has(id),
    idOf: (color) => idsByColor.get(color),
    nearestTo(color) {
      if (color === TRANSPARENT) return undefined
      // Measured: a mask that was blurred or scaled may have a color for each pixel.
      let nearest: number | undefined
      let least = Infinity
      for (const { id, color: own } of entries) {
        const far = distance(own, color)
        if (far > least || (far === least && nearest !== undefined && id > nearest)) continue
        nearest = id
        least = far
      }
      return nearest
    },
  }
}

/**
 * The class id of a pixel whose color belongs to no class.
 *
 * @example
 * const colors = { 1: { className: 'road', color: '#f28333', confidence: undefined } }
 * for await (const { row, classIds, unknownColors } of readMask(new Uint8Array(), colors))
 *   if (classIds.includes(UNKNOWN_CLASS)) console.error(row, unknownColors)
 */
export const UNKNOWN_CLASS = 0xff_ff

/** Writes a color as color maps do. */
export function hexOf(color: number): string {
  return color === TRANSPARENT ? 'transparent' : `#${color.toString(16).padStart(6, '0')}`
}

function parseColor(hex: string | undefined): number | undefined {
  const digits = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})\s*$/i.exec(hex ?? '')?.[1]
  if (digits === undefined) return undefined
  const six = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits.slice(0, 6)
  return Number.parseInt(six, 16)
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16)
  const green = ((one >> 8) & 0xff) - ((other >> 8) & 0xff)
  const blue = (one & 0xff) - (other & 0xff)
  return red * red + green * green + blue * blue
}
