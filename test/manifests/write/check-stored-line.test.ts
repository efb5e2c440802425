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
