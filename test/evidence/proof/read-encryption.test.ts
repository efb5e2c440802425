import { describe, expect, test } from 'vitest'
import type { ObjectHead } from '../../../src/aws/s3-calls.js'
import { readEncryption } from '../../../src/evidence/proof/read-encryption.js'
import type { KmsKeyArn } from '../../../src/index.js'

const KEY = (region: string, id: string, account = '111122223333') =>
  `arn:aws:kms:${region}:${account}:key/${id}` as KmsKeyArn
const ID = '1234abcd-12ab-34cd-56ef-1234567890ab'
const OURS = KEY('us-east-1', ID)
const THEIRS = KEY('us-east-1', '99999999-12ab-34cd-56ef-1234567890ab')
const AWS = KEY('us-east-1', 'aaaaaaaa-12ab-34cd-56ef-1234567890ab')
const MRK = 'mrk-1234abcd12ab34cd56ef1234567890ab'
const under = (SSEKMSKeyId: string, ServerSideEncryption = 'aws:kms'): ObjectHead => ({
  ServerSideEncryption,
  SSEKMSKeyId,
})

describe('what HeadObject says of the encryption', () => {
  test.each<[string, ObjectHead, object]>([
    ['the expected key', under(OURS), { encryption: 'kms', keyArn: OURS, standing: 'expected' }],
    [
      'two layers under it',
      under(OURS, 'aws:kms:dsse'),
      { encryption: 'dsse', keyArn: OURS, standing: 'expected' },
    ],
    ['its bare id', under(ID), { encryption: 'kms', keyArn: OURS, standing: 'expected' }],
    ['another key', under(THEIRS), { encryption: 'kms', keyArn: THEIRS, standing: 'another-key' }],
    [
      'the same id in another account',
      under(KEY('us-east-1', ID, '999988887777')),
      { encryption: 'kms', keyArn: KEY('us-east-1', ID, '999988887777'), standing: 'another-key' },
    ],
    ['a bare id of another key', under('x'), { encryption: 'kms', standing: 'another-key' }],
    ['the end of the id alone', under('1234567890ab'), { encryption: 'kms', standing: 'another-key' }],
    ['aws/s3', under(AWS), { encryption: 'kms', keyArn: AWS, standing: 'aws-key' }],
    [
      'two layers under aws/s3',
      under(AWS, 'aws:kms:dsse'),
      { encryption: 'dsse', keyArn: AWS, standing: 'aws-key' },
    ],
    ['SSE-S3', { ServerSideEncryption: 'AES256' }, { encryption: 's3', standing: 'not-kms' }],
    ['none, before 2023', {}, { encryption: 'none', standing: 'not-kms' }],
    [
      'a key of its writer',
      { SSECustomerAlgorithm: 'AES256' },
      { encryption: 'customer-provided', standing: 'not-kms' },
    ],
    [
      'a KMS key without a name',
      { ServerSideEncryption: 'aws:kms' },
      {
        encryption: 'unreadable',
        standing: 'unreadable',
        why: 'S3 says that it is under a KMS key, but not under which',
      },
    ],
    [
      'a word that is new',
      { ServerSideEncryption: 'aws:backup', SSEKMSKeyId: OURS },
      {
        encryption: 'unreadable',
        standing: 'unreadable',
        why: 'S3 answers the encryption "aws:backup", which is none that this library knows',
      },
    ],
  ])('%s', (_, head, told) => {
    expect(readEncryption(head, { expected: OURS, awsKey: AWS })).toEqual(told)
  })

  test('a replica of a multi-Region key in another region is another key', () => {
    const keys = { expected: KEY('us-east-1', MRK) }

    expect(readEncryption(under(KEY('us-east-1', MRK)), keys).standing).toBe('expected')
    expect(readEncryption(under(KEY('eu-west-1', MRK)), keys).standing).toBe('another-key')
  })

  test('a job that declares aws/s3 as its key does not make it the expected one', () => {
    expect(readEncryption(under(AWS), { expected: AWS, awsKey: AWS }).standing).toBe('aws-key')
  })

  test('without an expected key no object is as expected', () => {
    expect(readEncryption(under(OURS), {})).toEqual({
      encryption: 'kms',
      keyArn: OURS,
      standing: 'another-key',
    })
  })

  test('while it is not known which key is expected, a key says nothing, but aws/s3 and none do', () => {
    const keys = { expectedUnknown: 'the alias is not there', awsKey: AWS }

    expect(readEncryption(under(OURS), keys)).toEqual({
      encryption: 'kms',
      keyArn: OURS,
      standing: 'unreadable',
      why: 'the alias is not there',
    })
    expect(readEncryption(under(AWS), keys).standing).toBe('aws-key')
    expect(readEncryption({ ServerSideEncryption: 'AES256' }, keys).standing).toBe('not-kms')
  })
})
