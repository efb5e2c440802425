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
