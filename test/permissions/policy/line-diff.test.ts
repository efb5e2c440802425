import { expect, test } from 'vitest'
import { lineDiff, wholeDiff } from '../../../src/permissions/policy/line-diff.js'

test.each([
  ['nothing changed', 'a b', 'a b', ''],
  ['one put in', 'a c', 'a b c', '+b'],
  ['one taken out', 'a b c', 'a c', '-b'],
  ['one in place of another', 'a b c', 'a x c', '-b +x'],
  ['what both have stays in between', 'a b c d e', 'a x c y e', '-b +x  c -d +y'],
  ['all new', '', 'a b', '+a +b'],
  ['all gone', 'a b', '', '-a -b'],
  ['one put in beside its like', 'a b', 'a a b', '+a'],
  ['one taken out beside its like', 'a a b', 'a b', '-a'],
  ['the first of two alike taken out', 'a b a', 'b a', '-a'],
  ['the longest that both have stays', 'x a b c y', 'b a c b c z', '-x +b  a +c  b  c -y +z'],
  ['a line that moved', 'a b c', 'b c a', '-a  b  c +a'],
])('shows the lines that differ: %s', (_, before, after, shown) => {
  const lines = (text: string) => text.split(' ').filter((line) => line !== '')

  expect(
    lineDiff(lines(before), lines(after))
      .map(([mark, line]) => `${mark}${line}`)
      .join(' '),
  ).toBe(shown)
})

test('the whole difference gives what both have at the beginning and the end too', () => {
  expect(wholeDiff(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([
    [' ', 'a'],
    ['-', 'b'],
    ['+', 'x'],
    [' ', 'c'],
  ])
  expect(wholeDiff([], [])).toEqual([])
})
