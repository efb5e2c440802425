import {
  DeleteRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

function document(...statements: object[]) {
  return { Version: '2012-10-17', Statement: statements }
}

const DECRYPT = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }

test('a role is given as IAM gives it', async () => {
  const cloud = fakeAws()
  const { roleArn, roleId } = cloud.role({
    name: 'GtExec',
    path: '/service-role/',
    boundary: document(DECRYPT),
    tags: { team: 'vision' },
  })

  const { Role } = await cloud.send(new GetRoleCommand({ RoleName: 'GtExec' }))

  expect(roleArn).toBe('arn:aws:iam::111122223333:role/service-role/GtExec')
  expect(roleId).toMatch(/^AROA[A-Z0-9]{17}$/)
  expect({ ...Role, AssumeRolePolicyDocument: decodeURIComponent(Role.AssumeRolePolicyDocument) }).toEqual({
    Path: '/service-role/',
    RoleName: 'GtExec',
    RoleId: roleId,
    Arn: roleArn,
    CreateDate: new Date('2025-11-23T09:00:00Z'),
    AssumeRolePolicyDocument: JSON.stringify(
      document({
        Effect: 'Allow',
        Principal: { Service: 'sagemaker.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    ),
    MaxSessionDuration: 3600,
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/GtExecBoundary',
    },
    Tags: [{ Key: 'team', Value: 'vision' }],
  })
})

test('a plain role has neither boundary nor tags', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'Plain' })

  const { Role } = await cloud.in('eu-west-1').send(new GetRoleCommand({ RoleName: 'Plain' }))

  expect(Role).not.toHaveProperty('PermissionsBoundary')
  expect(Role).not.toHaveProperty('Tags')
})

test('a role is asked for by its name alone', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', path: '/service-role/' })

  const withPath = await refusal(cloud.send(new GetRoleCommand({ RoleName: 'service-role/GtExec' })))
  const unnamed = await refusal(cloud.send(new GetRoleCommand({ RoleName: undefined })))
  const missing = cloud.send(new GetRoleCommand({ RoleName: 'Other' }))

  expect(withPath).toEqual({
    name: 'ValidationError',
    message:
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  })
  expect(unnamed.name).toBe('ValidationError')
  await expect(missing).rejects.toBeInstanceOf(NoSuchEntityException)
  await expect(missing).rejects.toThrow('The role with name Other cannot be found.')
})

test('inline policies are written, listed in pages, read URL-encoded and deleted', async () => {
  const cloud = fakeAws({ pageSize: 1 })
  cloud.role({ name: 'GtExec', inline: { Base: document(DECRYPT) } })
  const text = JSON.stringify(document({ ...DECRYPT, Sid: 'Own', Resource: "arn:aws:s3:::acme*'(!)" }))
  const role = { RoleName: 'GtExec' }

  await cloud.send(
    new PutRolePolicyCommand({
      ...role,
      PolicyName: 'Own',
      PolicyDocument: '{"Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}',
    }),
  )
  await cloud.send(new PutRolePolicyCommand({ ...role, PolicyName: 'Own', PolicyDocument: text }))
  const first = await cloud.send(new ListRolePoliciesCommand(role))
  const second = await cloud.send(new ListRolePoliciesCommand({ ...role, Marker: first.Marker }))
  const read = await cloud.send(new GetRolePolicyCommand({ ...role, PolicyName: 'Own' }))
  await cloud.send(new DeleteRolePolicyCommand({ ...role, PolicyName: 'Own' }))
  const left = await cloud.send(new ListRolePoliciesCommand(role))
  const gone = await refusal(cloud.send(new GetRolePolicyCommand({ ...role, PolicyName: 'Own' })))

  expect(first).toMatchObject({ PolicyNames: ['Base'], IsTruncated: true })
  expect(second).toMatchObject({ PolicyNames: ['Own'], IsTruncated: false })
  expect(read.PolicyDocument).toMatch(/^[A-Za-z0-9%._~-]+$/)
  expect(decodeURIComponent(read.PolicyDocument)).toBe(text)
  expect(left).toMatchObject({ PolicyNames: ['Base'], IsTruncated: false })
  expect(gone).toEqual({
    name: 'NoSuchEntityException',
    message: 'The role policy with name Own cannot be found.',
  })
  expect(cloud.calls.writes().map(({ name }) => name)).toEqual([
    'iam:PutRolePolicy',
    'iam:PutRolePolicy',
    'iam:DeleteRolePolicy',
  ])
})

test.each([
  ['no JSON', '{', /Syntax errors/],
  ['no statement', '{"Version":"2012-10-17"}', /Syntax errors/],
  ['a statement without effect', JSON.stringify(document({ Action: '*', Resource: '*' })), /Syntax errors/],
  ['a principal', JSON.stringify(document({ ...DECRYPT, Principal: '*' })), /should not specify a principal/],
  ['no action', JSON.stringify(document({ Effect: 'Allow', Resource: '*' })), /must contain actions/],
  ['no resource', JSON.stringify(document({ Effect: 'Allow', Action: '*' })), /must contain resources/],
  ['a Sid with spaces', JSON.stringify(document({ ...DECRYPT, Sid: 'my sid' })), /alpha-numeric/],
  [
    'the same Sid twice',
    JSON.stringify(document({ ...DECRYPT, Sid: 'a' }, { ...DECRYPT, Sid: 'a' })),
    /must be unique/,
  ],
  ['a version of its own', JSON.stringify({ ...document(DECRYPT), Version: '2020-01-01' }), /"2020-01-01"/],
  ['an element of its own', JSON.stringify({ ...document(DECRYPT), Owner: 'me' }), /no element Owner/],
  [
    'a statement with an odd element',
    JSON.stringify(document({ ...DECRYPT, Actions: [] })),
    /element Actions/,
  ],
  [
    'a key that is there twice',
    `{"Version":"2012-10-17",${JSON.stringify({ Statement: [DECRYPT] }).slice(1, -1)},"Statement":[]}`,
    /Syntax errors/,
  ],
  [
    'a key twice in a statement',
    JSON.stringify(document(DECRYPT)).replace('"Effect"', '"Effect":"Deny","Effect"'),
    /the key Effect appears twice/,
  ],
  [
    'an operator of its own',
    JSON.stringify(document({ ...DECRYPT, Condition: { StringMatches: { 'aws:x': 'y' } } })),
    /no condition operator StringMatches/,
  ],
  [
    'Action beside NotAction',
    JSON.stringify(document({ ...DECRYPT, NotAction: 'kms:Encrypt' })),
    /either Action or NotAction/,
  ],
  [
    'an action without a service',
    JSON.stringify(document({ ...DECRYPT, Action: 'Decrypt' })),
    /Decrypt is no action/,
  ],
])('PutRolePolicy refuses a document with %s', async (_, PolicyDocument, message) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })

  const refused = await refusal(
    cloud.send(new PutRolePolicyCommand({ RoleName: 'GtExec', PolicyName: 'P', PolicyDocument })),
  )

  expect(refused).toEqual({
    name: 'MalformedPolicyDocumentException',
    message: expect.stringMatching(message),
  })
})

test('all inline policies of a role share 10,240 characters, white space not counted', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', inline: { Base: document({ ...DECRYPT, Sid: 'x'.repeat(5_000) }) } })
  const put = (length: number) =>
    cloud.send(
      new PutRolePolicyCommand({
        RoleName: 'GtExec',
        PolicyName: 'Big',
        PolicyDocument: JSON.stringify(document({ ...DECRYPT, Sid: 'y'.repeat(length) }), null, 9),
      }),
    )

  await put(5_000)
  const refused = await refusal(put(5_200))

  expect(refused).toEqual({
    name: 'LimitExceededException',
    message: 'Maximum policy size of 10240 bytes exceeded for role GtExec',
  })
})

test('policy names are checked and policies that are not there cannot be deleted', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  const named = (PolicyName: string | undefined) => ({ RoleName: 'GtExec', PolicyName })

  const badName = await refusal(
    cloud.send(new PutRolePolicyCommand({ ...named('my policy'), PolicyDocument: '{}' })),
  )
  const noName = await refusal(
    cloud.send(new PutRolePolicyCommand({ ...named(undefined), PolicyDocument: undefined })),
  )
  const noDocument = await refusal(
    cloud.send(new PutRolePolicyCommand({ ...named('P'), PolicyDocument: undefined })),
  )
  const missing = await refusal(cloud.send(new DeleteRolePolicyCommand(named('None'))))
  const nothing = await refusal(cloud.send(new DeleteRolePolicyCommand(named(undefined))))
  const unread = await refusal(cloud.send(new GetRolePolicyCommand(named(undefined))))

  expect(badName.name).toBe('ValidationError')
  expect(noName.name).toBe('ValidationError')
  expect(noDocument.name).toBe('MalformedPolicyDocumentException')
  expect(missing.name).toBe('NoSuchEntityException')
  expect(nothing.name).toBe('NoSuchEntityException')
  expect(unread.name).toBe('NoSuchEntityException')
})

test('the policies of a service-linked role are fixed', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'AWSServiceRoleForX', path: '/aws-service-role/x.amazonaws.com/' })

  const refused = await refusal(
    cloud.send(
      new PutRolePolicyCommand({
        RoleName: 'AWSServiceRoleForX',
        PolicyName: 'P',
        PolicyDocument: JSON.stringify(document(DECRYPT)),
      }),
    ),
  )

  expect(refused.name).toBe('UnmodifiableEntityException')
})

test('managed policies are found by ARN and version', async () => {
  const cloud = fakeAws()
  const shared = cloud.managedPolicy({ name: 'Shared', document: document(DECRYPT) })
  cloud.role({ name: 'GtExec', attached: [shared, { name: 'Own', document: document() }] })

  const listed = await cloud.send(new ListAttachedRolePoliciesCommand({ RoleName: 'GtExec' }))
  const policy = await cloud.send(new GetPolicyCommand({ PolicyArn: shared }))
  const version = await cloud.send(new GetPolicyVersionCommand({ PolicyArn: shared, VersionId: 'v1' }))
  const noVersion = await refusal(
    cloud.send(new GetPolicyVersionCommand({ PolicyArn: shared, VersionId: 'v2' })),
  )
  const noPolicy = await refusal(cloud.send(new GetPolicyCommand({ PolicyArn: undefined })))

  expect(listed).toMatchObject({
    AttachedPolicies: [
      { PolicyName: 'Shared', PolicyArn: shared },
      { PolicyName: 'Own', PolicyArn: 'arn:aws:iam::111122223333:policy/Own' },
    ],
    IsTruncated: false,
  })
  expect(policy.Policy).toMatchObject({ Arn: shared, DefaultVersionId: 'v1' })
  expect(JSON.parse(decodeURIComponent(version.PolicyVersion.Document))).toEqual(document(DECRYPT))
  expect(noVersion.name).toBe('NoSuchEntityException')
  expect(noPolicy.name).toBe('NoSuchEntityException')
})

test('the simulator judges the role and its boundary, and not the key policy', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ policy: { Version: '2012-10-17', Statement: [] } })
  const { roleArn } = cloud.role({
    name: 'GtExec',
    inline: {
      Base: document(
        { ...DECRYPT, Sid: 'D' },
        { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'kms:CreateGrant',
          Resource: '*',
          Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
        { Effect: 'Deny', Action: 'kms:ReEncrypt*', Resource: '*' },
      ),
    },
    boundary: document({ Effect: 'Allow', Action: ['kms:D*', 'kms:CreateGrant'], Resource: '*' }),
  })
  const simulate = (ContextEntries?: { ContextKeyName: string; ContextKeyValues: string[] }[]) =>
    cloud.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: roleArn,
        ActionNames: ['kms:Decrypt', 'kms:Encrypt', 'kms:CreateGrant', 'kms:ReEncryptTo'],
        ResourceArns: [keyArn],
        ...(ContextEntries && { ContextEntries }),
      }),
    )

  const { EvaluationResults } = await simulate()
  const informed = await simulate([
    { ContextKeyName: 'kms:GrantIsForAWSResource', ContextKeyValues: ['true'] },
  ])

  expect(EvaluationResults).toEqual([
    {
      EvalActionName: 'kms:Decrypt',
      EvalResourceName: 'arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}',
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'D', SourcePolicyType: 'IAM Policy' }],
      MissingContextValues: [],
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
      ResourceSpecificResults: [
        {
          EvalResourceName: keyArn,
          EvalResourceDecision: 'allowed',
          MatchedStatements: [{ SourcePolicyId: 'D', SourcePolicyType: 'IAM Policy' }],
          MissingContextValues: [],
        },
      ],
    },
    expect.objectContaining({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    }),
    expect.objectContaining({
      EvalDecision: 'implicitDeny',
      MissingContextValues: ['kms:GrantIsForAWSResource'],
    }),
    expect.objectContaining({ EvalDecision: 'explicitDeny' }),
  ])
  expect(informed.EvaluationResults[2]).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] })
})

test('the simulator shows what the organization allows', async () => {
  const cloud = fakeAws()
  cloud.organization({
    scps: [[document({ Effect: 'Allow', Action: '*', Resource: '*' })], [document(DECRYPT)]],
  })
  const { roleArn } = cloud.role({
    name: 'GtExec',
    inline: { Base: document({ ...DECRYPT, Action: 'kms:*' }) },
  })

  const { EvaluationResults } = await cloud.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: roleArn,
      ActionNames: ['kms:Decrypt', 'kms:Encrypt'],
    }),
  )

  expect(EvaluationResults).toMatchObject([
    {
      EvalDecision: 'allowed',
      EvalResourceName: '*',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    },
    { EvalDecision: 'implicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
  ])
})

test('the simulator leaves values that conditions of the organization miss out of its answer', async () => {
  const cloud = fakeAws()
  const FROM_OFFICE = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }
  cloud.organization({ scps: [[document({ Effect: 'Allow', Action: '*', Resource: '*', ...FROM_OFFICE })]] })
  const { roleArn } = cloud.role({ name: 'GtExec', inline: { Base: document(DECRYPT) } })

  const { EvaluationResults } = await cloud.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames: ['kms:Decrypt'] }),
  )

  expect(EvaluationResults).toMatchObject([
    { MissingContextValues: [], OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
  ])
})

test('only roles of the own account can be simulated', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'Foreign', account: '444455556666' })
  const simulate = (PolicySourceArn: string | undefined) =>
    cloud.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: undefined, ResourceArns: [KEY] }),
    )

  const foreign = await refusal(simulate(roleArn))
  const nobody = await refusal(simulate(undefined))

  expect([foreign.name, nobody.name]).toEqual(['NoSuchEntityException', 'NoSuchEntityException'])
})
