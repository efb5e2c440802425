import { hashOf } from '../../names/hash-of.js'

/**
 * Colors of classes: strong enough to be told apart on a photograph and on white, and dark enough for white letters (at
 * least 4.5 to 1). Later classes begin anew.
 */
const COLORS = [
  '#1f5fbf',
  '#b3430b',
  '#1a7544',
  '#a3216f',
  '#6a4bc4',
  '#846000',
  '#b02a2a',
  '#0f7080',
  '#5c6b12',
  '#8a4b2d',
  '#4d5a70',
  '#7a2ea0',
] as const

/** Gives the color of the class at a place. */
export function colorAt(place: number): string {
  return COLORS[place % COLORS.length] as string
}

/** Gives the color of a class, the same in every picture: by its number where it has one, else by its name. */
export function colorOf({ className, classIndex }: ColoredClass): string {
  const isPlace = classIndex !== undefined && Number.isInteger(classIndex) && classIndex >= 0
  return colorAt(isPlace ? classIndex : hashOf(className ?? ''))
}

/** What the color of a class depends on. */
export interface ColoredClass {
  readonly className: string | undefined
  readonly classIndex?: number | undefined
}
