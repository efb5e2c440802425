import { expect, test } from 'vitest'
import { isKey, isRole, keyIdentity, roleIdentity } from '../../../src/permissions/evaluate/identity.js'

test.each([
  ['arn:aws:iam::123456789012:role/Annotator', true],
  ['arn:aws-cn:iam::123456789012:role/labeling/eu/Annotator', true],
  ['arn:aws:iam::123456789012:role/a+=,.@-_', true],
  ['arn:aws:iam::123456789012:role/', false],
  ['arn:aws:iam::123456789012:role/labeling/', false],
  ['arn:aws:iam::123456789012:role/Annotator!', false],
  ['arn:aws:iam::123456789012:role/Anno*', false],
  ['arn:aws:iam::123456789012:role/a*/Annotator', false],
  ['arn:aws:iam::123456789012:user/role/Annotator', false],
  ['arn:aws:iam::1234567890123:role/Annotator', false],
  ['arn:aws:iam::x123456789012:role/Annotator', false],
  ['arn:aws:iam::123456789012x:role/Annotator', false],
  ['arn:aws:sts::123456789012:role/Annotator', false],
  ['role/Annotator', false],
])('%s is the ARN of one role: %s', (arn, isOne) => {
  expect(isRole(arn)).toBe(isOne)
})

test.each([
  ['arn:aws:kms:eu-west-1:123456789012:key/0a1b-FEED', true],
  ['arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b', true],
  ['arn:aws:kms:eu-west-1:123456789012:key/', false],
  ['arn:aws:kms:eu-west-1:123456789012:key/*', false],
  ['arn:aws:kms:eu-west-1:123456789012:key/0a1b/x', false],
  ['arn:aws:kms:eu-west-1:123456789012:my-key/0a1b', false],
  ['arn:aws:kms:eu-west-1:123456789012:alias/key', false],
  ['arn:aws:kms::123456789012:key/0a1b', false],
  ['arn:aws:kms:eu-west-1::key/0a1b', false],
  ['arn:aws:s3:eu-west-1:123456789012:key/0a1b', false],
])('%s is the ARN of one key: %s', (arn, isOne) => {
  expect(isKey(arn)).toBe(isOne)
})

test('sessions of a role leave its path out, a user has none, and a service has roles of its own', () => {
  expect(roleIdentity('arn:aws-cn:iam::123456789012:role/labeling/eu/Annotator')).toEqual({
    arn: 'arn:aws-cn:iam::123456789012:role/labeling/eu/Annotator',
    isUser: false,
    partition: 'aws-cn',
    account: '123456789012',
    accountRoot: 'arn:aws-cn:iam::123456789012:root',
    sessionPrefix: 'arn:aws-cn:sts::123456789012:assumed-role/Annotator/',
    serviceLinked: false,
  })
  expect(roleIdentity('arn:aws:iam::123456789012:role/aws-service-role/x/AWSServiceRoleForX')).toMatchObject({
    sessionPrefix: 'arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForX/',
    serviceLinked: true,
  })
  expect(roleIdentity('arn:aws:iam::123456789012:user/labeling/Dana')).toMatchObject({
    isUser: true,
    sessionPrefix: undefined,
    serviceLinked: false,
  })
  expect(keyIdentity('arn:aws:kms:eu-west-1:123456789012:key/0a1b')).toEqual({
    arn: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b',
    goesOn: false,
    partition: 'aws',
    region: 'eu-west-1',
    account: '123456789012',
  })
})
