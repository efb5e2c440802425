import { describe, expect, test } from 'vitest'
import {
  canonicalPolicy,
  sameMeaning,
  sameStatement,
} from '../../../src/permissions/policy/compare-policies.js'

describe('sameMeaning', () => {
  test.each([
    [
      'order of keys and white space',
      { Statement: { Sid: 'A', Effect: 'Allow' } },
      '{ "Statement": [ {"Effect":"Allow", "Sid":"A"} ] }',
      true,
    ],
    [
      'order of principals and root ARNs',
      { Statement: { Principal: { AWS: ['111122223333', 'b'] } } },
      '{"Statement":[{"Principal":{"AWS":["b","arn:aws:iam::111122223333:root"]}}]}',
      true,
    ],
    [
      'the star as principal',
      { Statement: { Principal: '*' } },
      '{"Statement":[{"Principal":{"AWS":"*"}}]}',
      true,
    ],
    [
      'booleans as text and the case of condition keys',
      { Statement: { Condition: { Bool: { 'AWS:SecureTransport': true } } } },
      '{"Statement":[{"Condition":{"Bool":{"aws:SecureTransport":["true"]}}}]}',
      true,
    ],
    [
      'order of statements',
      { Statement: [{ Sid: 'A' }, { Sid: 'B' }] },
      '{"Statement":[{"Sid":"B"},{"Sid":"A"}]}',
      false,
    ],
    [
      'another action',
      { Statement: { Action: 'kms:Encrypt' } },
      '{"Statement":[{"Action":"kms:Decrypt"}]}',
      false,
    ],
    [
      'order of condition keys, operators and values',
      { Statement: { Condition: { Bool: { b: 'x', A: ['1', '2'] }, Null: { c: 'true' } } } },
      '{"Statement":[{"Condition":{"Null":{"C":"true"},"Bool":{"a":["2","1","2"],"B":"x"}}}]}',
      true,
    ],
    [
      'order of the accounts that are excepted',
      { Statement: { Effect: 'Deny', NotPrincipal: { AWS: ['111122223333', 'b'] } } },
      '{"Statement":[{"NotPrincipal":{"AWS":["b","arn:aws:iam::111122223333:root"]},"Effect":"Deny"}]}',
      true,
    ],
    [
      'the elements beside the statements, in any order',
      { Version: '2012-10-17', Id: 'x', Statement: { Sid: 'A' } },
      '{"Statement":[{"Sid":"A"}],"Id":"x","Version":"2012-10-17"}',
      true,
    ],
    [
      'the version, which says whether ${…} is a variable',
      { Version: '2008-10-17', Statement: { Sid: 'A' } },
      '{"Version":"2012-10-17","Statement":[{"Sid":"A"}]}',
      false,
    ],
    ['the Sid', { Statement: { Sid: 'A' } }, '{"Statement":[{"Sid":"B"}]}', false],
    ['whether there is a Sid', { Statement: { Sid: 'A' } }, '{"Statement":[{}]}', false],
    ['the effect', { Statement: { Effect: 'Allow' } }, '{"Statement":[{"Effect":"Deny"}]}', false],
    [
      'a Sid in a list, which no service takes',
      { Statement: { Sid: 'A', Effect: 'Allow' } },
      '{"Statement":[{"Sid":["A"],"Effect":"Allow"}]}',
      false,
    ],
    [
      'an effect in a list, which no service takes',
      { Statement: { Effect: 'Allow' } },
      '{"Statement":[{"Effect":["Allow"]}]}',
      false,
    ],
    [
      'the value of a condition',
      { Statement: { Condition: { Bool: { a: 'true' } } } },
      '{"Statement":[{"Condition":{"Bool":{"a":"false"}}}]}',
      false,
    ],
    [
      'the key of a condition',
      { Statement: { Condition: { Bool: { a: 'true' } } } },
      '{"Statement":[{"Condition":{"Bool":{"b":"true"}}}]}',
      false,
    ],
    [
      'conditions that are no objects',
      { Statement: { Condition: { Bool: 'a' } } },
      '{"Statement":[{"Condition":{"Bool":"b"}}]}',
      false,
    ],
    [
      'a condition that is a text',
      { Statement: { Condition: 'a' } },
      '{"Statement":[{"Condition":"b"}]}',
      false,
    ],
    [
      'objects within a list, by their order',
      { Statement: { Action: [{ a: 1 }, 'b'] } },
      '{"Statement":[{"Action":["b",{"a":1}]}]}',
      false,
    ],
    [
      'objects within a list, by what they hold',
      { Statement: { Action: [{ a: 1 }, 'b'] } },
      '{"Statement":[{"Action":[{"a":2},"b"]}]}',
      false,
    ],
    [
      'a user whose name ends like the ARN of a root',
      { Statement: { Principal: { AWS: '111122223333' } } },
      '{"Statement":[{"Principal":{"AWS":"x/arn:aws:iam::111122223333:root"}}]}',
      false,
    ],
    [
      'a principal that begins like the ARN of a root',
      { Statement: { Principal: { AWS: '111122223333' } } },
      '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::111122223333:root/x"}}]}',
      false,
    ],
    [
      'a root that is no principal but a value of a condition',
      { Statement: { Condition: { ArnEquals: { 'aws:PrincipalArn': '111122223333' } } } },
      '{"Statement":[{"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:root"}}}]}',
      false,
    ],
    [
      'the type of a principal',
      { Statement: { Principal: { AWS: 'x' } } },
      '{"Statement":[{"Principal":{"Service":"x"}}]}',
      false,
    ],
    ['statements that are no objects', { Statement: ['a'] }, '{"Statement":["b"]}', false],
    ['texts that are no policies', 'null', '"x"', false],
    ['the same text that is no policy', '[1]', '[ 1 ]', true],
  ] as const)('compares by %s', (_, left, right, same) => {
    expect(sameMeaning(left as never, right)).toBe(same)
  })
})

test.each([
  [{ Action: ['a', 'b'] }, { Action: ['b', 'a'] }, true],
  [{ Action: 'a', Effect: 'Allow' }, { Effect: 'Allow', Action: ['a'] }, true],
  [{ Action: 'a' }, { NotAction: 'a' }, false],
  [{ Action: 'a' }, { Action: 'a', Resource: '*' }, false],
])('the statements %j and %j: the same is %s', (left, right, same) => {
  expect(sameStatement(left, right)).toBe(same)
})

test('a policy without the statement of a Sid is all the others', () => {
  const [own, other] = [{ Sid: 'Own' }, { Sid: 'Other' }]
  const others = canonicalPolicy({ Statement: [other] })

  expect(canonicalPolicy({ Statement: [own, other, own] }, 'Own')).toBe(others)
  expect(canonicalPolicy({ Statement: [own] }, 'Own')).not.toBe(others)
  expect(canonicalPolicy({ Statement: [own, { ...other, Effect: 'Deny' }] }, 'Own')).not.toBe(others)
})
