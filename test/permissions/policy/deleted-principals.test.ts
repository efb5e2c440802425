import { describe, expect, test } from 'vitest'
import {
  deletedPrincipalsIn,
  removeDeletedPrincipals,
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
