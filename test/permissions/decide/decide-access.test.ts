import { describe, expect, it } from 'vitest'
import type { AccessQuestion } from '../../../src/permissions/decide/access-question.js'
import { decideAccess } from '../../../src/permissions/decide/decide-access.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

const ACCOUNT = '111122223333'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/service-role/GtExec`
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-00000000feed`
const OUTPUT = 'arn:aws:s3:::labels/out/cats/'
const SSE = 's3:x-amz-server-side-encryption'
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id'
const WITH_KEY = { name: 'under the output key', context: { [SSE]: 'aws:kms', [KEY_ID]: KEY } }
const WITHOUT = { name: 'without headers', context: {}, absentContextKeys: [SSE, KEY_ID] }

const allow = (statement: PolicyStatement): PolicyStatement => ({ Effect: 'Allow', ...statement })
const deny = (statement: PolicyStatement): PolicyStatement => ({
  Effect: 'Deny',
  Principal: '*',
  ...statement,
})
const policy = (...statements: readonly PolicyStatement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
})
const ALLOWS_ALL = [{ name: 'inline:S3', policy: policy(allow({ Action: 's3:*', Resource: '*' })) }]

function ask(question: Partial<AccessQuestion>) {
  return decideAccess({
    kind: 'bucket',
    action: 's3:PutObject',
    resourceArn: OUTPUT,
    resourceGoesOn: true,
    resourceAccount: ACCOUNT,
    resourceRegion: 'us-east-1',
    resourcePolicy: null,
    roleArn: ROLE,
    identityPolicies: ALLOWS_ALL,
    paths: [WITH_KEY, WITHOUT],
    ...question,
  })
}

const verdictOf = (question: Partial<AccessQuestion>) => ask(question).verdict
const OTHER = '999988887777'
const READ = {
  action: 's3:GetObject',
  resourceArn: 'arn:aws:s3:::data/cat.jpg',
  resourceGoesOn: false,
  paths: [],
}
const trust = (principal: PolicyStatement['Principal'], more: PolicyStatement = {}) =>
  policy(allow({ Principal: principal, Action: 's3:*', Resource: '*', ...more } as PolicyStatement))

describe('on a bucket of the account of the role', () => {
  it('either policy is enough', () => {
    expect(verdictOf({})).toBe('allowed')
    expect(verdictOf({ identityPolicies: [], resourcePolicy: trust({ AWS: ROLE }) })).toBe('allowed')
    expect(verdictOf({ identityPolicies: [], resourcePolicy: trust('*') })).toBe('allowed')
  })

  it('a bucket policy that names the account alone gives a role nothing', () => {
    expect(ask({ identityPolicies: [], resourcePolicy: trust({ AWS: ACCOUNT }) })).toMatchObject({
      verdict: 'missing',
      missingIn: ['identity'],
    })
  })

  it('a boundary cuts what IAM policies give and what is given to the ARN of the role, and nothing else', () => {
    const boundary = { name: 'boundary:B', policy: policy(allow({ Action: 'kms:*', Resource: '*' })) }

    expect(ask({ boundary })).toMatchObject({ verdict: 'missing', missingIn: ['boundary'] })
    expect(verdictOf({ boundary, identityPolicies: [], resourcePolicy: trust({ AWS: ROLE }) })).toBe(
      'missing',
    )
    expect(verdictOf({ boundary, identityPolicies: [], resourcePolicy: trust('*') })).toBe('allowed')
  })

  it('a bucket policy that cannot be read may deny', () => {
    expect(ask({ resourcePolicy: 'UNREADABLE' })).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [
        { kind: 'unreadable', source: 'bucket-policy', permissionNeeded: 's3:GetBucketPolicy' },
      ],
    })
  })
})

describe('on a bucket of another account', () => {
  const elsewhere = { ...READ, resourceAccount: OTHER }

  it('both policies are needed', () => {
    expect(ask(elsewhere)).toMatchObject({ verdict: 'missing', missingIn: ['resource-policy'] })
    expect(verdictOf({ ...elsewhere, resourcePolicy: trust({ AWS: ROLE }) })).toBe('allowed')
    expect(verdictOf({ ...elsewhere, resourcePolicy: trust({ AWS: ACCOUNT }) })).toBe('allowed')
    expect(ask({ ...elsewhere, resourcePolicy: trust({ AWS: ROLE }), identityPolicies: [] })).toMatchObject({
      verdict: 'missing',
      missingIn: ['identity'],
    })
  })

  it('a policy that is open to everybody may be closed by Block Public Access', () => {
    expect(ask({ ...elsewhere, resourcePolicy: trust('*') })).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'undocumented', topic: expect.stringContaining('Block Public Access') }],
    })
  })

  it('a canonical user id may stand for the account of the role', () => {
    expect(ask({ ...elsewhere, resourcePolicy: trust({ CanonicalUser: 'f'.repeat(64) }) })).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'principal', detail: expect.stringContaining('canonical user id') }],
    })
  })
})

describe('on a bucket of which it is not known whose it is', () => {
  it('a verdict that both accounts agree on holds', () => {
    expect(verdictOf({ ...READ, resourceAccount: undefined, identityPolicies: [] })).toBe('missing')
    expect(verdictOf({ ...READ, resourceAccount: undefined, resourcePolicy: trust({ AWS: ROLE }) })).toBe(
      'allowed',
    )
  })

  it('a verdict that depends on the account is unknown', () => {
    expect(ask({ ...READ, resourceAccount: undefined })).toMatchObject({
      verdict: 'unknown',
      missingIn: [],
      unknownBecause: [
        {
          kind: 'unreadable',
          source: 'the account of the bucket',
          permissionNeeded: 's3:GetBucketPolicy',
        },
      ],
    })
  })
})

describe('an upload', () => {
  it('is decided under the key of the job where the policy demands one, and unknown as the headers are not certain', () => {
    const demands = policy(
      deny({
        Sid: 'OnlyKms',
        Action: 's3:PutObject',
        Resource: '*',
        Condition: { StringNotEquals: { [SSE]: 'aws:kms' } },
      }),
    )

    expect(verdictOf({ resourcePolicy: demands, paths: [WITH_KEY] })).toBe('allowed')
    expect(verdictOf({ resourcePolicy: demands, paths: [WITHOUT] })).toBe('denied')
    expect(ask({ resourcePolicy: demands })).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [
        {
          kind: 'requests-differ',
          requests: [
            { name: 'under the output key', verdict: 'allowed' },
            { name: 'without headers', verdict: 'denied' },
          ],
        },
      ],
    })
  })

  it('is denied in every form where the policy demands another key', () => {
    const condition = { StringNotEquals: { [KEY_ID]: `${KEY.slice(0, -4)}cafe` } }
    const demands = policy(
      deny({ Sid: 'OtherKey', Action: 's3:PutObject', Resource: '*', Condition: condition }),
    )

    expect(ask({ resourcePolicy: demands })).toMatchObject({
      verdict: 'denied',
      evidence: [{ policy: 'bucket-policy', statement: 'OtherKey', effect: 'Deny', certain: true }],
    })
  })

  it('is allowed where the Deny spares requests without the header', () => {
    const condition = { StringNotEquals: { [SSE]: 'aws:kms' }, Null: { [SSE]: 'false' } }
    const demands = policy(deny({ Action: 's3:PutObject', Resource: '*', Condition: condition }))

    expect(verdictOf({ resourcePolicy: demands })).toBe('allowed')
  })

  it.each([
    ['the folder', 'arn:aws:s3:::labels/out/*', 'allowed'],
    ['the folder of the job', 'arn:aws:s3:::labels/out/cats/*', 'allowed'],
    ['buckets by a pattern', 'arn:aws:s3:::lab*', 'allowed'],
    ['some objects of the folder', 'arn:aws:s3:::labels/out/cats/manifests/*', 'unknown'],
    ['objects by their ending', 'arn:aws:s3:::labels/*.json', 'unknown'],
    ['the name of the folder alone', 'arn:aws:s3:::labels/out/cats/', 'missing'],
    ['another folder', 'arn:aws:s3:::labels/in/*', 'missing'],
    ['the bucket, not its objects', 'arn:aws:s3:::labels', 'missing'],
    ['its account by a variable', 'arn:aws:s3:::labels/${aws:PrincipalAccount}/*', 'missing'],
  ])('under a folder, with an Allow on %s (%s), is %s', (_, Resource, expected) => {
    const identityPolicies = [
      { name: 'inline:S3', policy: policy(allow({ Action: 's3:PutObject', Resource })) },
    ]

    expect(verdictOf({ identityPolicies })).toBe(expected)
  })
})

describe('of the request', () => {
  const underDeny = (Condition: PolicyStatement['Condition']) =>
    verdictOf({
      ...READ,
      resourcePolicy: policy(deny({ Action: '*', Resource: '*', ...(Condition && { Condition }) })),
    })

  it.each([
    ['that it is encrypted', { Bool: { 'aws:SecureTransport': 'false' } }, 'allowed'],
    ['that it is of TLS 1.2 at least', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, 'allowed'],
    ['not that it is of TLS 1.3', { NumericLessThan: { 's3:TlsVersion': '1.3' } }, 'unknown'],
    ['who asks', { ArnNotLike: { 'aws:PrincipalArn': ROLE } }, 'allowed'],
    ['not for whom a service asks', { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } }, 'unknown'],
    ['not from which address', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'unknown'],
    ['not through which endpoint', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, 'unknown'],
    ['that it has no key of KMS', { Null: { 'kms:CallerAccount': 'true' } }, 'denied'],
    ['that a read names no key', { Null: { [KEY_ID]: 'true' } }, 'denied'],
    ['whose the bucket is', { StringNotEquals: { 's3:ResourceAccount': ACCOUNT } }, 'allowed'],
    ['that it goes through no access point', { Null: { 's3:DataAccessPointArn': 'true' } }, 'denied'],
  ] as const)('is known %s', (_, condition, expected) => {
    expect(underDeny(condition)).toBe(expected)
  })

  it('the prefix of a list is not known', () => {
    const resourcePolicy = policy(
      deny({ Action: 's3:ListBucket', Resource: '*', Condition: { StringNotLike: { 's3:prefix': 'in/*' } } }),
    )
    const list = { ...READ, action: 's3:ListBucket', resourceArn: 'arn:aws:s3:::data', resourcePolicy }

    expect(verdictOf(list)).toBe('unknown')
    expect(verdictOf({ ...list, paths: [{ name: 'in', context: { 's3:prefix': 'in/cats' } }] })).toBe(
      'allowed',
    )
  })
})

describe('on other things', () => {
  const LAMBDA = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:pre`
  const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:labels`
  const onLambda = {
    kind: 'function',
    action: 'lambda:InvokeFunction',
    resourceArn: LAMBDA,
    resourceGoesOn: false,
    paths: [],
  } as const

  it('a Lambda may be invoked by its own policy or by that of the role', () => {
    const resourcePolicy = policy(
      allow({ Principal: { AWS: ROLE }, Action: 'lambda:InvokeFunction', Resource: LAMBDA }),
    )

    expect(verdictOf({ ...onLambda, identityPolicies: [], resourcePolicy })).toBe('allowed')
    expect(verdictOf(onLambda)).toBe('missing')
  })

  it('the policy that SNS makes leaves open whether a role of the account is its owner', () => {
    const byDefault = policy(
      allow({
        Sid: '__default_statement_ID',
        Principal: { AWS: '*' },
        Action: 'SNS:Publish',
        Resource: TOPIC,
        Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } },
      }),
    )
    const onTopic = {
      ...onLambda,
      kind: 'topic',
      action: 'sns:Publish',
      resourceArn: TOPIC,
      resourcePolicy: byDefault,
    } as const
    const publishes = [
      { name: 'inline:Sns', policy: policy(allow({ Action: 'sns:Publish', Resource: TOPIC })) },
    ]

    expect(verdictOf({ ...onTopic, identityPolicies: publishes })).toBe('allowed')
    expect(verdictOf({ ...onTopic, identityPolicies: [] })).toBe('unknown')
  })

  it('a role is passed by IAM policies alone', () => {
    const pass = {
      ...onLambda,
      kind: 'identity-only',
      action: 'iam:PassRole',
      resourceArn: ROLE,
      paths: [{ name: 'to SageMaker', context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }],
    } as const
    const passes = (service: string) => [
      {
        name: 'inline:Pass',
        policy: policy(
          allow({
            Action: 'iam:PassRole',
            Resource: ROLE,
            Condition: { StringEquals: { 'iam:PassedToService': service } },
          }),
        ),
      },
    ]

    expect(verdictOf({ ...pass, identityPolicies: passes('sagemaker.amazonaws.com') })).toBe('allowed')
    expect(verdictOf({ ...pass, identityPolicies: passes('ec2.amazonaws.com') })).toBe('missing')
  })

  it.each([
    ['arn:aws:sqs:*:*:*GroundTruth*', 'allowed'],
    ['arn:aws:sqs:us-east-1:111122223333:*', 'allowed'],
    ['arn:aws:sqs:*:*:*Truth*', 'allowed'],
    ['arn:aws:sqs:*:*:*Ground*Truth*', 'allowed'],
    ['arn:aws:sqs:*:*:GroundTruth*', 'unknown'],
    ['arn:aws:sqs:*:*:*GroundTruth', 'unknown'],
    ['arn:aws:sqs:*:*:*GroundTruth?', 'unknown'],
    ['arn:aws:sqs:*:*:*Labels*', 'unknown'],
    ['arn:aws:sns:*:*:*GroundTruth*', 'missing'],
  ])('a queue whose name holds GroundTruth, with an Allow on %s, is %s', (Resource, expected) => {
    const queue = {
      kind: 'identity-only',
      action: 'sqs:CreateQueue',
      resourceArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:`,
      resourceWord: 'GroundTruth',
      paths: [],
    } as const
    const identityPolicies = [{ name: 'inline:Sqs', policy: policy(allow({ Action: 'sqs:*', Resource })) }]

    expect(verdictOf({ ...queue, identityPolicies })).toBe(expected)
  })

  it('a resource control policy may bind a service, or not', () => {
    const rcps = [[policy(deny({ Action: '*', Resource: '*' }))]]

    expect(verdictOf({ ...READ, rcps })).toBe('denied')
    expect(verdictOf({ ...onLambda, identityPolicies: [], rcps })).toBe('missing')
    expect(
      ask({
        ...onLambda,
        identityPolicies: [{ name: 'inline:All', policy: policy(allow({ Action: '*', Resource: '*' })) }],
        rcps,
      }),
    ).toMatchObject({ verdict: 'unknown', unknownBecause: [{ kind: 'undocumented' }] })
  })
})

it('a question that is not whole is unknown', () => {
  const wrong: readonly Partial<AccessQuestion>[] = [
    { roleArn: 'GtExec' },
    { resourceArn: 's3://labels' },
    { action: 's3:*' },
    { identityPolicies: undefined as never },
  ]
  for (const question of wrong)
    expect(ask(question)).toMatchObject({ verdict: 'unknown', unknownBecause: [{ policy: 'question' }] })
})
