import { expect, test } from 'vitest'
import { findMarked } from '../../../src/preflight/checks/find-marked.js'

test('what stands between marks is told apart from the rest', () => {
  expect(findMarked('a {{ b }} c {{d}}e', /\{\{/g, /\}\}/g)).toEqual({
    inside: [' b ', 'd'],
    outside: 'a  c e',
  })
})

test('a mark that is not closed stays, with all that comes after it', () => {
  expect(findMarked('{{a}} {{ {{ b', /\{\{/g, /\}\}/g)).toEqual({ inside: ['a'], outside: ' {{ {{ b' })
})
