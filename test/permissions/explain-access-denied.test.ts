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

  test('gives all that a message says, and nothing that it does not', () => {
    expect(
      explainAccessDenied(
        ` User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action. `,
      ),
    ).toEqual({
      principal: WHO,
      action: 'kms:Decrypt',
      resource: KEY,
      reason: 'key-policy-lacks',
      because: 'no resource-based policy allows the kms:Decrypt action',
      advice:
        'Allow kms:Decrypt in the key policy, or let it delegate to the account and allow kms:Decrypt in an IAM policy',
    })
    expect(explainAccessDenied('Access Denied')).toStrictEqual({
      reason: 'not-said',
      because: '',
      advice: 'Run checkPermissions: the message does not say which policy lacks the action or denies it',
    })
    expect(
      explainAccessDenied(
        `User: ${WHO} is not authorized to perform: s3:PutObject on resource: acme/arn:out with an explicit deny`,
      ),
    ).toStrictEqual({
      principal: WHO,
      action: 's3:PutObject',
      reason: 'not-said',
      because: 'an explicit deny',
      advice:
        'The message does not say which policy lacks s3:PutObject or denies it: look in an IAM policy of the role GtExec, in the bucket policy, and for a boundary; requiredPermissions() lists what the job needs',
    })
  })

  test.each([
    ['an explicit deny in a resource-based policy', 'kms:Decrypt', 'the key policy'],
    ['an explicit deny in a resource-based policy', 'sns:Publish', 'the policy of the topic'],
    ['an explicit deny in a resource-based policy', 'sqs:SendMessage', 'the policy of the queue'],
    ['an explicit deny in a resource-based policy', 'lambda:Invoke', 'the policy of the function'],
    ['an explicit deny in a resource-based policy', 'ecr:Pull', 'the policy of the resource'],
    ['an explicit deny in an identity-based policy', 'kms:Decrypt', 'an IAM policy of the role GtExec'],
    ['an explicit deny in a permissions boundary', 'kms:Decrypt', 'the permissions boundary'],
    ['an explicit deny in a session policy', 'kms:Decrypt', 'the session policy'],
    [
      'an explicit deny in a service control policy',
      'kms:Decrypt',
      'the service control policies of the organization',
    ],
    [
      'an explicit deny in a resource control policy',
      'kms:Decrypt',
      'the resource control policies of the organization',
    ],
    ['an explicit deny in a VPC endpoint policy', 'kms:Decrypt', 'the policy of the VPC endpoint'],
  ])('says that no Allow outweighs %s of %s', (words, action, place) => {
    const message = `User: ${WHO} is not authorized to perform: ${action} on resource: ${KEY} with ${words}.`

    expect(explainAccessDenied(message)).toMatchObject({
      because: words,
      advice: `Find the Deny on ${action} in ${place}: no Allow anywhere can outweigh it`,
    })
  })

  test.each([
    ['permissions boundary', 'the permissions boundary'],
    ['session policy', 'the session policy'],
    ['service control policy', 'the service control policies of the organization'],
    ['VPC endpoint policy', 'the policy of the VPC endpoint'],
  ])('says whose no %s it is to allow', (policy, place) => {
    const message = `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no ${policy} allows the kms:Decrypt action`

    expect(explainAccessDenied(message)?.advice).toBe(
      `Have ${place} allow kms:Decrypt: it limits what other policies may give`,
    )
  })

  test.each([
    ['arn:aws:iam::111122223333:role/service-role/GtExec', 'the role GtExec'],
    ['arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker', 'the role GtExec'],
    ['arn:aws:iam::111122223333:user/team/dev', 'arn:aws:iam::111122223333:user/team/dev'],
    ['AIDAEXAMPLE', 'AIDAEXAMPLE'],
  ])('knows of whom %s is', (principal, whose) => {
    const message = `User: ${principal} is not authorized to perform: s3:GetObject because no identity-based policy allows the s3:GetObject action`

    expect(explainAccessDenied(message)?.advice).toBe(`Allow s3:GetObject in an IAM policy of ${whose}`)
  })

  test('asks for each of three causes in turn', () => {
    const message = `User: ${WHO} is not authorized to perform: kms:CreateGrant on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`

    expect(explainAccessDenied(message)?.advice).toBe(
      'Check in turn: the key exists in this region; its policy allows kms:CreateGrant; nothing in it denies it',
    )
  })

  test('keeps to the sentence of the refusal, also where others begin with a quote or a bracket', () => {
    const refusal = `User: ${WHO} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no session policy allows the kms:Decrypt action`

    for (const around of [
      'Ask the owner of a service control policy',
      '"Resource control policy" it says',
      '(A permissions boundary)',
    ]) {
      expect(explainAccessDenied(`${around}. ${refusal}! ${around}.`)).toMatchObject({
        principal: WHO,
        reason: 'session-policy-lacks',
        because: 'no session policy allows the kms:Decrypt action',
      })
    }
  })

  test('reads no more than four thousand characters of a sentence', () => {
    const said = explainAccessDenied(
      `User: ${WHO} is not authorized to perform: kms:Decrypt because ${'x'.repeat(5_000)}`,
    )

    expect(said?.because).toHaveLength(
      4_096 - `User: ${WHO} is not authorized to perform: kms:Decrypt because `.length,
    )
  })

  test('looks for the words through five errors, and not for ever', () => {
    const refusal = new Error('Access Denied')
    const wrapped = (times: number) =>
      Array(times)
        .fill(0)
        .reduce((cause) => new Error('wrapped', { cause }), refusal)
    const circular: { message: string; cause?: unknown } = { message: 'Access Denied' }
    circular.cause = circular

    expect(explainAccessDenied(wrapped(4))?.reason).toBe('not-said')
    expect(explainAccessDenied(wrapped(5))).toBeUndefined()
    expect(explainAccessDenied(circular)?.reason).toBe('not-said')
    expect(explainAccessDenied(new Error('Access Denied', { cause: null }))?.reason).toBe('not-said')
  })

  test('tries the words of each error until one is a refusal', () => {
    expect(
      explainAccessDenied(new Error('Access Denied', { cause: new Error('socket hang up') }))?.reason,
    ).toBe('not-said')
  })

  test('gives no action for an operation that it does not know', () => {
    expect(
      explainAccessDenied(
        'An error occurred (AccessDenied) when calling the FlyToTheMoon operation: Access Denied',
      ),
    ).toStrictEqual(explainAccessDenied('Access Denied'))
  })

  test.each([['Rate exceeded'], [new Error('Requested entity does not exist')], [undefined], [{}]])(
    'gives nothing for %s',
    (thrown) => {
      expect(explainAccessDenied(thrown)).toBeUndefined()
    },
  )
})
