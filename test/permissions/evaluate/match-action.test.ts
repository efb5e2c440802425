import { expect, test } from 'vitest'
import { matchAction } from '../../../src/permissions/evaluate/match-action.js'
import { FALSE, TRUE, UNKNOWN } from '../../../src/permissions/evaluate/truth.js'
import { statementOf } from './statement-of.js'

test.each([
  ['*', 'kms:decrypt', TRUE],
  ['**', 'kms:decrypt', TRUE],
  ['kms:*', 'kms:decrypt', TRUE],
  ['KMS:De?rypt', 'kms:decrypt', TRUE],
  ['kms:Decrypt', 'kms:decrypt', TRUE],
  ['kms:Decryp', 'kms:decrypt', FALSE],
  ['kms:Encrypt*', 'kms:decrypt', FALSE],
  ['s3:*', 'kms:decrypt', FALSE],
  // A wildcard in the service is not promised to work.
  ['km*:Decrypt', 'kms:decrypt', UNKNOWN],
  ['kms*', 'kms:decrypt', UNKNOWN],
  ['?*', 'kms:decrypt', UNKNOWN],
  ['*:Encrypt', 'kms:decrypt', FALSE],
] as const)('the action %s is about %s: %i', (pattern, action, truth) => {
  expect(matchAction(statementOf({ Action: pattern, Resource: '*' }), action)).toBe(truth)
  expect(matchAction(statementOf({ NotAction: pattern, Resource: '*' }), action)).toBe(2 - truth)
})

test.each([
  [['s3:*', 'km*:Decrypt'], UNKNOWN],
  [['km*:Decrypt', 'kms:Decrypt'], TRUE],
  [['kms:Decrypt', 'km*:Decrypt', 's3:*'], TRUE],
  [['s3:*', 'kms:Encrypt'], FALSE],
] as const)('of several actions the one that fits best counts: %j', (patterns, truth) => {
  expect(matchAction(statementOf({ Action: patterns, Resource: '*' }), 'kms:decrypt')).toBe(truth)
})
