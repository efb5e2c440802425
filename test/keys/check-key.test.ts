import { expect, test } from 'vitest'
import { LabelingJobError } from '../../src/errors/labeling-job-error.js'
import { checkKey } from '../../src/keys/check-key.js'
import { cannotUse, isKeyError, keyError } from '../../src/keys/key-error.js'
import { rememberKeys } from '../../src/keys/remember-keys.js'
import { fakeAws } from '../../src/testing/index.js'

const ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const ASKED = { key: 'alias/labels', region: 'us-east-1' }
const GOOD = {
  KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  Arn: ARN,
  KeyState: 'Enabled',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
} as const

function wordsOf(more: object, asked = ASKED) {
  try {
    return checkKey({ ...GOOD, ...more }, asked)
  } catch (thrown) {
    const { code, what, why, fix } = thrown as LabelingJobError
    return { code, what, why, fix }
  }
}

test('a key that can be used is told with all that is known of it', () => {
  const key = {
    given: 'alias/labels',
    arn: ARN,
    keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    account: '111122223333',
    region: 'us-east-1',
    multiRegion: false,
    origin: 'unknown',
  }
  const expiresAt = new Date('2027-01-01')

  expect(wordsOf({})).toEqual(key)
  expect(Object.keys(wordsOf({}))).not.toContain('expiresAt')
  expect(
    wordsOf({ MultiRegion: true, Origin: 'EXTERNAL', ValidTo: expiresAt, KeyState: 'Updating' }),
  ).toEqual({
    ...key,
    multiRegion: true,
    origin: 'EXTERNAL',
    expiresAt,
  })
})

const which = `it is ${ARN}, which`

test.each([
  [
    { Arn: undefined },
    'aws-call-failed',
    'kms:DescribeKey gave no key ARN',
    'Check that the KMS client talks to KMS',
  ],
  [
    { Arn: 'arn:aws:kms:us-east-1:111122223333:alias/labels' },
    'aws-call-failed',
    'kms:DescribeKey gave no key ARN',
    'Check that the KMS client talks to KMS',
  ],
  [
    { KeyManager: 'AWS' },
    'key-aws-managed',
    `${which} is a key of AWS, whose policy nobody can change`,
    'Use a customer managed key, or leave the key out',
  ],
  [
    { Arn: ARN.replace('us-east-1', 'eu-west-1') },
    'key-wrong-region',
    `it is ${ARN.replace('us-east-1', 'eu-west-1')}, which is in eu-west-1 and the job runs in us-east-1`,
    'Use a key in us-east-1; for a multi-Region key, its replica there',
  ],
  [
    { KeyUsage: 'SIGN_VERIFY' },
    'key-wrong-usage',
    `${which} is for SIGN_VERIFY, and S3 and EBS need ENCRYPT_DECRYPT`,
    'Use a symmetric encryption key',
  ],
  [
    { KeySpec: 'RSA_2048' },
    'key-not-symmetric',
    `${which} is of spec RSA_2048, and S3 and EBS take SYMMETRIC_DEFAULT only`,
    'Use a symmetric encryption key',
  ],
  [
    { KeyState: 'Disabled' },
    'key-disabled',
    `${which} is disabled`,
    'Have its administrator enable it (kms:EnableKey), or use another key',
  ],
  [
    { KeyState: 'PendingDeletion', DeletionDate: new Date('2026-12-24T10:00:00Z') },
    'key-pending-deletion',
    `${which} will be deleted on 2026-12-24, and what it encrypted becomes unreadable`,
    'Have its administrator cancel the deletion and enable it, or use another key',
  ],
  [
    { KeyState: 'PendingReplicaDeletion' },
    'key-pending-deletion',
    `${which} will be deleted, and what it encrypted becomes unreadable`,
    'Have its administrator cancel the deletion and enable it, or use another key',
  ],
  [
    { KeyState: 'PendingImport' },
    'key-not-ready',
    `${which} is in state PendingImport`,
    'Have its administrator import the key material',
  ],
  [
    { KeyState: 'Unavailable' },
    'key-not-ready',
    `${which} is in state Unavailable`,
    'Have its administrator reconnect the custom key store',
  ],
  [{ KeyState: 'Creating' }, 'key-not-ready', `${which} is in state Creating`, 'Wait until it is Enabled'],
  [{ KeyState: undefined }, 'key-not-ready', `${which} is in state unknown`, 'Wait until it is Enabled'],
])('a key with %j cannot be used', (more, code, why, fix) => {
  expect(wordsOf(more)).toEqual({ code, what: 'Cannot use alias/labels', why, fix })
})

test('a key that was given by its ARN is not named again', () => {
  expect(wordsOf({ KeyState: 'Disabled' }, { ...ASKED, key: ARN })).toMatchObject({ why: 'it is disabled' })
})

test.each([
  [{ key: 'alias/x', region: 'us-east-1' }, 'Cannot use alias/x'],
  [{ key: 'alias/x', region: 'us-east-1', purpose: 'volume' }, 'Cannot use alias/x as the volume key'],
  [{ key: '', region: 'us-east-1', purpose: 'output' }, 'Cannot use "" as the output key'],
] as const)('%j is refused in the words: %s', (data, words) => {
  expect(cannotUse(data)).toBe(words)
})

test('errors about keys are told from other errors', () => {
  const words = { why: 'W', fix: 'F' }
  const other = new LabelingJobError({ code: 'refused-call', what: 'X', ...words, data: {} as never })

  expect(isKeyError(keyError('key-disabled', ASKED, words))).toBe(true)
  expect(isKeyError(other)).toBe(false)
  expect(isKeyError(Object.assign(new Error('x'), { code: 'key-disabled' }))).toBe(false)
  expect(isKeyError(undefined)).toBe(false)
})

test('work that remembers keys has an identity of its own in KMS, and no other elsewhere', () => {
  const aws = fakeAws().connect()
  const work = rememberKeys(aws)

  expect(work.identity('kms')).toBe(work.identity('kms'))
  expect(work.identity('kms')).not.toBe(aws.identity('kms'))
  expect(work.identity('kms')).not.toBe(rememberKeys(aws).identity('kms'))
  expect(work.identity('sts')).toBe(aws.identity('sts'))
})
