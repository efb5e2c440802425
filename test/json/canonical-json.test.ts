import { expect, test } from 'vitest'
import { canonicalJson } from '../../src/json/canonical-json.js'

test('the form does not depend on the order of keys, also of those that look like numbers', () => {
  expect(canonicalJson({ b: [{ 10: 1, 9: 2, a: undefined }], a: 'é\n' })).toBe(
    '{"a":"é\\n","b":[{"10":1,"9":2}]}',
  )
})

test('what is not JSON comes out as JSON has it', () => {
  const moment = new Date('2026-11-25T00:00:00Z')

  expect(canonicalJson([moment, undefined, Number.NaN])).toBe('["2026-11-25T00:00:00.000Z",null,null]')
})
