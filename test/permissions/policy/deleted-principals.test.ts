import { describe, expect, test } from 'vitest'
import {
  deletedPrincipalsIn,
  isDeletedPrincipal,
  removeDeletedPrincipals,
  withoutDeletedPrincipals,
} from '../../../src/permissions/policy/deleted-principals.js'
import { ADMIN, GUIDE, policyText } from '../labeling-account.js'

const OLD_ROLE = 'AROAEXAMPLEOLD000001'

const OTHER = 'arn:aws:iam::111122223333:role/Other'

const OLD_USER = 'AIDAEXAMPLEOLD000002'

describe('deletedPrincipalsIn', () => {
  test('finds each id of a deleted principal once, in Principal and NotPrincipal', () => {
    const policy = policyText(
      ADMIN,
      { ...GUIDE, Principal: { AWS: [OLD_ROLE, OTHER] } },
      { ...GUIDE, Effect: 'Deny', NotPrincipal: { AWS: [OLD_USER, OLD_ROLE] } },
    )

    expect(deletedPrincipalsIn(policy)).toEqual([OLD_ROLE, OLD_USER])
  })

  test('finds none in principals that are no list of names', () => {
    const statements = [
      { Principal: { Service: OLD_ROLE } },
      { Principal: { AWS: [] } },
      { NotPrincipal: OLD_ROLE },
    ]

    expect(deletedPrincipalsIn({ Statement: statements })).toEqual([])
  })

  test.each(['', 'not JSON', '[]', '{"Statement":[null,{"Principal":"*"}]}'])('finds none in %o', (text) => {
    expect(deletedPrincipalsIn(text)).toEqual([])
  })
})

describe('removeDeletedPrincipals', () => {
  test.each([
    [
      'the first of several',
      '{"Statement":[{"Effect":"Allow","Principal":{ "AWS" : [ "AROAEXAMPLEOLD000001" , "x" ] , "Service":"y"}}]}',
      '{"Statement":[{"Effect":"Allow","Principal":{ "AWS" : [ "x" ] , "Service":"y"}}]}',
    ],
    [
      'the last of several',
      '{"Statement":{"Principal":{"Service":"y","AWS":["x" , "AROAEXAMPLEOLD000001"]},"Effect":"Allow"}}',
      '{"Statement":{"Principal":{"Service":"y","AWS":["x"]},"Effect":"Allow"}}',
    ],
    [
      'a statement with numbers that JSON.parse would round',
      '{"Statement":[{"Effect":"Allow","Principal":{"Service":"y","AWS":["AROAEXAMPLEOLD000001"]},"Condition":{"NumericEquals":{"a":12345678901234567890,"b":1.10}}}]}',
      '{"Statement":[{"Effect":"Allow","Principal":{"Service":"y"},"Condition":{"NumericEquals":{"a":12345678901234567890,"b":1.10}}}]}',
    ],
    [
      'one of several principals',
      '{"Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":["AROAEXAMPLEOLD000001","x"]}} , {"Sid":"B"}]}',
      '{"Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":["x"]}} , {"Sid":"B"}]}',
    ],
    [
      'a statement that named nobody else',
      '{"Statement":[{"Sid":"A"},  {"Sid":"B","Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEOLD000001"}}]}',
      '{"Statement":[{"Sid":"A"}]}',
    ],
    [
      'two statements in a row',
      '{"Statement":[{"Sid":"B","Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEOLD000001"}},{"Sid":"C","Effect":"Allow","Principal":{"AWS":["AROAEXAMPLEOLD000001"]}},{"Sid":"A"}]}',
      '{"Statement":[{"Sid":"A"}]}',
    ],
    [
      'a statement that names a service as well',
      '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEOLD000001","Service":"x"}}]}',
      '{"Statement":[{"Effect":"Allow","Principal":{"Service":"x"}}]}',
    ],
    [
      'no Deny',
      '{"Statement":[{"Effect":"Deny","Principal":{"AWS":"AROAEXAMPLEOLD000001"}}]}',
      '{"Statement":[{"Effect":"Deny","Principal":{"AWS":"AROAEXAMPLEOLD000001"}}]}',
    ],
  ])('takes an id out of %s, and leaves every other byte', (_, before, after) => {
    expect(removeDeletedPrincipals(before, [OLD_ROLE], 'the key policy')).toBe(after)
  })

  test('refuses to leave a policy without a statement', () => {
    const text = '{"Statement":{"Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEOLD000001"}}}'

    expect(() => removeDeletedPrincipals(text, [OLD_ROLE], 'the key policy')).toThrow(
      'no statement would be left',
    )
  })
})

// The prefixes of unique ids, as the IAM user guide lists them.
test.each([
  ['AROAEXAMPLEOLD000001', true],
  ['AIDAEXAMPLEOLD000002', true],
  ['AGPAEXAMPLEOLD000003', true],
  ['ANPAEXAMPLEOLD000004', true],
  ['ASCAEXAMPLEOLD000005', true],
  ['AKIAEXAMPLEOLD000006', false],
  ['AROAEXAMPLEOLD000001:session', false],
  ['arn:aws:iam::111122223333:role/AROAEXAMPLEOLD000001', false],
  ['AROA', false],
  ['111122223333', false],
])('%s is the id of someone deleted: %s', (principal, is) => {
  expect(isDeletedPrincipal(principal)).toBe(is)
})

describe('withoutDeletedPrincipals', () => {
  const allow = (Principal: unknown) => ({ Sid: 'A', Effect: 'Allow', Principal })

  test.each([
    ['one id of several', allow({ AWS: [OLD_ROLE, OTHER] }), allow({ AWS: [OTHER] })],
    ['the only AWS principal', allow({ AWS: OLD_ROLE, Service: 'x' }), allow({ Service: 'x' })],
    ['the only principal', allow({ AWS: [OLD_ROLE] }), undefined],
  ])('takes %s out', (_, statement, left) => {
    expect(withoutDeletedPrincipals(statement, [OLD_ROLE])).toEqual(left)
  })

  test.each([
    ['a Deny', { Effect: 'Deny', Principal: { AWS: [OLD_ROLE, OTHER] } }],
    ['everybody', allow('*')],
    ['no AWS principal', allow({ Service: 'x' })],
    ['others', allow({ AWS: [OTHER] })],
    ['an empty list', allow({ AWS: [] })],
    ['nothing that is a statement', 'x'],
  ])('gives a statement that names %s back as it is', (_, statement) => {
    expect(withoutDeletedPrincipals(statement, [OLD_ROLE])).toBe(statement)
  })
})
