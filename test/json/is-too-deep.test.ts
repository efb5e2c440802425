import { expect, test } from 'vitest'
import { isTooDeep } from '../../src/json/is-too-deep.js'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test.each<[string, string, boolean]>([
  ['1,000 levels', nested(1000), false],
  ['1,001 levels', nested(1001), true],
  ['1,001 levels of objects', `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`, true],
  ['many values beside each other', `[${'[],'.repeat(2000)}{}]`, false],
  ['brackets in a text', JSON.stringify([`"\\${'[{'.repeat(2000)}`]), false],
])('of %s it is told whether they are too deep', (_, text, isDeep) => {
  expect(() => JSON.parse(text)).not.toThrow()
  expect(isTooDeep(text)).toBe(isDeep)
})
