import { expect, test } from 'vitest'
import { boundsOf } from '../../../src/export/images/shapes.js'

test('a polygon of 200,000 points has a box around it, not a bare RangeError', () => {
  const points = Array.from({ length: 200_000 }, (_, at) => ({ x: at % 1000, y: 5 - (at % 7) }))

  expect(boundsOf(points)).toStrictEqual({ left: 0, top: -1, width: 999, height: 6 })
})
