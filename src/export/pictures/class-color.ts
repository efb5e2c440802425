/**
 * Colors of classes by their place: strong enough to be told apart on a photograph and on white, dark enough for white
 * letters (at least 4.5 to 1), and apart from each other also where red and green look alike. Later classes begin anew.
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
