import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalPolicy } from '../../../src/permissions/policy/compare-policies.js'
import {
  findStatement,
  removeStatement,
  spliceStatement,
} from '../../../src/permissions/policy/edit-policy.js'
import { withoutSpace } from '../../../src/permissions/policy/scan-json.js'
import { runs } from '../../support/runs.js'

const OWN = { Sid: 'Own', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }
const OWN_TEXT = '{"Sid":"Own","Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}'

describe('spliceStatement', () => {
  test.each([
    ['a list on one line', '{"Statement":[{"Sid":"A"}]}', `{"Statement":[{"Sid":"A"},${OWN_TEXT}]}`],
    [
      'an odd separator',
      '{"Statement":[{"Sid":"A"}  ,\t{"Sid":"B"} ]}',
      `{"Statement":[{"Sid":"A"}  ,\t{"Sid":"B"}  ,\t${OWN_TEXT} ]}`,
    ],
    [
      'a single statement',
      '{"Statement": {"Sid":"A"} , "Id":"x"}',
      `{"Statement": [{"Sid":"A"},${OWN_TEXT}] , "Id":"x"}`,
    ],
    ['an empty list', '{ "Statement" : [ ] }', `{ "Statement" : [${OWN_TEXT}] }`],
    [
      'the same Sid with other content',
      '{"Statement":[{"Sid":"Own","Effect":"Deny"},{"Sid":"B"}]}',
      `{"Statement":[${OWN_TEXT},{"Sid":"B"}]}`,
    ],
    [
      'the same statement in other words',
      '{"Statement":[{"Resource":["*"],"Action":["kms:Decrypt"],"Effect":"Allow","Sid":"Own"}]}',
      '{"Statement":[{"Resource":["*"],"Action":["kms:Decrypt"],"Effect":"Allow","Sid":"Own"}]}',
    ],
    [
      'a text that looks like the end of the list',
      '{"Id":"\\"Statement\\":[]","Statement":[{"Sid":"]}\\\\\\"["}]}',
      `{"Id":"\\"Statement\\":[]","Statement":[{"Sid":"]}\\\\\\"["},${OWN_TEXT}]}`,
    ],
  ])('goes into %s and leaves every other byte', (_, before, after) => {
    const spliced = spliceStatement(before, OWN, 'the key policy')

    expect(spliced).toBe(after)
    expect(canonicalPolicy(spliced, 'Own')).toBe(canonicalPolicy(before, 'Own'))
  })

  test('takes on the indent of the other statements', () => {
    const before = JSON.stringify({ Statement: [{ Sid: 'A' }, { Sid: 'B' }] }, null, '\t')

    const spliced = spliceStatement(before, OWN, 'the key policy')

    expect(spliced).toBe(JSON.stringify({ Statement: [{ Sid: 'A' }, { Sid: 'B' }, OWN] }, null, '\t'))
    expect(removeStatement(spliced, 'Own', 'the key policy')).toBe(before)
  })

  test.each([
    ['{"Statement":[', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{"Version":"2012-10-17"}', 'it has no Statement'],
    ['{"Statement":"x"}', 'it has no Statement'],
    ['{"Statement":null}', 'it has no Statement'],
    ['{"Statement":[],"Statement":[]}', 'the key Statement appears twice in one object'],
    ['{"Statement":[{"Sid":"Own"},{"Sid":"Own"}]}', '2 statements have the Sid Own'],
  ])('refuses %s', (text, why) => {
    expect(() => spliceStatement(text, OWN, 'the key policy')).toThrow(
      expect.objectContaining({ code: 'policy-not-understood', why }),
    )
  })
})

test('a refusal says which policy it was about, with its text', () => {
  const text = '{"Statement":[{"Sid":"Own"},{"Sid":"Own"}]}'

  for (const change of [
    () => spliceStatement(text, OWN, 'the key policy'),
    () => findStatement(text, 'Own', 'the key policy'),
    () => removeStatement(text, 'Own', 'the key policy'),
  ]) {
    expect(change).toThrow(expect.objectContaining({ data: { policy: 'the key policy', text } }))
  }
})

describe('a policy written over several lines', () => {
  const shape = (indent: string, ...statements: readonly object[]) =>
    JSON.stringify({ Statement: statements }, null, indent)

  test('keeps its indent when a statement is changed, and when one is added to a single one', () => {
    const before = shape('  ', { Sid: 'Own', Effect: 'Deny' }, { Sid: 'B' })
    const single = shape('  ', { Sid: 'A' })

    expect(spliceStatement(before, OWN, 'the key policy')).toBe(shape('  ', OWN, { Sid: 'B' }))
    expect(spliceStatement(single, OWN, 'the key policy')).toBe(shape('  ', { Sid: 'A' }, OWN))
  })

  test('keeps what stands around a statement that goes, whichever it is', () => {
    const left = [{ Sid: 'A' }, { Sid: 'B' }]

    for (const place of [0, 1, 2]) {
      const statements = [...left.slice(0, place), OWN, ...left.slice(place)]
      expect(removeStatement(shape('\t', ...statements), 'Own', 'the key policy')).toBe(shape('\t', ...left))
    }
  })
})

describe('removeStatement', () => {
  test.each([
    ['{"Statement":[{"Sid":"A"} , {"Sid":"Own"}]}', '{"Statement":[{"Sid":"A"}]}'],
    ['{"Statement":[{"Sid":"Own"}, {"Sid":"A"}]}', '{"Statement":[{"Sid":"A"}]}'],
    ['{"Statement":[{"Sid":"A"}]}', '{"Statement":[{"Sid":"A"}]}'],
  ])('makes %s to %s', (before, after) => {
    expect(removeStatement(before, 'Own', 'the key policy')).toBe(after)
  })

  test('refuses to leave a policy without a statement', () => {
    expect(() => removeStatement('{"Statement":[{"Sid":"Own"}]}', 'Own', 'the key policy')).toThrow(
      'no statement would be left',
    )
  })

  test('finds a statement by its Sid', () => {
    expect(findStatement('{"Statement":{"Sid":"Own"}}', 'Own', 'the key policy')).toEqual({ Sid: 'Own' })
    expect(findStatement('{"Statement":{"Sid":"Own"}}', 'Other', 'the key policy')).toBeUndefined()
  })
})

test('the white space between the parts of any JSON is taken out, and nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4, '\t'), (value, indent) => {
      expect(withoutSpace(` ${JSON.stringify(value, null, indent)}\r\n`)).toBe(JSON.stringify(value))
    }),
    { numRuns: runs(1_000), seed: 4 },
  )
})
