import { describe, expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { Decision } from '../../../src/permissions/decide/decision.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

const ROLE = 'arn:aws:iam::123456789012:role/labeling/Annotator'
const ROOT = 'arn:aws:iam::123456789012:root'
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000feed'

const allow = (sid: string, principal: PolicyStatement['Principal'] = { AWS: ROLE }): PolicyStatement => ({
  Sid: sid,
  Effect: 'Allow',
  ...(principal ? { Principal: principal } : {}),
  Action: 'kms:*',
  Resource: '*',
})
const identity = (name: string, ...Statement: PolicyStatement[]) => ({
  name,
  policy: { Version: '2012-10-17', Statement },
})
const plain: PolicyStatement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY }
const deny: PolicyStatement = { Sid: 'Block', Effect: 'Deny', Action: 'kms:*', Resource: '*' }
const offNetwork: PolicyStatement = {
  ...deny,
  Sid: 'OffNetwork',
  Principal: '*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-9' } },
}

function decide(statements: readonly PolicyStatement[], more: Partial<PermissionQuestion> = {}): Decision {
  const keyPolicy = { Version: '2012-10-17', Statement: statements }
  const usual = { roleArn: ROLE, roleId: 'AROAANNOTATOR0000000', keyArn: KEY, action: 'kms:Decrypt' }
  return decidePermission({ ...usual, keyPolicy, identityPolicies: [], ...more })
}

describe('the evidence of a decision', () => {
  test('names the statement that allows, and nothing that was not needed', () => {
    const decision = decide([allow('Delegate', { AWS: ROOT }), allow('Use')])

    expect(decision).toEqual({
      action: 'kms:Decrypt',
      roleArn: ROLE,
      keyArn: KEY,
      verdict: 'allowed',
      basis: 'static',
      paths: [
        { name: 'direct', verdict: 'allowed' },
        { name: 'via-s3', verdict: 'allowed' },
        { name: 'via-sagemaker', verdict: 'allowed' },
        { name: 'via-ec2', verdict: 'allowed' },
      ],
      evidence: [{ policy: 'key-policy', statement: 'Use', effect: 'Allow', via: 'role', certain: true }],
      unknownBecause: [],
      possibleDeny: [],
      missingIn: [],
      delegatesToIam: true,
      notCovered: ['scp', 'rcp', 'session-policy', 'vpc-endpoint-policy'],
    })
  })

  test('names both halves of a delegation, the boundary and the organization', () => {
    const decision = decide([allow('Delegate', { AWS: ROOT })], {
      identityPolicies: [identity('inline:Keys', plain)],
      boundary: identity('boundary:arn:aws:iam::123456789012:policy/B@v2', { ...plain, Sid: 'Ceiling' }),
      scps: [[identity('Full', { ...plain, Resource: '*' })]],
      rcps: [[identity('Wall', { ...deny, Action: 's3:*' })]],
    })

    expect(decision.verdict).toBe('allowed')
    expect(decision.evidence).toEqual([
      { policy: 'key-policy', statement: 'Delegate', effect: 'Allow', via: 'account', certain: true },
      { policy: 'inline:Keys', statement: '#0', effect: 'Allow', via: 'identity', certain: true },
      {
        policy: 'boundary:arn:aws:iam::123456789012:policy/B@v2',
        statement: 'Ceiling',
        effect: 'Allow',
        via: 'boundary',
        certain: true,
      },
      { policy: 'scp:Full', statement: '#0', effect: 'Allow', via: 'organization', certain: true },
    ])
    expect(decision.notCovered).toEqual(['session-policy', 'vpc-endpoint-policy'])
  })

  test('names the grant that allows', () => {
    const grant = { GrantId: '17', GranteePrincipal: ROLE, Operations: ['Decrypt'], IssuingAccount: ROOT }
    const decision = decide([], { grants: [grant] })

    expect(decision.evidence).toEqual([
      { policy: 'grant:17', statement: 'grant:17', effect: 'Allow', via: 'grant', certain: true },
    ])
  })

  test('names both sides across accounts', () => {
    const far = KEY.replace('123456789012', '210987654321')
    const decision = decide([allow('Use')], {
      keyArn: far,
      identityPolicies: [
        identity('managed:arn:aws:iam::123456789012:policy/K@v1', { ...plain, Resource: far }),
      ],
    })

    expect(decision.evidence).toEqual([
      { policy: 'key-policy', statement: 'Use', effect: 'Allow', via: 'role', certain: true },
      {
        policy: 'managed:arn:aws:iam::123456789012:policy/K@v1',
        statement: '#0',
        effect: 'Allow',
        via: 'identity',
        certain: true,
      },
    ])
    expect(decision.delegatesToIam).toBe(true)
  })

  test('names grants of either account across accounts', () => {
    const far = KEY.replace('123456789012', '210987654321')
    const grant = { GranteePrincipal: ROLE, Operations: ['Decrypt'] }
    const decision = decide([], {
      keyArn: far,
      identityPolicies: [identity('inline:Keys', { ...plain, Resource: far })],
      grants: [
        { ...grant, GrantId: 'own', IssuingAccount: ROOT },
        { ...grant, GrantId: 'other', IssuingAccount: 'arn:aws:iam::210987654321:root' },
      ],
    })

    expect(decision.evidence.map(({ policy }) => policy)).toEqual(['inline:Keys', 'grant:own', 'grant:other'])
    expect(decision.delegatesToIam).toBe(false)
  })

  test('names the Deny alone when a Deny decides', () => {
    const decision = decide([allow('Use')], { identityPolicies: [identity('inline:Stop', deny)] })

    expect(decision.verdict).toBe('denied')
    expect(decision.evidence).toEqual([
      { policy: 'inline:Stop', statement: 'Block', effect: 'Deny', via: 'identity', certain: true },
    ])
  })

  test('names how a key policy Deny reaches the role', () => {
    const principals: readonly NonNullable<PolicyStatement['Principal']>[] = [
      '*',
      { AWS: ROOT },
      { AWS: [ROLE, ROOT] },
    ]
    const vias = principals.map((Principal) =>
      decide([{ ...deny, Principal }]).evidence.map(({ via }) => via),
    )

    expect(vias).toEqual([['any'], ['account'], ['account']])
  })

  test('lists what is half there when something is missing, and the Deny that may remain', () => {
    const decision = decide([allow('Delegate', { AWS: ROOT }), offNetwork])

    expect(decision.verdict).toBe('missing')
    expect(decision.missingIn).toEqual(['identity'])
    expect(decision.evidence).toEqual([
      { policy: 'key-policy', statement: 'Delegate', effect: 'Allow', via: 'account', certain: true },
    ])
    expect(decision.possibleDeny).toEqual([
      { policy: 'key-policy', statement: 'OffNetwork', effect: 'Deny', via: 'any', certain: false },
    ])
  })

  test('lists an unreadable source that may hold a Deny', () => {
    const decision = decide([], { identityPolicies: 'UNREADABLE' })

    expect(decision.verdict).toBe('missing')
    expect(decision.possibleDeny).toEqual([
      { policy: 'identity-policies', statement: '*', effect: 'Deny', via: 'identity', certain: false },
    ])
  })

  test('calls a statement uncertain that applies on some call paths only', () => {
    const Condition = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }
    const decision = decide([{ ...allow('ThroughS3'), Condition }])

    expect(decision.evidence).toEqual([
      { policy: 'key-policy', statement: 'ThroughS3', effect: 'Allow', via: 'role', certain: false },
    ])
    expect(decision.unknownBecause).toEqual([{ kind: 'paths-differ', paths: decision.paths }])
  })
})

describe('the reasons of an unknown verdict', () => {
  test('name policy, statement, operator and key of each condition that stops it', () => {
    const decision = decide([allow('Use'), offNetwork])

    expect(decision.unknownBecause).toEqual([
      {
        kind: 'condition',
        key: 'aws:SourceVpce',
        operator: 'StringNotEquals',
        policy: 'key-policy',
        statement: 'OffNetwork',
      },
    ])
    expect(decision.evidence).toEqual([
      { policy: 'key-policy', statement: 'Use', effect: 'Allow', via: 'role', certain: true },
      { policy: 'key-policy', statement: 'OffNetwork', effect: 'Deny', via: 'any', certain: false },
    ])
  })

  test.each([
    [{ keyPolicy: 'UNREADABLE' }, 'key-policy', 'kms:GetKeyPolicy'],
    [
      { identityPolicies: 'UNREADABLE' },
      'identity-policies',
      'iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion',
    ],
    [{ identityPolicies: [{ name: 'inline:A', policy: 'UNREADABLE' }] }, 'inline:A', 'iam:GetRolePolicy'],
    [
      { identityPolicies: [{ name: 'managed:A@v1', policy: 'UNREADABLE' }] },
      'managed:A@v1',
      'iam:GetPolicy, iam:GetPolicyVersion',
    ],
    [{ boundary: 'UNREADABLE' }, 'boundary', 'iam:GetRole, iam:GetPolicy, iam:GetPolicyVersion'],
    [{ rcps: [[{ name: 'Wall', policy: 'UNREADABLE' }]] }, 'rcp:Wall', 'organizations:DescribePolicy'],
  ] satisfies readonly (readonly [Partial<PermissionQuestion>, string, string])[])(
    'name the permission that would make %j readable',
    (more, source, permissionNeeded) => {
      const decision = decide([allow('Use')], more)

      expect(decision.unknownBecause).toEqual([{ kind: 'unreadable', source, permissionNeeded }])
    },
  )

  test('name kms:ListGrants when only a grant could help', () => {
    const decision = decide([], { grants: 'UNREADABLE' })

    expect(decision.unknownBecause).toEqual([
      { kind: 'unreadable', source: 'grants', permissionNeeded: 'kms:ListGrants' },
    ])
  })

  test('leave out conditions that could not change the answer', () => {
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }
    const decision = decide([{ ...allow('Delegate', { AWS: ROOT }), Condition }, allow('Use'), offNetwork])

    expect(
      decision.unknownBecause.map((reason) => ('statement' in reason ? reason.statement : reason.kind)),
    ).toEqual(['OffNetwork'])
  })

  test('name every condition of which one alone settles nothing', () => {
    const onOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }
    const onEndpoint = { StringEquals: { 'aws:SourceVpce': 'vpce-9' } }
    const onTag = { StringEquals: { 'aws:ResourceTag/project': 'gt' } }
    const decision = decide(
      [
        { ...allow('Delegate', { AWS: ROOT }), Condition: onOrganization },
        { ...allow('Use'), Condition: onEndpoint },
      ],
      { identityPolicies: [identity('inline:Keys', { ...plain, Condition: onTag })] },
    )

    expect(decision.unknownBecause.map((reason) => 'key' in reason && reason.key)).toEqual([
      'aws:PrincipalOrgID',
      'aws:SourceVpce',
      'aws:ResourceTag/project',
    ])
  })

  test('say why NotPrincipal, a raw id, a session and a resource pattern leave it open', () => {
    const doubts: readonly PolicyStatement[] = [
      { ...deny, Sid: 'Except', NotPrincipal: { AWS: ROLE } },
      { ...deny, Sid: 'RawId', Principal: { AWS: 'AROAANNOTATOR0000000' } },
      { ...deny, Sid: 'Session', Principal: { AWS: 'arn:aws:sts::123456789012:assumed-role/Annotator/s' } },
      { ...deny, Sid: 'Pattern', Principal: '*', Resource: 'arn:*feed' },
    ]
    const reasons = doubts.flatMap((doubt) => decide([allow('Use'), doubt]).unknownBecause)

    expect(reasons).toEqual([
      {
        kind: 'principal',
        policy: 'key-policy',
        statement: 'Except',
        detail: 'whether NotPrincipal spares this session is not documented',
      },
      {
        kind: 'principal',
        policy: 'key-policy',
        statement: 'RawId',
        detail: 'whether the unique id AROAANNOTATOR0000000 still stands for this role is not documented',
      },
      { kind: 'session-name', policy: 'key-policy', statement: 'Session' },
      { kind: 'resource', policy: 'key-policy', statement: 'Pattern', detail: 'arn:*feed' },
    ])
  })

  test('are not changed by an edit of the same policy object between two questions', () => {
    const statements = [offNetwork]
    const before = decide(statements)
    statements.unshift(allow('Use'))
    const after = decide(statements)

    expect([before.verdict, after.verdict]).toEqual(['missing', 'unknown'])
  })
})

describe('of several Allows the evidence names those that count', () => {
  const OTHER = '210987654321'
  const farKey = KEY.replace('123456789012', OTHER)
  const statements = [allow('Use'), allow('All', '*'), allow('Delegate', { AWS: ROOT })]
  const boundary = (Action: string) =>
    identity('boundary:B', { Sid: 'Ceiling', Effect: 'Allow', Action, Resource: '*' })
  const grantOf = (account: string) => ({
    GrantId: '17',
    GranteePrincipal: ROLE,
    Operations: ['Decrypt'],
    IssuingAccount: `arn:aws:iam::${account}:root`,
  })
  const use = identity('inline:Use', { ...plain, Resource: '*' })
  const named = (decision: Decision) => [
    decision.verdict,
    ...decision.evidence.map(({ policy, statement }) => `${policy} ${statement}`),
  ]

  test('a boundary cuts off what names the role or leans on its policies, and not what names everybody', () => {
    const more = { identityPolicies: [use], boundary: boundary('s3:*'), grants: [grantOf('123456789012')] }

    expect(named(decide(statements, more))).toEqual(['allowed', 'key-policy All'])
  })

  test('a boundary that allows counts with what it allows', () => {
    const more = { identityPolicies: [use], boundary: boundary('kms:*'), grants: [grantOf('123456789012')] }

    expect(named(decide(statements, more))).toEqual([
      'allowed',
      'key-policy Use',
      'key-policy All',
      'key-policy Delegate',
      'inline:Use #0',
      'boundary:B Ceiling',
      'grant:17 grant:17',
    ])
  })

  test('a delegation without a policy of the role gives nothing', () => {
    expect(named(decide(statements, { boundary: boundary('kms:*') }))).toEqual([
      'allowed',
      'key-policy Use',
      'key-policy All',
      'boundary:B Ceiling',
    ])
  })

  test('across accounts a key policy counts with a policy of the role only', () => {
    const far = { keyArn: farKey, boundary: boundary('kms:*') }

    expect(named(decide(statements, { ...far, identityPolicies: [use] }))).toEqual([
      'allowed',
      'key-policy Use',
      'key-policy All',
      'key-policy Delegate',
      'inline:Use #0',
      'boundary:B Ceiling',
    ])
    expect(named(decide(statements, { ...far, grants: [grantOf('123456789012')] }))).toEqual([
      'allowed',
      'grant:17 grant:17',
    ])
  })

  test('across accounts a grant of the account of the key counts with a policy of the role only', () => {
    const far = { keyArn: farKey, grants: [grantOf(OTHER)], boundary: boundary('kms:*') }

    expect(named(decide([], { ...far, identityPolicies: [use] }))).toEqual([
      'allowed',
      'inline:Use #0',
      'boundary:B Ceiling',
      'grant:17 grant:17',
    ])
    expect(decide([], far).missingIn).toEqual(['identity'])
  })

  test('an organization that allows at a level certainly is no reason for doubt there', () => {
    const doubtful = { 'aws:SourceVpce': 'vpce-9' }
    const conditional = { ...plain, Resource: '*', Condition: { StringEquals: doubtful } }
    const scps = [[identity('Full', { ...plain, Resource: '*' }), identity('Maybe', conditional)]]
    const decision = decide([{ ...allow('Use'), Condition: { StringEquals: doubtful } }], { scps })

    expect([decision.verdict, decision.unknownBecause]).toEqual([
      'unknown',
      [
        {
          kind: 'condition',
          policy: 'key-policy',
          statement: 'Use',
          key: 'aws:SourceVpce',
          operator: 'StringEquals',
        },
      ],
    ])
  })
})
