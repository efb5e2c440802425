import { describe, expect, test } from 'vitest'
import { explainAccessDenied } from '../../src/permissions/explain-access-denied.js'

const WHO = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

describe('explainAccessDenied', () => {
  test.each([
    [
      `User: ${WHO} is not authorized to perform: kms:GenerateDataKey on resource: ${KEY} because no resource-based policy allows the kms:GenerateDataKey action`,
      'kms:GenerateDataKey',
      'key-policy-lacks',
    ],
    [
      `User: "${WHO}" is not authorized to perform: "kms:Decrypt" on resource: "${KEY}" because no identity-based policy allows the kms:Decrypt action`,
      'kms:Decrypt',
      'identity-policy-lacks',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:DescribeKey on resource: ${KEY} with an explicit deny in a service control policy`,
      'kms:DescribeKey',
      'explicit-deny-scp',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no permissions boundary allows the kms:Decrypt action`,
      'kms:Decrypt',
      'boundary-lacks',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no session policy allows the kms:Decrypt action`,
      'kms:Decrypt',
      'session-policy-lacks',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} with an explicit deny in a resource-based policy`,
      'kms:Decrypt',
      'explicit-deny-key-policy',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} with an explicit deny in a resource control policy`,
      'kms:Decrypt',
      'explicit-deny-rcp',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:CreateGrant on resource: ${KEY}`,
      'kms:CreateGrant',
      'not-said',
    ],
  ])('reads %s', (message, action, reason) => {
    expect(explainAccessDenied(message)).toMatchObject({ principal: WHO, action, resource: KEY, reason })
  })

  test('names none of three causes that one message gives', () => {
    const message = `User: ${WHO} is not authorized to perform: kms:CreateGrant on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`

    expect(explainAccessDenied(message)).toMatchObject({
      principal: WHO,
      action: 'kms:CreateGrant',
      reason: 'several-causes',
    })
  })

  test('knows the message about a ciphertext', () => {
    const message =
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.'

    expect(explainAccessDenied(new Error('reading failed', { cause: new Error(message) }))).toMatchObject({
      reason: 'several-causes',
    })
  })

  test.each([['Rate exceeded'], [new Error('Requested entity does not exist')], [undefined], [{}]])(
    'gives nothing for %s',
    (thrown) => {
      expect(explainAccessDenied(thrown)).toBeUndefined()
    },
  )
})
