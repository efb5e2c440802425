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

const allowedUnder = (Condition: Record<string, Record<string, string>>, tag: string) =>
  decidePermission({
    roleArn: ROLE,
    keyArn: KEY,
    action: 'kms:Decrypt',
    identityPolicies: [],
    keyPolicy: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:*', Resource: '*', Condition },
    },
    context: { 'aws:PrincipalTag/city': tag },
  }).verdict

test.each([
  ['İstanbul', 'İSTANBUL', 'allowed'],
  ['Paris', 'pARIS', 'allowed'],
  ['Paris', 'Prague', 'missing'],
  ['İstanbul', 'istanbul', 'unknown'],
  ['\u212Aiel', 'kiel', 'unknown'],
  ['Kiel', '\u212AIEL', 'unknown'],
  ['Älmhult', 'älmhult', 'unknown'],
])('letters beyond ASCII are the same as themselves only: %s and %s', (tag, wanted, verdict) => {
  const condition = { StringEqualsIgnoreCase: { 'aws:PrincipalTag/city': wanted } }

  expect(allowedUnder(condition, tag)).toBe(verdict)
})

test.each([
  ['🗼', '??', 'unknown'],
  ['🗼', '?', 'unknown'],
  ['🗼', '*', 'allowed'],
  ['🗼', '🗼', 'allowed'],
  ['🗼', 'Tokyo', 'missing'],
  ['Å1', '??', 'allowed'],
])('a question mark for a character of two halves is open: %s and %s', (tag, wanted, verdict) => {
  expect(allowedUnder({ StringLike: { 'aws:PrincipalTag/city': wanted } }, tag)).toBe(verdict)
})

test.each([
  ['10.1.2.3', '10.0.0.0/8', 'allowed'],
  ['10.1.2.3', '010.0.0.0/8', 'unknown'],
  ['010.1.2.3', '10.0.0.0/8', 'unknown'],
  ['10.1.2.3', '10.0.0.0/08', 'unknown'],
  ['8.1.2.3', '010.0.0.0/8', 'unknown'],
])('a leading zero in an address is not read: %s in %s', (address, range, verdict) => {
  expect(allowedUnder({ IpAddress: { 'aws:PrincipalTag/city': range } }, address)).toBe(verdict)
})
