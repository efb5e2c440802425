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

  test.each([
    [
      'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/GtExec because no identity-based policy allows the iam:PassRole action',
      'Allow iam:PassRole in an IAM policy of arn:aws:iam::111122223333:user/dev',
    ],
    [
      `User: ${WHO} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme/out" because no resource-based policy allows the s3:PutObject action`,
      'Allow s3:PutObject in the bucket policy',
    ],
    [
      `User: ${WHO} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::acme/out" with an explicit deny in a resource-based policy`,
      'Find the Deny on s3:PutObject in the bucket policy: no Allow anywhere can outweigh it',
    ],
    [
      'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/GtExec because no resource-based policy allows the sts:AssumeRole action',
      'Allow sts:AssumeRole in the trust policy of the role',
    ],
    [
      `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
      'Allow kms:Decrypt in an IAM policy of the role GtExec; the key policy must allow the principal or its account as well',
    ],
    [
      `User: ${WHO} is not authorized to perform: sns:Publish on resource: arn:aws:sns:us-east-1:111122223333:labels`,
      'The message does not say which policy lacks sns:Publish or denies it: look in an IAM policy of the role GtExec, in the policy of the resource, and for a boundary; requiredPermissions() lists what the job needs',
    ],
  ])('gives advice on the policy that is meant: %s', (message, advice) => {
    expect(explainAccessDenied(message)?.advice).toBe(advice)
  })

  test('gives the words after an explicit deny, with the policy that AWS names', () => {
    const policy = 'arn:aws:organizations::123456789012:policy/o-a/service_control_policy/p-1'
    const message = `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} with an explicit deny in a service control policy: ${policy}`

    expect(explainAccessDenied(message)).toMatchObject({
      reason: 'explicit-deny-scp',
      because: `an explicit deny in a service control policy: ${policy}`,
    })
  })

  test('leaves out what an older SDK adds to the words', () => {
    const message = `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1; Proxy: null)`

    expect(explainAccessDenied(message)?.because).toBe(
      'no resource-based policy allows the kms:Decrypt action',
    )
  })

  test.each([
    Object.assign(new Error(''), { name: 'AccessDeniedException' }),
    Object.assign(new Error('UnknownError'), { name: 'AccessDenied' }),
    { name: 'AccessDeniedException', message: '' },
    { Code: 'AccessDenied', message: 'Access Denied' },
  ])('knows a refusal by its name alone: %o', (error) => {
    expect(explainAccessDenied(error)).toMatchObject({ reason: 'not-said' })
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
