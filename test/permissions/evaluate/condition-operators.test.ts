import { expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

test('a date that does not exist decides nothing', () => {
  const { verdict } = decidePermission({
    roleArn: ROLE,
    keyArn: KEY,
    action: 'kms:Decrypt',
    identityPolicies: [],
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:*', Resource: '*' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-02-31T00:00:00Z' } },
        },
      ],
    },
    possibleValues: { 'aws:CurrentTime': ['2026-11-23T00:00:00Z', '2026-12-23T00:00:00Z'] },
  })

  expect(verdict).toBe('unknown')
})

test.each([
  ['İstanbul', 'İSTANBUL', 'allowed'],
  ['İstanbul', 'istanbul', 'missing'],
])('text in other case is compared letter by letter: %s and %s', (tag, wanted, verdict) => {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: ROLE },
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringEqualsIgnoreCase: { 'aws:PrincipalTag/city': wanted } },
  }

  const decision = decidePermission({
    roleArn: ROLE,
    keyArn: KEY,
    action: 'kms:Decrypt',
    identityPolicies: [],
    keyPolicy: { Version: '2012-10-17', Statement: statement },
    context: { 'aws:PrincipalTag/city': tag },
  })

  expect(decision.verdict).toBe(verdict)
})
