import { describe, expect, test } from 'vitest'
import { decoded } from '../../../src/permissions/read/read-policies.js'
import { accountOf, readRole } from '../../../src/permissions/read/read-role.js'
import { makeReader } from '../../../src/permissions/read/reader.js'
import { allowText, cloudWith, failing, ROLE } from '../labeling-account.js'
import { type Answers, scripted } from './scripted-aws.js'

const USE = allowText('kms:*', '*')
const MANAGED = 'arn:aws:iam::111122223333:policy/Use'
const NOT_WHOLE = "AWS's answer is not whole"

const FOUND = {
  'iam:GetRole': () => ({ Role: { Arn: ROLE, RoleName: 'GtExec', AssumeRolePolicyDocument: '{}' } }),
  'iam:ListRolePolicies': () => ({ PolicyNames: [] }),
  'iam:ListAttachedRolePolicies': () => ({ AttachedPolicies: [] }),
}
const READ = {
  given: ROLE,
  arn: ROLE,
  name: 'GtExec',
  account: '111122223333',
  presence: 'found',
  tags: {},
  trustPolicy: '{}',
  identityPolicies: [],
  boundary: null,
}
const UNREAD = {
  ...READ,
  trustPolicy: 'UNREADABLE',
  identityPolicies: [{ name: 'identity-policies', policy: 'UNREADABLE' }],
}
const NO_BOUNDARY_KNOWN = { name: 'boundary', policy: 'UNREADABLE' }

async function read(answers: Answers, account: string | undefined = '111122223333', cloud = cloudWith()) {
  const { aws, asked } = scripted(cloud.connect(), answers)
  const reader = makeReader(aws)
  const role = await readRole(ROLE, Promise.resolve(account === '' ? undefined : account), reader)
  return { role, denied: reader.denied, asked }
}

describe('what IAM says of a role', () => {
  test('is the role with its policies, from whatever page, decoded', async () => {
    const createdAt = new Date('2026-01-01')

    const { role, denied, asked } = await read({
      'iam:GetRole': () => ({
        Role: {
          Arn: ROLE,
          RoleName: 'GtExec',
          RoleId: 'AROAEXAMPLEGT0000001',
          CreateDate: createdAt,
          Tags: [{ Key: 'team', Value: 'vision' }, { Key: 'empty' }],
          AssumeRolePolicyDocument: encodeURIComponent('{"Statement":[]}'),
          PermissionsBoundary: { PermissionsBoundaryArn: MANAGED },
        },
      }),
      'iam:ListRolePolicies': ({ Marker }) =>
        Marker === undefined
          ? { PolicyNames: ['A'], IsTruncated: true, Marker: 'second' }
          : { PolicyNames: ['B'], IsTruncated: false, Marker: 'none' },
      'iam:GetRolePolicy': () => ({ PolicyDocument: encodeURIComponent(USE) }),
      'iam:ListAttachedRolePolicies': () => ({ AttachedPolicies: [{ PolicyArn: MANAGED }] }),
      'iam:GetPolicy': () => ({ Policy: { DefaultVersionId: 'v3' } }),
      'iam:GetPolicyVersion': () => ({ PolicyVersion: { Document: USE } }),
    })

    expect(role).toEqual({
      ...READ,
      roleId: 'AROAEXAMPLEGT0000001',
      createdAt,
      tags: { team: 'vision', empty: '' },
      trustPolicy: '{"Statement":[]}',
      identityPolicies: [
        { name: 'inline:A', policy: USE },
        { name: 'inline:B', policy: USE },
        { name: `managed:${MANAGED}@v3`, policy: USE },
      ],
      boundary: { name: `boundary:${MANAGED}@v3`, policy: USE },
    })
    expect(denied).toEqual([])
    expect(asked.filter(([name]) => name === 'iam:ListRolePolicies')).toEqual([
      ['iam:ListRolePolicies', { RoleName: 'GtExec' }],
      ['iam:ListRolePolicies', { RoleName: 'GtExec', Marker: 'second' }],
    ])
  })

  test('has no id, date or tags that IAM does not give', async () => {
    expect((await read(FOUND)).role).toStrictEqual(READ)
  })

  test.each([
    ['iam:GetRole', 'the role GtExec'],
    ['iam:ListRolePolicies', 'its inline policies'],
    ['iam:ListAttachedRolePolicies', 'its attached policies'],
  ])('is that it is not there, when %s of its own account has no such entity', async (call) => {
    const { [call as keyof typeof FOUND]: _, ...others } = FOUND
    const cloud = cloudWith()
    failing(cloud, call, 'NoSuchEntityException')

    expect((await read(others, '111122223333', cloud)).role).toEqual({ ...UNREAD, presence: 'not-found' })
    expect((await read(others, '444455556666', cloud)).role).toEqual({
      ...UNREAD,
      presence: 'unreadable',
      boundary: NO_BOUNDARY_KNOWN,
    })
    expect((await read(others, '', cloud)).role).toEqual({
      ...UNREAD,
      presence: 'unreadable',
      boundary: NO_BOUNDARY_KNOWN,
    })
  })

  test('says nothing of a role of the same name in another account', async () => {
    const { role } = await read(FOUND, '444455556666')

    expect(role).toEqual({ ...UNREAD, presence: 'unreadable', boundary: NO_BOUNDARY_KNOWN })
  })

  test('counts where the account of the caller is not known, as far as the ARN shows whose role it is', async () => {
    const other = { ...FOUND, 'iam:GetRole': () => ({ Role: { Arn: ROLE.replace('1111', '4444') } }) }

    expect((await read(FOUND, '')).role).toEqual(READ)
    expect((await read(other, '')).role).toEqual({
      ...UNREAD,
      presence: 'unreadable',
      boundary: NO_BOUNDARY_KNOWN,
    })
  })

  test('keeps the policies when the role itself may not be read', async () => {
    const { 'iam:GetRole': _, ...others } = FOUND
    const cloud = cloudWith()
    failing(cloud, 'iam:GetRole', 'AccessDenied', 'no')

    const { role, denied } = await read(
      {
        ...others,
        'iam:ListRolePolicies': () => ({ PolicyNames: ['A'] }),
        'iam:GetRolePolicy': () => ({ PolicyDocument: USE }),
      },
      '111122223333',
      cloud,
    )

    expect(role).toEqual({
      ...UNREAD,
      presence: 'unreadable',
      identityPolicies: [{ name: 'inline:A', policy: USE }],
      boundary: NO_BOUNDARY_KNOWN,
    })
    expect(denied.map(({ source, permissionNeeded }) => [source, permissionNeeded])).toEqual([
      ['the role GtExec', 'iam:GetRole'],
    ])
  })
})

test.each([
  { Role: {} },
  { Role: { Arn: '' } },
  { Role: { Arn: 7 } },
  { Role: { Arn: ROLE, Tags: {} } },
  { Role: { Arn: ROLE, Tags: [{ Key: 'team' }, { Value: 'vision' }] } },
])('a role given as %j is not known', async (answer) => {
  const { role, denied } = await read({ ...FOUND, 'iam:GetRole': () => answer })

  expect(role).toEqual({
    ...UNREAD,
    presence: 'unreadable',
    identityPolicies: [],
    boundary: NO_BOUNDARY_KNOWN,
  })
  expect(denied).toEqual([{ source: 'the role GtExec', permissionNeeded: 'iam:GetRole', because: NOT_WHOLE }])
})

describe('a policy of a role', () => {
  const attached = {
    ...FOUND,
    'iam:ListAttachedRolePolicies': () => ({ AttachedPolicies: [{ PolicyArn: MANAGED }] }),
  }

  test.each([
    ['iam:GetPolicy', { Policy: {} }, `managed:${MANAGED}`],
    ['iam:GetPolicy', {}, `managed:${MANAGED}`],
    ['iam:GetPolicyVersion', {}, `managed:${MANAGED}@v1`],
    ['iam:GetPolicyVersion', { PolicyVersion: { Document: '%' } }, `managed:${MANAGED}@v1`],
  ])('is unreadable, and said once, when %s answers %j', async (call, answer, name) => {
    const { role, denied } = await read({
      ...attached,
      'iam:GetPolicy': () => ({ Policy: { DefaultVersionId: 'v1' } }),
      [call]: () => answer,
    })

    expect(role.identityPolicies).toEqual([{ name, policy: 'UNREADABLE' }])
    expect(denied).toEqual([{ source: `the policy ${MANAGED}`, permissionNeeded: call, because: NOT_WHOLE }])
  })

  test('is unreadable, and nothing is said of it, when it was deleted since it was listed', async () => {
    const cloud = cloudWith()
    failing(cloud, 'iam:GetPolicy', 'NoSuchEntity')

    const { role, denied } = await read(attached, '111122223333', cloud)

    expect(role.identityPolicies).toEqual([{ name: `managed:${MANAGED}`, policy: 'UNREADABLE' }])
    expect(denied).toEqual([])
  })

  test('that is inline is none when it was deleted since it was listed, and unreadable by its name when refused', async () => {
    const inline = { ...FOUND, 'iam:ListRolePolicies': () => ({ PolicyNames: ['A'] }) }
    const [deleted, refused] = [cloudWith(), cloudWith()]
    failing(deleted, 'iam:GetRolePolicy', 'NoSuchEntity')
    failing(refused, 'iam:GetRolePolicy', 'AccessDenied', 'no')

    const none = await read(inline, '111122223333', deleted)
    const hidden = await read(inline, '111122223333', refused)

    expect([none.role.identityPolicies, none.denied]).toEqual([[], []])
    expect(hidden.role.identityPolicies).toEqual([{ name: 'inline:A', policy: 'UNREADABLE' }])
    expect(hidden.denied.map(({ source }) => source)).toEqual(['the inline policy A of the role GtExec'])
  })

  test.each([{}, { PermissionsBoundaryArn: '' }, { PermissionsBoundaryArn: 7 }])(
    'that bounds it is unreadable when given as %j',
    async (PermissionsBoundary) => {
      const { role, denied } = await read({
        ...FOUND,
        'iam:GetRole': () => ({ Role: { Arn: ROLE, RoleName: 'GtExec', PermissionsBoundary } }),
      })

      expect(role).toEqual({ ...READ, trustPolicy: 'UNREADABLE', boundary: NO_BOUNDARY_KNOWN })
      expect(denied).toEqual([
        {
          source: 'the permissions boundary of the role GtExec',
          permissionNeeded: 'iam:GetRole',
          because: NOT_WHOLE,
        },
      ])
    },
  )

  test('that bounds it is none when IAM gives null', async () => {
    const { role } = await read({
      ...FOUND,
      'iam:GetRole': () => ({
        Role: { Arn: ROLE, AssumeRolePolicyDocument: '{}', PermissionsBoundary: null },
      }),
    })

    expect(role).toEqual(READ)
  })
})

test('a document of IAM is decoded where it is encoded, and left where it is not', () => {
  expect(['{"a":"100%25"}', '%7B%22a%22%3A%22100%2525%22%7D', '%', undefined].map(decoded)).toEqual([
    '{"a":"100%25"}',
    '{"a":"100%25"}',
    undefined,
    undefined,
  ])
})

test('the account of a role or user is that of its ARN', () => {
  expect([{ Arn: ROLE }, { Arn: 'x' }, {}, undefined].map(accountOf)).toEqual([
    '111122223333',
    undefined,
    undefined,
    undefined,
  ])
})
