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

  test.each([
    [
      'wrapped by a terminal',
      `User: ${WHO} is not authorized to perform: kms:GenerateDataKey on resource: ${KEY} with an explicit\ndeny in a service control policy`,
      {
        action: 'kms:GenerateDataKey',
        resource: KEY,
        reason: 'explicit-deny-scp',
        because: 'an explicit deny in a service control policy',
      },
    ],
    [
      'wrapped inside its reason',
      `User: ${WHO} is not authorized to perform: kms:GenerateDataKey on resource: ${KEY} because no identity-based\r\n   policy allows the kms:GenerateDataKey action`,
      {
        reason: 'identity-policy-lacks',
        because: 'no identity-based policy allows the kms:GenerateDataKey action',
      },
    ],
    [
      'wrapped before its action',
      `AccessDenied: User ${WHO} is not authorized to\nperform: kms:Decrypt on the resource associated with this ciphertext\nbecause the resource does not exist in this Region, no resource-based\npolicies allow access, or a resource-based policy explicitly denies access`,
      { principal: WHO, action: 'kms:Decrypt', reason: 'several-causes' },
    ],
    [
      'with a sentence behind it',
      `User: ${WHO} is not authorized to perform: kms:CreateGrant on resource: ${KEY} because no identity-based policy allows the kms:CreateGrant action. If your organization uses service control policies, ask its administrator.`,
      {
        reason: 'identity-policy-lacks',
        because: 'no identity-based policy allows the kms:CreateGrant action',
      },
    ],
    [
      'with a sentence before it',
      `The environment could not be decrypted because KMS access was denied. User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action`,
      {
        principal: WHO,
        reason: 'key-policy-lacks',
        because: 'no resource-based policy allows the kms:Decrypt action',
      },
    ],
    [
      'with what an older SDK adds',
      `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no session policy allows the kms:Decrypt action (Service: Kms, Status Code: 400, Request ID: service control policy)`,
      { reason: 'session-policy-lacks' },
    ],
    [
      'in other words',
      'User is not permitted to perform kms:Decrypt for operation GetEnvironment',
      { action: 'kms:Decrypt', reason: 'not-said' },
    ],
    [
      'of S3 alone, by its operation',
      'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
      {
        action: 's3:PutObject',
        reason: 'not-said',
        advice:
          'The message does not say which policy lacks s3:PutObject or denies it: look in an IAM policy of whoever makes the call, in the bucket policy, and for a boundary; requiredPermissions() lists what the job needs',
      },
    ],
    [
      'of HeadObject, which has no body',
      'An error occurred (403) when calling the HeadObject operation: Forbidden',
      { action: 's3:GetObject', reason: 'not-said' },
    ],
  ])('reads the sentence of AWS %s', (_, message, said) => {
    expect(explainAccessDenied(message)).toMatchObject(said)
  })

  test('a text of a megabyte takes no time', () => {
    const blanks = ' '.repeat(1_000_000)
    const started = performance.now()

    const explanations = [
      explainAccessDenied(`User:${blanks}is not authorized to perform:${blanks}kms:Decrypt`),
      explainAccessDenied(`AccessDenied because ${'no '.repeat(300_000)}`),
      explainAccessDenied(`${'User: arn '.repeat(100_000)} is not authorized to perform: kms:Decrypt`),
      explainAccessDenied(`AccessDenied ${'a. A'.repeat(200_000)}`),
    ]

    expect(performance.now() - started).toBeLessThan(2_000)
    expect(explanations.map((each) => each?.action)).toEqual([
      'kms:Decrypt',
      undefined,
      'kms:Decrypt',
      undefined,
    ])
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
