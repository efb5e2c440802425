import { GetRoleCommand } from '@aws-sdk/client-iam'
import {
  DecryptCommand,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  ListAliasesCommand,
} from '@aws-sdk/client-kms'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import type { Grant } from '../../../src/aws/kms-calls.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import { type FakeAws, fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const SESSION = 'arn:aws:sts::111122223333:assumed-role/GtExec/probe'
const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const ROOT = 'arn:aws:iam::111122223333:root'
const ALLOW = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }
const DENY = { ...ALLOW, Effect: 'Deny' }

function document(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements }
}

interface Case {
  key?: PolicyStatement[]
  role?: PolicyStatement[]
  boundary?: PolicyStatement[]
  grants?: Grant[]
  scps?: PolicyDocument[][]
  rcps?: PolicyDocument[]
  keyAccount?: string
}

async function decrypt(cloud: FakeAws, keyArn: string, caller = SESSION) {
  const probe = new DecryptCommand({ KeyId: keyArn, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })
  const { name, message } = await refusal(cloud.as(caller).send(probe))
  return name === 'DryRunOperationException' ? 'allowed' : message.split(/(?= (?:because|with) )/)[1]?.trim()
}

function judged({ key = [], role = [], boundary, grants, scps, rcps, keyAccount }: Case) {
  const cloud = fakeAws()
  cloud.role({
    name: 'GtExec',
    roleId: 'AROAGTEXECGTEXECGTEXE',
    tags: { team: 'vision' },
    inline: { Base: document(...role) },
    ...(boundary && { boundary: document(...boundary) }),
  })
  cloud.organization({ ...(scps && { scps }), ...(rcps && { rcps }) })
  const { keyArn } = cloud.key({
    policy: document(...key),
    tags: { stage: 'test' },
    alias: 'alias/gt',
    ...(grants && { grants }),
    ...(keyAccount && { account: keyAccount }),
  })
  return decrypt(cloud, keyArn)
}

const to = (AWS: string | string[], more: object = {}) => ({ ...ALLOW, Principal: { AWS }, ...more })
const NO_KEY_POLICY = 'because no resource-based policy allows the kms:Decrypt action'
const NO_IDENTITY = 'because no identity-based policy allows the kms:Decrypt action'
const NO_BOUNDARY = 'because no permissions boundary allows the kms:Decrypt action'
const FOREIGN =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access'
const own = (grant: Grant): Grant => ({
  IssuingAccount: ROOT,
  GranteePrincipal: ROLE,
  Operations: ['Decrypt'],
  ...grant,
})

test.each<[string, Case, string]>([
  ['nothing says so', {}, NO_KEY_POLICY],
  ['the key policy names the role', { key: [to(ROLE)] }, 'allowed'],
  ['the key policy names the role by id', { key: [to('AROAGTEXECGTEXECGTEXE')] }, 'allowed'],
  ['the key policy names the session', { key: [to(SESSION)] }, 'allowed'],
  ['the key policy names everybody', { key: [{ ...ALLOW, Principal: '*' }] }, 'allowed'],
  [
    'the key policy names a service',
    { key: [{ ...ALLOW, Principal: { Service: 's3.amazonaws.com' } }] },
    NO_KEY_POLICY,
  ],
  ['the key policy delegates alone', { key: [to(ROOT)] }, NO_IDENTITY],
  ['the role has a policy alone', { role: [ALLOW] }, NO_KEY_POLICY],
  [
    'the key policy delegates and the role has a policy',
    { key: [to('111122223333')], role: [ALLOW] },
    'allowed',
  ],
  [
    'the key policy denies',
    { key: [to(ROLE), { ...DENY, Principal: { AWS: ROOT } }] },
    'with an explicit deny in a resource-based policy',
  ],
  ['the role denies', { key: [to(ROLE)], role: [DENY] }, 'with an explicit deny in an identity-based policy'],
  [
    'the boundary denies',
    { key: [to(ROLE)], boundary: [DENY] },
    'with an explicit deny in a permissions boundary',
  ],
  ['the boundary does not cover a named role', { key: [to(ROLE)], boundary: [] }, NO_BOUNDARY],
  ['the boundary does not cover delegation', { key: [to(ROOT)], role: [ALLOW], boundary: [] }, NO_BOUNDARY],
  ['the boundary does not cut a session', { key: [to(SESSION)], boundary: [] }, 'allowed'],
  [
    'an SCP denies',
    { key: [to(ROLE)], scps: [[document(ALLOW, DENY)]] },
    'with an explicit deny in a service control policy',
  ],
  [
    'an SCP level does not allow',
    { key: [to(ROLE)], scps: [[document(ALLOW)], [document()]] },
    'because no service control policy allows the kms:Decrypt action',
  ],
  [
    'an RCP denies',
    { key: [to(ROLE)], rcps: [document({ ...DENY, Principal: '*' })] },
    'with an explicit deny in a resource control policy',
  ],
  ['a Deny spares the listed', { key: [to(ROLE), { ...DENY, NotPrincipal: { AWS: [ROLE] } }] }, 'allowed'],
  [
    'a Deny spares the listed session',
    { key: [to(ROLE), { ...DENY, NotPrincipal: { AWS: SESSION } }] },
    'allowed',
  ],
  [
    'a Deny does not spare others',
    { key: [to(ROLE), { ...DENY, NotPrincipal: { AWS: ROOT } }] },
    'with an explicit deny in a resource-based policy',
  ],
  [
    'a Deny spares nobody with a boundary',
    { key: [to(ROLE), { ...DENY, NotPrincipal: { AWS: [ROLE] } }], boundary: [ALLOW] },
    'with an explicit deny in a resource-based policy',
  ],
  ['a grant covers it', { grants: [own({})] }, 'allowed'],
  ['a grant covers the session', { grants: [own({ GranteePrincipal: SESSION })] }, 'allowed'],
  ['a grant is for another', { grants: [own({ GranteePrincipal: ROOT })] }, NO_KEY_POLICY],
  ['a grant is for something else', { grants: [own({ Operations: ['Encrypt'] })] }, NO_KEY_POLICY],
  [
    'a grant needs a context',
    { grants: [own({ Constraints: { EncryptionContextEquals: { a: 'b' } } })] },
    NO_KEY_POLICY,
  ],
  ['a grant needs a source', { grants: [own({ Constraints: { SourceArn: ROOT } })] }, NO_KEY_POLICY],
  [
    'across accounts the key policy alone is not enough',
    { key: [to(ROLE)], keyAccount: '444455556666' },
    FOREIGN,
  ],
  ['across accounts the role alone is not enough', { role: [ALLOW], keyAccount: '444455556666' }, FOREIGN],
  ['across accounts both are', { key: [to(ROOT)], role: [ALLOW], keyAccount: '444455556666' }, 'allowed'],
  [
    'across accounts a grant of the own account is enough',
    { grants: [own({})], keyAccount: '444455556666' },
    'allowed',
  ],
  [
    'across accounts a grant of the other needs the role',
    { grants: [own({ IssuingAccount: 'arn:aws:iam::444455556666:root' })], keyAccount: '444455556666' },
    FOREIGN,
  ],
  [
    'a statement without Resource has no effect',
    { key: [{ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:*' }] },
    NO_KEY_POLICY,
  ],
  [
    'a statement without Action has no effect',
    { key: [{ Effect: 'Allow', Principal: { AWS: ROLE }, Resource: '*' }] },
    NO_KEY_POLICY,
  ],
  [
    'NotAction leaves out',
    { key: [{ Effect: 'Allow', Principal: { AWS: ROLE }, NotAction: 'kms:DECRYPT', Resource: '*' }] },
    NO_KEY_POLICY,
  ],
  [
    'NotResource leaves in',
    { key: [to(ROOT)], role: [{ Effect: 'Allow', NotAction: 's3:*', NotResource: 'arn:aws:s3:::*' }] },
    'allowed',
  ],
  [
    'a resource pattern matches part by part',
    { key: [to(ROOT)], role: [{ ...ALLOW, Resource: 'arn:aws:kms:us-east-1:111122223333:key/*' }] },
    'allowed',
  ],
  [
    'an alias is no resource',
    { key: [to(ROOT)], role: [{ ...ALLOW, Resource: 'arn:aws:kms:us-east-1:111122223333:alias/gt' }] },
    NO_IDENTITY,
  ],
  [
    'a variable is filled in',
    {
      key: [
        to(ROLE, {
          Condition: {
            StringEquals: {
              'aws:PrincipalTag/team': "${aws:PrincipalTag/team, 'none'}",
              'aws:userid': '${aws:userid}',
            },
          },
        }),
      ],
    },
    'allowed',
  ],
  [
    'a variable has a default',
    {
      key: [
        to(ROLE, { Condition: { StringEquals: { 'aws:PrincipalTag/team': "${aws:Nothing, 'vision'}" } } }),
      ],
    },
    'allowed',
  ],
  [
    'a variable without a value matches nothing',
    { key: [to(ROOT)], role: [{ ...ALLOW, Resource: '${aws:Nothing}*' }] },
    NO_IDENTITY,
  ],
  [
    'an escaped star is a star',
    { key: [to(ROLE, { Condition: { StringEquals: { 'aws:PrincipalTag/team': '${*}' } } })] },
    NO_KEY_POLICY,
  ],
  [
    'tags and aliases of the key count',
    {
      key: [
        to(ROLE, {
          Condition: {
            StringEquals: { 'aws:ResourceTag/stage': 'test' },
            'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/*' },
          },
        }),
      ],
    },
    'allowed',
  ],
])('decrypting when %s', async (_, world, expected) => {
  expect(await judged(world)).toBe(expected)
})

test('without version 2012-10-17 a variable is plain text', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  const condition = { StringEquals: { 'aws:PrincipalArn': '${aws:PrincipalArn}' } }
  const { keyArn } = cloud.key({ policy: { Statement: to(ROLE, { Condition: condition }) } })

  expect(await decrypt(cloud, keyArn)).toBe(NO_KEY_POLICY)
})

const CONDITIONS: [boolean, Record<string, Record<string, string | boolean | (string | number)[]>>][] = [
  [true, { StringEquals: { 'AWS:PRINCIPALARN': [ROLE, 'x'] } }],
  [false, { StringNotEquals: { 'aws:PrincipalArn': [ROLE, 'x'] } }],
  [true, { StringNotEquals: { 'aws:Nothing': 'x' } }],
  [false, { StringEquals: { 'aws:Nothing': 'x' } }],
  [true, { StringEqualsIfExists: { 'aws:Nothing': 'x' } }],
  [true, { StringEqualsIgnoreCase: { 'aws:PrincipalTag/team': 'VISION' } }],
  [false, { StringNotEqualsIgnoreCase: { 'aws:PrincipalTag/team': 'VISION' } }],
  [true, { StringLike: { 'aws:PrincipalTag/team': 'v?s*' } }],
  [false, { StringNotLike: { 'aws:PrincipalTag/team': 'v?s*' } }],
  [true, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Gt*' } }],
  [false, { ArnLike: { 'aws:PrincipalArn': 'arn:*' } }],
  [true, { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } }],
  [false, { ArnNotLike: { 'aws:PrincipalArn': ROLE } }],
  [true, { Bool: { 'aws:SecureTransport': true } }],
  [true, { Null: { 'aws:Nothing': 'true', 'aws:PrincipalArn': 'false' } }],
  [false, { Null: { 'aws:PrincipalArn': true } }],
  [true, { NumericEquals: { 'aws:PrincipalAccount': [111122223333] } }],
  [false, { NumericNotEquals: { 'aws:PrincipalAccount': '111122223333' } }],
  [true, { NumericLessThan: { 'aws:PrincipalAccount': '999999999999' } }],
  [true, { NumericLessThanEquals: { 'aws:PrincipalAccount': '111122223333' } }],
  [false, { NumericGreaterThan: { 'aws:PrincipalAccount': '111122223333' } }],
  [true, { NumericGreaterThanEquals: { 'aws:PrincipalAccount': '111122223333' } }],
  [true, { DateGreaterThan: { 'aws:CurrentTime': '2026-11-23T08:59:59Z' } }],
  [true, { DateGreaterThanEquals: { 'aws:CurrentTime': '2026-11-23T09:00:00Z' } }],
  [false, { DateLessThan: { 'aws:CurrentTime': '1700000000' } }],
  [true, { DateLessThanEquals: { 'aws:CurrentTime': '2026-11-23T09:00:00Z' } }],
  [true, { DateEquals: { 'aws:CurrentTime': '2026-11-23T09:00:00Z' } }],
  [false, { DateNotEquals: { 'aws:CurrentTime': '2026-11-23T09:00:00Z' } }],
  [true, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
  [false, { IpAddress: { 'aws:SourceIp': '203.0.113.11' } }],
  [true, { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }],
  [true, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }],
  [false, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } }],
  [false, { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } }],
  [true, { 'ForAnyValue:StringNotEquals': { 'kms:ResourceAliases': ['alias/a'] } }],
  [false, { StringNotEquals: { 'kms:ResourceAliases': ['alias/a'] } }],
  [false, { 'ForAllValues:StringEquals': { 'kms:ResourceAliases': ['alias/a'] } }],
  [false, { BinaryEquals: { 'aws:PrincipalArn': 'x' } }],
]

test.each(CONDITIONS)('%s: a statement with the condition %j applies', async (expected, Condition) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', tags: { team: 'vision' } })
  const { keyArn } = cloud.key({
    alias: ['alias/a', 'alias/b'],
    policy: document(to(ROLE, { Condition: Condition as NonNullable<PolicyStatement['Condition']> })),
  })

  expect(await decrypt(cloud, keyArn)).toBe(expected ? 'allowed' : NO_KEY_POLICY)
})

test('grants bound to a context still let the key be described', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  const constrained = own({
    Operations: ['DescribeKey'],
    Constraints: { EncryptionContextSubset: { team: 'vision' } },
  })
  const { keyArn } = cloud.key({ policy: document(), grants: [constrained] })

  const { KeyMetadata } = await cloud.as(SESSION).send(new DescribeKeyCommand({ KeyId: keyArn }))

  expect(KeyMetadata.Arn).toBe(keyArn)
})

test('the default caller may do everything at home, and what it is allowed elsewhere', async () => {
  const cloud = fakeAws()
  const closed = cloud.key({ policy: document() })
  const theirs = cloud.key({ account: '444455556666', policy: document() })
  const shared = cloud.key({
    account: '444455556666',
    policy: document(to('111122223333', { Action: 'kms:*' })),
  })
  const look = (KeyId: string) => cloud.send(new DescribeKeyCommand({ KeyId }))

  const refused = await refusal(look(theirs.keyArn))

  expect((await look(closed.keyArn)).KeyMetadata.Arn).toBe(closed.keyArn)
  expect((await look(shared.keyArn)).KeyMetadata.Arn).toBe(shared.keyArn)
  expect(refused).toEqual({
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:DescribeKey on this resource ${FOREIGN}`,
  })
})

test('other users are administrators under the key policy, or what their policies make them', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  const closed = cloud.key({ policy: document() })
  const { userArn } = cloud.user({ name: 'ana', policies: { none: document() } })
  const ben = 'arn:aws:iam::111122223333:user/ben'

  expect(await decrypt(cloud, keyArn, ben)).toBe('allowed')
  expect(await decrypt(cloud, closed.keyArn, ben)).toBe(NO_KEY_POLICY)
  expect(await decrypt(cloud, keyArn, userArn)).toBe(NO_IDENTITY)
  expect(await decrypt(cloud, closed.keyArn, ROOT)).toBe('allowed')
})

test('in a strict fake the default caller has what it was given', async () => {
  const cloud = fakeAws({ strict: true })
  const { keyArn } = cloud.key()
  cloud.user({
    name: 'dev',
    policies: {
      reader: document(
        { Effect: 'Allow', Action: 'kms:GetKeyPolicy', Resource: keyArn },
        { Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' },
      ),
    },
  })

  const read = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))
  const listed = await cloud.send(new ListAliasesCommand({}))
  const unread = await refusal(cloud.send(new DescribeKeyCommand({ KeyId: keyArn })))
  const noRole = await refusal(cloud.send(new GetRoleCommand({ RoleName: 'None' })))

  expect(read.PolicyName).toBe('default')
  expect(listed.Aliases).toEqual([])
  expect(unread.message).toContain('because no identity-based policy allows the kms:DescribeKey action')
  expect(noRole).toEqual({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: iam:GetRole on resource: arn:aws:iam::111122223333:role/None because no identity-based policy allows the iam:GetRole action',
  })
})

test('an action on everything is refused without a resource', async () => {
  const cloud = fakeAws({ strict: true })

  const refused = await refusal(cloud.send(new ListAliasesCommand({})))

  expect(refused.message).toBe(
    'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:ListAliases because no identity-based policy allows the kms:ListAliases action',
  )
})

test('a boundary caps what a role may do beside keys', async () => {
  const cloud = fakeAws()
  cloud.role({
    name: 'GtExec',
    inline: { Base: document({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }) },
    boundary: document({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
  })

  const refused = await refusal(cloud.as(SESSION).send(new GetRoleCommand({ RoleName: 'GtExec' })))

  expect(refused.message).toContain('because no permissions boundary allows the iam:GetRole action')
})

test('a user who was named needs no policy to assume a role, one whose account was named does', async () => {
  const cloud = fakeAws({ strict: true })
  const { userArn } = cloud.user({ name: 'ana' })
  const trust = (AWS: string) => document({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })
  const { roleArn: named } = cloud.role({ name: 'Named', trust: trust(userArn) })
  const { roleArn: delegated } = cloud.role({ name: 'Delegated', trust: trust(ROOT) })
  const { roleArn: session } = cloud.role({
    name: 'ForSession',
    trust: trust('arn:aws:sts::111122223333:assumed-role/Named/me'),
  })
  const assume = (RoleArn: string, caller = userArn) =>
    cloud.as(caller).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }))

  const { AssumedRoleUser } = await assume(named)
  const refused = await refusal(assume(delegated))
  const chained = await assume(session, AssumedRoleUser.Arn)
  const byRoot = await assume(delegated, ROOT)

  expect(refused.name).toBe('AccessDenied')
  expect(chained.AssumedRoleUser.Arn).toContain('ForSession/me')
  expect(byRoot.AssumedRoleUser.Arn).toContain('Delegated/me')
})

test('a session of a role that is gone may do nothing', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec', inline: { Base: document(ALLOW) } })
  const { keyArn } = cloud.key()
  const session = cloud.as(SESSION)

  cloud.deleteRole(roleArn)
  const refused = await refusal(
    session.send(new DecryptCommand({ KeyId: keyArn, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })),
  )

  expect(refused.message).toContain(NO_IDENTITY)
})

test.each(['hello', '7', 'null'])('a key policy that is %s allows nothing', async (policy) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  const { keyArn } = cloud.key({ policy })

  expect(await decrypt(cloud, keyArn)).toBe(NO_KEY_POLICY)
})
