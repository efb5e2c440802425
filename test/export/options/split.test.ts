import { expect, it } from 'vitest'
import { makeParts } from '../../../src/export/options/split.js'
import { hashOf } from '../../../src/names/hash-of.js'

const SOURCES = Array.from({ length: 20_000 }, (_, index) => `s3://acme-gt/in/camera-7/${index}.jpg`)

it('the share of each part is as large as asked for', () => {
  const parts = makeParts('toCoco', { train: 0.7, val: 0.2, test: 0.1 })

  const counts = new Map<string | undefined, number>()
  for (const source of SOURCES) counts.set(parts.of(source), (counts.get(parts.of(source)) ?? 0) + 1)

  expect(Math.abs((counts.get('train') ?? 0) / SOURCES.length - 0.7)).toBeLessThan(0.015)
  expect(Math.abs((counts.get('val') ?? 0) / SOURCES.length - 0.2)).toBeLessThan(0.015)
  expect(Math.abs((counts.get('test') ?? 0) / SOURCES.length - 0.1)).toBeLessThan(0.015)
})

it('shares are relative: percents and fractions give the same parts', () => {
  const fractions = makeParts('toCoco', { train: 0.75, val: 0.25 })
  const percents = makeParts('toCoco', { train: 75, val: 25 })

  expect(SOURCES.filter((source) => fractions.of(source) !== percents.of(source))).toStrictEqual([])
})

// Taken from a script in another language that follows the documentation: objects must not change their part with a
// release of this library.
it.each([
  ['', 2872998923],
  ['a', 444641715],
  ['s3://acme-gt/in/1.jpg', 1171702388],
  ['s3://acme-gt/in/ä👩‍🚀.jpg', 3684517008],
])('the hash of %j is what its documentation says', (source, hash) => {
  expect(hashOf(source)).toBe(hash)
})
