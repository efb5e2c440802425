import { expect, test } from 'vitest'
import type { ObjectHead } from '../../../src/aws/s3-calls.js'
import { decideHow } from '../../../src/evidence/repair/decide-how.js'
import type { KmsKeyArn } from '../../../src/names/kms-key.js'

const ID = '11111111-1111-1111-1111-111111111111'
const keyArn = `arn:aws:kms:us-east-1:111122223333:key/${ID}` as KmsKeyArn
const OTHER = `arn:aws:kms:us-east-1:111122223333:key/${ID.replaceAll('1', '2')}`
const WANTED = {
  keyArn,
  account: '111122223333',
  copyInPlace: true,
  isNoncurrent: false,
  now: new Date('2026-11-25'),
}

test.each<[string, ObjectHead, string]>([
  ['under the key', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn }, 'right'],
  ['under the key, named by its id', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ID }, 'right'],
  ['under another key', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: OTHER }, 'update-encryption'],
  ['under SSE-S3', { ServerSideEncryption: 'AES256' }, 'update-encryption'],
  ['doubly under the key', { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn }, 'right'],
  ['doubly under another', { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: OTHER }, 'copy-in-place'],
  ['not encrypted', {}, 'copy-in-place'],
  ["under its writer's key", { SSECustomerAlgorithm: 'AES256' }, 'not-possible'],
  ['under a key that S3 does not name', { ServerSideEncryption: 'aws:kms' }, 'not-possible'],
  ['encrypted in a way that is not known', { ServerSideEncryption: 'aws:fsx' }, 'not-possible'],
  [
    'locked, in a mode that is not known',
    { ServerSideEncryption: 'AES256', ObjectLockRetainUntilDate: new Date('2027-01-01') },
    'not-possible',
  ],
  [
    'locked no more',
    { ServerSideEncryption: 'AES256', ObjectLockRetainUntilDate: new Date('2026-01-01') },
    'update-encryption',
  ],
  ['archived', { StorageClass: 'DEEP_ARCHIVE' }, 'not-possible'],
  [
    'archived by Intelligent-Tiering',
    { StorageClass: 'INTELLIGENT_TIERING', ArchiveStatus: 'DEEP_ARCHIVE_ACCESS' },
    'not-possible',
  ],
  [
    'archived, under a key that S3 changes in place',
    { StorageClass: 'INTELLIGENT_TIERING', ArchiveStatus: 'ARCHIVE_ACCESS', ServerSideEncryption: 'AES256' },
    'update-encryption',
  ],
  [
    'restored',
    { StorageClass: 'GLACIER', Restore: 'ongoing-request="false", expiry-date="x"' },
    'copy-in-place',
  ],
])('an object that is %s: %#', (_, head, how) => {
  const decided = decideHow(head, WANTED)

  expect(decided.how).toBe(how)
  if (decided.how === 'not-possible') expect(decided.why).toMatch(/\w/)
})

test('an object in a tier is named by it, and loses it by a copy', () => {
  const tiered = { StorageClass: 'INTELLIGENT_TIERING' }

  expect(decideHow({ ...tiered, ArchiveStatus: 'ARCHIVE_ACCESS' }, WANTED)).toMatchObject({
    why: expect.stringContaining('it is archived (ARCHIVE_ACCESS), and has to be restored before a copy'),
  })
  expect(decideHow(tiered, WANTED)).toMatchObject({
    loses: expect.arrayContaining([
      'its tier: the copy begins anew in that for frequent access (S3 Intelligent-Tiering)',
    ]),
  })
})

test('what a copy loses is told of a bucket with versions and of one without', () => {
  const head = { ETag: '"1"', VersionId: 'v1', LastModified: new Date('2026-11-24') }

  const withVersions = decideHow(head, WANTED)
  const without = decideHow({}, WANTED)

  expect(withVersions).toMatchObject({
    loses: expect.arrayContaining([
      'its date of last change (2026-11-24T00:00:00.000Z)',
      'its ETag ("1")',
      'its place as the current version: version v1 stays, noncurrent, as it is encrypted now',
      'its Object Lock, if it has one: a lock protects one version, and the copy has what the bucket gives new ones; S3 shows none, which it also does without s3:GetObjectRetention and s3:GetObjectLegalHold',
    ]),
  })
  expect(JSON.stringify(without)).not.toContain('Object Lock')
  expect(without).toMatchObject({
    loses: expect.arrayContaining(['its date of last change (unknown)', 'its ETag (unknown)']),
  })
})
