import { expect, test } from 'vitest'
import { findDeclaredFindings } from '../../../src/evidence/declared/find-declared-findings.js'
import { keyError } from '../../../src/keys/key-error.js'
import type { KmsKeyArn } from '../../../src/names/kms-key.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' as KmsKeyArn
const OTHER = 'arn:aws:kms:us-east-1:111122223333:key/5678dcba-98dc-76ba-54fe-9876543210fe' as KmsKeyArn

function severities(given: string, provenUnder: KmsKeyArn) {
  const because = keyError(
    'key-not-found',
    { key: given, region: 'us-east-1' },
    { why: 'KMS has no such key', fix: 'Give one that exists' },
  )
  const output = { key: { given, standing: 'not-found' as const }, because }
  const findings = findDeclaredFindings(
    { declared: { autoLabeling: false, output }, expected: {} },
    provenUnder,
  )
  return findings.map(({ code, severity }) => [code, severity])
}

test('a key that is gone stays an error when everything is proven to be under that very key', () => {
  expect(severities(KEY, KEY)).toEqual([['key-not-found', 'error']])
})

test('a key that is gone is a warning once everything is proven to be under another', () => {
  expect(severities(KEY, OTHER)).toEqual([['key-not-found', 'warning']])
  expect(severities('alias/gone', OTHER)).toEqual([['key-not-found', 'warning']])
})

test('a key that goes by an alias of another account is not said to be another than the expected one', () => {
  const shared = 'arn:aws:kms:us-east-1:444455556666:alias/shared'
  const arn = 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab' as KmsKeyArn
  const expected = { output: { given: arn, arn, region: 'us-east-1', account: '444455556666' } as never }
  const named = (given: string) =>
    findDeclaredFindings(
      {
        declared: { autoLabeling: false, output: { key: { given, standing: 'another-account' as const } } },
        expected,
      },
      undefined,
    ).map(({ code, severity }) => [code, severity])

  expect(named(shared)).toEqual([
    ['another-account-key', 'warning'],
    ['output-unreadable', 'warning'],
  ])
  expect(named(OTHER)).toEqual([
    ['another-account-key', 'warning'],
    ['output-under-another-key', 'error'],
  ])
  expect(named(arn)).toEqual([['another-account-key', 'warning']])
})
