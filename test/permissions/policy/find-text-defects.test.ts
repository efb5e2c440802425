import { describe, expect, test } from 'vitest'
import { findDuplicateKeys, findInexactNumbers } from '../../../src/permissions/policy/find-text-defects.js'
import { scanJson } from '../../../src/permissions/policy/scan-json.js'

describe('findDuplicateKeys', () => {
  test.each([
    ['{"Statement":[{"Sid":"A"},{"Sid":"B"}]}', []],
    ['{"Id":"x","Id":"y"}', [{ key: 'Id', statement: undefined }]],
    ['{"Statement":[{"Sid":"A"},{"Sid":"B","Sid":"C"}]}', [{ key: 'Sid', statement: 1 }]],
    ['{"Statement":{"Condition":{"Bool":{"a":"1","a":"2"}}}}', [{ key: 'a', statement: 0 }]],
    ['{"Statement":[{"S\\u0069d":"A","Sid":"B"}]}', [{ key: 'Sid', statement: 0 }]],
    ['{"Statement":[{"Sid":"\\"Sid\\":"}]}', []],
    ['{"Statement":[["Sid","Sid"]]}', []],
    ['{"Statement":[]}', []],
    ['{"Statement":{}}', []],
  ])('in %s', (text, expected) => {
    expect(findDuplicateKeys(scanJson(text))).toEqual(
      expected.map(({ key, statement }) => ({
        defect: `the key ${key} appears twice in one object`,
        statement,
      })),
    )
  })
})

describe('findInexactNumbers', () => {
  test.each([
    ['{"Statement":[{"a":1},{"a":[0.5,-3,15]}]}', []],
    [
      '{"Statement":[{"a":1},{"a":{"b":[1.50]}}]}',
      [{ defect: 'the number 1.50 is read as 1.5', statement: 1 }],
    ],
    [
      '{"Statement":{"a":9007199254740993}}',
      [{ defect: 'the number 9007199254740993 is read as 9007199254740992', statement: 0 }],
    ],
    ['{"Statement":[{"a":"1.50"}]}', []],
    ['{"Id":1.50,"Statement":[]}', [{ defect: 'the number 1.50 is read as 1.5', statement: undefined }]],
  ])('in %s', (text, expected) => {
    expect(findInexactNumbers(scanJson(text), text)).toEqual(expected)
  })
})

test('a text is scanned however deep it is nested', () => {
  const depth = 100_000
  const text = `{"Statement":${'['.repeat(depth)}1.0${']'.repeat(depth)}}`

  expect(findInexactNumbers(scanJson(text), text)).toEqual([
    { defect: 'the number 1.0 is read as 1', statement: 0 },
  ])
})
