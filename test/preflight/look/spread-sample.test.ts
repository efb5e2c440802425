import { expect, test } from 'vitest'
import { spreadSample } from '../../../src/preflight/look/spread-sample.js'

function sampleOf(count: number, most: number): readonly number[] {
  const sample = spreadSample<number>(most)
  for (let index = 0; index < count; index++) sample.add(index)
  return sample.things
}

test('a sample has all of few things', () => {
  expect(sampleOf(3, 20)).toEqual([0, 1, 2])
})

test('a sample of many things is spread over them from the first on', () => {
  expect(sampleOf(100, 4)).toEqual([0, 16, 48, 80])
  expect(sampleOf(1_000_000, 20)).toHaveLength(20)
})

test('a sample of none is empty', () => {
  expect(sampleOf(100, 0)).toEqual([])
})

test('a sample has as many things as are wanted, none twice, and no gap is much wider than the others', () => {
  for (let most = 1; most < 40; most++) {
    const things = sampleOf(1_000, most)
    const gaps = things.slice(1).map((thing, index) => thing - (things[index] as number))

    expect(things).toHaveLength(most)
    expect(new Set(things).size).toBe(most)
    expect(Math.max(0, ...gaps)).toBeLessThan(4 * (1_000 / most))
  }
})
