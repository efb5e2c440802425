import { expect, test } from 'vitest'
import { parseColorMap } from '../../../src/manifests/read/parse-color-map.js'

test('a color map keeps the class of the key __proto__, which became the prototype of the map', () => {
  const map = parseColorMap(
    JSON.parse('{"__proto__": {"class-name": "road"}, "1": {"class-name": "sky"}, "2": 7}'),
  )

  expect(Object.entries(map).map(([key, { className }]) => [key, className])).toStrictEqual([
    ['1', 'sky'],
    ['__proto__', 'road'],
  ])
  expect(Object.getPrototypeOf(map)).toBe(Object.prototype)
})
