import { expect, test } from 'vitest'
import { checkStoredLine } from '../../../src/manifests/write/check-stored-line.js'

test('a line that is as its task needs it breaks no rule', () => {
  const object = { 'source-ref': 's3://acme/in/1.jpg', batch: 7 }

  expect(checkStoredLine(JSON.stringify(object), 'bounding-box', 'signs')).toEqual({ object, problems: [] })
})

test.each<[string | undefined, string]>([
  [undefined, 'line-not-utf-8'],
  ['hello', 'line-not-json'],
  ['\ufeff{"source-ref": "s3://acme/in/1.jpg"}', 'line-byte-order-mark'],
  ['["s3://acme/in/1.jpg"]', 'not-an-object'],
  ['{"source": "a text"}', 'source-not-stored'],
  ['{"source-ref": "s3://acme/in/1.gif"}', 'source-ending'],
  ['{"source-ref": "s3://acme/in/1.jpg", "signs": 1}', 'label-attribute-taken'],
])('the line %j breaks the rule %s', (line, code) => {
  expect(checkStoredLine(line, 'bounding-box', 'signs').problems.map((problem) => problem.code)).toEqual([
    code,
  ])
})

function codesOf(line: string): readonly string[] {
  return checkStoredLine(line, 'text-classification', 'mood').problems.map((problem) => problem.code)
}

test.each([
  ['escapes', `{"source": "${'\\u8a9e'.repeat(16_666)}"}`],
  ['spaces', `{"source": "x"${' '.repeat(100_000)}}`],
])('a stored line is over 100,000 characters by its %s, and no longer passes', (_, line) => {
  expect(codesOf(line)).toEqual(['line-too-long'])
})

test('an attribute is measured as it is read when it is text, and as it stands when it is not', () => {
  expect(codesOf(`{"source": "${'\\u8a9e'.repeat(16_000)}"}`)).toEqual([])
  expect(codesOf(`{"source": "a", "list": [1${' '.repeat(20_000)}]}`)).toEqual(['attribute-too-long'])
})

test('a key that a line has twice is told once, also one of an escape or beside a nested one', () => {
  const line = String.raw`{"source": "a \" }", "nested": {"source": 1, "x": [{}, "]"]}, "s\u006furce": "b", "source": "c"}`

  expect(checkStoredLine(line, 'text-classification', 'mood').problems).toMatchObject([
    { severity: 'warning', code: 'key-twice', path: 'source' },
  ])
})

test('a stored line of JSON 20,000 levels deep is checked, not a bare RangeError', () => {
  expect(codesOf(`{"source": "a", "deep": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).toEqual([
    'attribute-too-long',
  ])
})

test.each<[string, readonly string[]]>([
  [String.raw`{"source": "\uD83D\uDE00 \\ud83d"}`, []],
  [String.raw`{"source": "\uD83D."}`, ['not-utf-8']],
  [String.raw`{"source": "a", "\udE00": 1}`, ['not-utf-8']],
])('of the escapes in %s half a surrogate pair is told', (line, codes) => {
  expect(codesOf(line)).toEqual(codes)
})
