import { describe, expect, test } from 'vitest'
import type { AccessQuestion } from '../../../src/permissions/decide/access-question.js'
import { decideAccess } from '../../../src/permissions/decide/decide-access.js'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import { decideRoleSide } from '../../../src/permissions/decide/decide-role-side.js'
import { meantField } from '../../../src/permissions/decide/meant-field.js'
import { permissionToRead } from '../../../src/permissions/decide/permission-to-read.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

const ACCOUNT = '111122223333'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/GtExec`
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-00000000feed`
const policy = (...Statement: readonly PolicyStatement[]) => ({ Version: '2012-10-17', Statement })
const ALLOWS = policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' })
const NOT_COVERED = ['scp', 'rcp', 'session-policy', 'vpc-endpoint-policy']

describe('a question that cannot be understood', () => {
  const malformed = (detail: string) => [{ kind: 'malformed', policy: 'question', statement: '*', detail }]

  test('about a key has no evidence, and all of what was given', () => {
    const question = { roleArn: ROLE, keyArn: 'alias/x', action: 'kms:Decrypt', keyPolicy: ALLOWS }

    expect(decidePermission({ ...question, identityPolicies: [] })).toEqual({
      action: 'kms:Decrypt',
      roleArn: ROLE,
      keyArn: 'alias/x',
      verdict: 'unknown',
      basis: 'static',
      paths: [],
      evidence: [],
      unknownBecause: malformed('"alias/x" is not the ARN of a key'),
      possibleDeny: [],
      missingIn: [],
      delegatesToIam: false,
      notCovered: NOT_COVERED,
    })
  })

  test.each([
    [null, 'it is null'],
    ['kms:Decrypt', 'it is "kms:Decrypt"'],
    [undefined, 'it is undefined'],
  ])('%j is none, and names nothing', (question, detail) => {
    expect(decidePermission(question as never)).toMatchObject({
      action: '',
      roleArn: '',
      keyArn: '',
      verdict: 'unknown',
      unknownBecause: malformed(detail),
    })
  })

  test('names what it gives as strings only', () => {
    expect(decidePermission({ roleArn: 7, keyArn: KEY, action: 'kms:Decrypt' } as never)).toMatchObject({
      action: 'kms:Decrypt',
      roleArn: '',
      keyArn: KEY,
    })
  })

  test.each([
    [{ roleArn: 7 }, '7 is not the ARN of a role or a user'],
    [{ roleArn: KEY }, `${KEY} is not the ARN of a role or a user`],
    [{ resourceArn: 7 }, '7 is not an ARN'],
    [{ resourceArn: 'labels' }, 'labels is not an ARN'],
    [{ action: 's3:*' }, 's3:* is not one action with its service'],
    [{ action: '*s3:GetObject' }, '*s3:GetObject is not one action with its service'],
    [{ action: 'GetObject' }, 'GetObject is not one action with its service'],
    [{ identityPolicies: undefined }, 'identityPolicies is missing'],
  ])('about a bucket says what is wrong with %j', (more, detail) => {
    const question = { ...BUCKET, ...more } as AccessQuestion

    expect(decideAccess(question)).toEqual({
      kind: 'bucket',
      action: question.action,
      roleArn: String(question.roleArn),
      resourceArn: String(question.resourceArn),
      verdict: 'unknown',
      basis: 'static',
      paths: [],
      evidence: [],
      unknownBecause: malformed(detail),
      possibleDeny: [],
      missingIn: [],
      notCovered: NOT_COVERED,
    })
  })
})

const ALLOW_S3 = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
const S3_ALL = [{ name: 'inline:S3', policy: policy(ALLOW_S3) }]
const BUCKET: AccessQuestion = {
  kind: 'bucket',
  action: 's3:GetObject',
  resourceArn: 'arn:aws:s3:::labels/a',
  resourcePolicy: null,
  roleArn: ROLE,
  identityPolicies: S3_ALL,
}
const ofIdentity = { policy: 'inline:S3', statement: '#0', effect: 'Allow', via: 'identity', certain: true }
const NO_ACCOUNT = {
  kind: 'unreadable',
  source: 'the account of the bucket',
  permissionNeeded: 's3:GetBucketPolicy',
}

describe('on a bucket whose account is not known', () => {
  test('what only the account of the role would have is unknown, with the evidence of both', () => {
    expect(decideAccess(BUCKET)).toEqual({
      kind: 'bucket',
      action: 's3:GetObject',
      roleArn: ROLE,
      resourceArn: 'arn:aws:s3:::labels/a',
      verdict: 'unknown',
      basis: 'static',
      paths: [{ name: 'direct', verdict: 'unknown' }],
      evidence: [ofIdentity],
      unknownBecause: [NO_ACCOUNT],
      possibleDeny: [],
      missingIn: [],
      notCovered: [...NOT_COVERED, 'acl'],
    })
  })

  test('evidence and reasons that both have are named once', () => {
    const unheard = {
      Effect: 'Deny',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { 'x:y': 'z' } },
    }
    const identityPolicies = [{ name: 'inline:S3', policy: policy(ALLOW_S3, unheard) }]
    const condition = {
      kind: 'condition',
      key: 'x:y',
      operator: 'StringEquals',
      policy: 'inline:S3',
      statement: '#1',
    }
    const open = {
      ...BUCKET,
      identityPolicies,
      resourcePolicy: policy({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 's3:*', Resource: '*' }),
    }

    expect(decideAccess(open).unknownBecause).toEqual([condition])
    expect(decideAccess({ ...open, resourcePolicy: null }).unknownBecause).toEqual([NO_ACCOUNT, condition])
  })

  test('a verdict that both have is certain', () => {
    const resourcePolicy = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' })

    expect(decideAccess({ ...BUCKET, resourcePolicy })).toMatchObject({
      verdict: 'denied',
      unknownBecause: [],
    })
    expect(decideAccess({ ...BUCKET, identityPolicies: [] })).toMatchObject({
      verdict: 'missing',
      unknownBecause: [],
    })
  })

  test('on each path by itself', () => {
    const identityPolicies = [
      {
        name: 'inline:S3',
        policy: policy({
          Effect: 'Allow',
          Action: 's3:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
        }),
      },
    ]
    const paths = [
      { name: 'inside', context: { 'aws:SourceVpc': 'vpc-1' } },
      { name: 'outside', context: { 'aws:SourceVpc': 'vpc-2' } },
    ]

    expect(decideAccess({ ...BUCKET, identityPolicies, paths }).paths).toEqual([
      { name: 'inside', verdict: 'unknown' },
      { name: 'outside', verdict: 'missing' },
    ])
  })
})

test('only a bucket has access lists, and an account in the ARN is that of the resource', () => {
  const lambda = {
    ...BUCKET,
    kind: 'function',
    action: 'lambda:InvokeFunction',
    resourceArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:pre`,
    identityPolicies: [
      { name: 'inline:L', policy: policy({ Effect: 'Allow', Action: 'lambda:*', Resource: '*' }) },
    ],
  } as const

  expect(decideAccess(lambda)).toMatchObject({ verdict: 'allowed', notCovered: NOT_COVERED })
  expect(decideAccess({ ...lambda, resourceAccount: '999988887777' })).toMatchObject({
    verdict: 'missing',
    missingIn: ['resource-policy'],
  })
})

describe('what the request tells S3', () => {
  const under = (Condition: PolicyStatement['Condition'] & object, more: Partial<AccessQuestion> = {}) =>
    decideAccess({
      ...BUCKET,
      resourceAccount: ACCOUNT,
      identityPolicies: [
        { name: 'inline:S3', policy: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition }) },
      ],
      ...more,
    }).verdict

  test.each([
    [{ StringEquals: { 's3:ResourceAccount': ACCOUNT } }, {}, 'allowed'],
    [{ StringEquals: { 's3:ResourceAccount': '999988887777' } }, {}, 'missing'],
    [{ NumericGreaterThanEquals: { 's3:TlsVersion': '1.2' } }, {}, 'allowed'],
    [{ NumericGreaterThanEquals: { 's3:TlsVersion': '1.3' } }, {}, 'unknown'],
    [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, {}, 'unknown'],
    [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, { resourceRegion: 'us-east-1' }, 'allowed'],
    [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, { resourceRegion: 'eu-west-1' }, 'missing'],
  ] as const)('under %j with %j: %s', (condition, more, verdict) => {
    expect(under(condition as never, more)).toBe(verdict)
  })
})

describe('the side of the role', () => {
  const question: PermissionQuestion = {
    roleArn: ROLE,
    keyArn: KEY,
    action: 'kms:Decrypt',
    keyPolicy: policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }),
    identityPolicies: [{ name: 'inline:K', policy: ALLOWS }],
    grants: 'UNREADABLE',
  }

  test('is what its own policies and its boundary say, whatever the key and its grants do', () => {
    const boundary = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
    const denies = policy({ Effect: 'Deny', Action: 'kms:*', Resource: KEY })

    expect(decideRoleSide(question)).toBe('allowed')
    expect(decideRoleSide({ ...question, identityPolicies: [] })).toBe('missing')
    expect(decideRoleSide({ ...question, boundary })).toBe('missing')
    expect(decideRoleSide({ ...question, sharedKeyPolicy: 'UNREADABLE', identityPolicies: [] })).toBe(
      'missing',
    )
    expect(decideRoleSide({ ...question, identityPolicies: [{ name: 'inline:D', policy: denies }] })).toBe(
      'denied',
    )
  })

  test('is asked of calls that reach KMS through no service', () => {
    const direct = policy({
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Condition: { Null: { 'kms:ViaService': 'true' } },
    })

    expect(decideRoleSide({ ...question, identityPolicies: [{ name: 'inline:K', policy: direct }] })).toBe(
      'allowed',
    )
  })
})

test.each([
  [{ kind: 'key-policy' }, [], 'kms:GetKeyPolicy'],
  [{ kind: 'key-policy', name: 'shared' }, [], 'kms:ListKeyPolicies, kms:GetKeyPolicy'],
  [{ kind: 'bucket-policy' }, [], 's3:GetBucketPolicy'],
  [{ kind: 'function-policy' }, [], 'lambda:GetPolicy'],
  [{ kind: 'topic-policy' }, [], 'sns:GetTopicAttributes'],
  [{ kind: 'scp', name: 'x' }, [], 'organizations:DescribePolicy'],
  [{ kind: 'rcp', name: 'x' }, [], 'organizations:DescribePolicy'],
  [{ kind: 'inline' }, [], 'iam:ListRolePolicies, iam:GetRolePolicy'],
  [{ kind: 'inline', name: 'x' }, [], 'iam:GetRolePolicy'],
  [{ kind: 'managed' }, [], 'iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion'],
  [{ kind: 'managed', name: 'x' }, [], 'iam:GetPolicy, iam:GetPolicyVersion'],
  [{ kind: 'boundary', name: 'x' }, ['boundary'], 'iam:GetRole, iam:GetPolicy, iam:GetPolicyVersion'],
  [{ kind: 'boundary', name: 'x' }, [], 'iam:GetPolicy, iam:GetPolicyVersion'],
] as const)('what reads %j, which may hold %j, is %s', (source, sides, permission) => {
  expect(permissionToRead(source as never, sides as never)).toBe(permission)
})

test.each([
  ['identityPolices', 'identityPolicies'],
  ['IDENTITYPOLICIES', 'identityPolicies'],
  ['identitiesPolicy', 'identityPolicies'],
  ['policyKey', 'keyPolicy'],
  ['key_policies', 'keyPolicy'],
  ['permissionsBoundary', 'boundary'],
  ['boundaries', 'boundary'],
  ['bundary', 'boundary'],
  ['bndry', undefined],
  ['scp', 'scps'],
  ['scpss', 'scps'],
  ['scqq', undefined],
  ['sc', undefined],
  ['pats', 'paths'],
  ['pts', 'paths'],
  ['pt', undefined],
  ['contexts', 'context'],
  ['text', undefined],
  ['colour', undefined],
])('a question with %s was meant to have %s', (name, field) => {
  const fields = ['identityPolicies', 'keyPolicy', 'boundary', 'scps', 'paths', 'context']

  expect(meantField(name, fields)).toBe(field)
})
