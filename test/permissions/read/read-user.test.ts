import { describe, expect, test } from 'vitest'
import { readUser } from '../../../src/permissions/read/read-user.js'
import { makeReader } from '../../../src/permissions/read/reader.js'
import { allowText, cloudWith, failing } from '../labeling-account.js'
import { type Answers, scripted } from './scripted-aws.js'

const USER = 'arn:aws:iam::111122223333:user/team/ops'
const USE = allowText('kms:*', '*')
const MANAGED = 'arn:aws:iam::111122223333:policy/Use'
const HIDDEN = { name: 'user-policies', policy: 'UNREADABLE' }
const NOT_WHOLE = "AWS's answer is not whole"

const FOUND = {
  'iam:GetUser': () => ({ User: { Arn: USER, UserName: 'ops' } }),
  'iam:ListUserPolicies': () => ({ PolicyNames: [] }),
  'iam:ListAttachedUserPolicies': () => ({ AttachedPolicies: [] }),
  'iam:ListGroupsForUser': () => ({ Groups: [] }),
}
const READ = {
  given: USER,
  arn: USER,
  name: 'ops',
  account: '111122223333',
  presence: 'found',
  tags: {},
  trustPolicy: '{"Statement":[]}',
  identityPolicies: [],
  boundary: null,
}
const UNREAD = { ...READ, presence: 'unreadable', identityPolicies: [HIDDEN], boundary: HIDDEN }

async function read(answers: Answers, account: string | undefined = '111122223333', cloud = cloudWith()) {
  const { aws, asked } = scripted(cloud.connect(), answers)
  const reader = makeReader(aws)
  const user = await readUser(USER, Promise.resolve(account === '' ? undefined : account), reader)
  return { user, denied: reader.denied, asked }
}

describe('what IAM says of a user', () => {
  test('is the user with its policies, those of its groups and its boundary', async () => {
    const { user, denied, asked } = await read({
      'iam:GetUser': () => ({
        User: {
          Arn: USER,
          UserName: 'ops',
          UserId: 'AIDAEXAMPLEOPS000001',
          Tags: [{ Key: 'team', Value: 'vision' }, { Key: 'empty' }],
          PermissionsBoundary: { PermissionsBoundaryArn: MANAGED },
        },
      }),
      'iam:ListUserPolicies': () => ({ PolicyNames: ['A'] }),
      'iam:GetUserPolicy': () => ({ PolicyDocument: encodeURIComponent(USE) }),
      'iam:ListAttachedUserPolicies': () => ({ AttachedPolicies: [{ PolicyArn: MANAGED }] }),
      'iam:ListGroupsForUser': ({ Marker }) =>
        Marker === undefined
          ? { Groups: [{ GroupName: 'Vision' }], IsTruncated: true, Marker: 'second' }
          : { Groups: [{ GroupName: 'Labels' }] },
      'iam:ListGroupPolicies': ({ GroupName }) => ({ PolicyNames: [`Of${GroupName}`] }),
      'iam:GetGroupPolicy': () => ({ PolicyDocument: USE }),
      'iam:ListAttachedGroupPolicies': ({ GroupName }) => ({
        AttachedPolicies: GroupName === 'Vision' ? [{ PolicyArn: MANAGED }] : [],
      }),
      'iam:GetPolicy': () => ({ Policy: { DefaultVersionId: 'v3' } }),
      'iam:GetPolicyVersion': () => ({ PolicyVersion: { Document: USE } }),
    })

    expect(user).toEqual({
      ...READ,
      roleId: 'AIDAEXAMPLEOPS000001',
      tags: { team: 'vision', empty: '' },
      identityPolicies: [
        { name: 'inline:A', policy: USE },
        { name: `managed:${MANAGED}@v3`, policy: USE },
        { name: 'inline:Vision/OfVision', policy: USE },
        { name: `managed:${MANAGED}@v3`, policy: USE },
        { name: 'inline:Labels/OfLabels', policy: USE },
      ],
      boundary: { name: `boundary:${MANAGED}@v3`, policy: USE },
    })
    expect(denied).toEqual([])
    expect(asked.filter(([name]) => /Groups|GetUserPolicy|GetGroupPolicy/.test(name))).toEqual(
      expect.arrayContaining([
        ['iam:ListGroupsForUser', { UserName: 'ops' }],
        ['iam:ListGroupsForUser', { UserName: 'ops', Marker: 'second' }],
        ['iam:GetUserPolicy', { UserName: 'ops', PolicyName: 'A' }],
        ['iam:GetGroupPolicy', { GroupName: 'Vision', PolicyName: 'OfVision' }],
        ['iam:GetGroupPolicy', { GroupName: 'Labels', PolicyName: 'OfLabels' }],
      ]),
    )
  })

  test('has no id and no tags that IAM does not give', async () => {
    expect((await read(FOUND)).user).toStrictEqual(READ)
  })

  test.each(Object.keys(FOUND))(
    'is that it is not there, when %s of its own account says so',
    async (call) => {
      const { [call as keyof typeof FOUND]: _, ...others } = FOUND
      const cloud = cloudWith()
      failing(cloud, call, 'NoSuchEntityException')

      expect((await read(others, '111122223333', cloud)).user).toEqual({
        ...UNREAD,
        presence: 'not-found',
        boundary: null,
      })
      expect((await read(others, '444455556666', cloud)).user).toEqual(UNREAD)
      expect((await read(others, '', cloud)).user).toEqual(UNREAD)
    },
  )

  test('says nothing of a user of the same name in another account', async () => {
    const other = { ...FOUND, 'iam:GetUser': () => ({ User: { Arn: USER.replace('1111', '4444') } }) }

    expect((await read(FOUND, '444455556666')).user).toEqual(UNREAD)
    expect((await read(other, '')).user).toEqual(UNREAD)
    expect((await read(FOUND, '')).user).toEqual(READ)
  })

  test('keeps the policies when the user itself may not be read', async () => {
    const { 'iam:GetUser': _, ...others } = FOUND
    const cloud = cloudWith()
    failing(cloud, 'iam:GetUser', 'AccessDenied', 'no')
    const policies = {
      'iam:ListUserPolicies': () => ({ PolicyNames: ['A'] }),
      'iam:GetUserPolicy': () => ({ PolicyDocument: USE }),
    }

    const { user, denied } = await read({ ...others, ...policies }, '111122223333', cloud)

    expect(user).toEqual({ ...UNREAD, identityPolicies: [{ name: 'inline:A', policy: USE }] })
    expect(denied.map(({ source, permissionNeeded }) => [source, permissionNeeded])).toEqual([
      ['the user ops', 'iam:GetUser'],
    ])
  })

  test('has no policies of a group that was deleted since it was listed', async () => {
    const cloud = cloudWith()
    failing(cloud, 'iam:ListGroupPolicies', 'NoSuchEntity')
    failing(cloud, 'iam:ListAttachedGroupPolicies', 'NoSuchEntity')
    const groups = { 'iam:ListGroupsForUser': () => ({ Groups: [{ GroupName: 'Gone' }] }) }

    expect((await read({ ...FOUND, ...groups }, '111122223333', cloud)).user).toEqual(READ)
  })
})

test.each([
  [{}],
  [{ User: {} }],
  [{ User: { Arn: '' } }],
  [{ User: { Arn: USER, Tags: {} } }],
  [{ User: { Arn: USER, Tags: [{ Key: 'team' }, { Value: 'vision' }] } }],
])('a user given as %j is not known', async (answer) => {
  const { user, denied } = await read({ ...FOUND, 'iam:GetUser': () => answer })

  expect(user).toEqual({ ...UNREAD, identityPolicies: [] })
  expect(denied).toEqual([{ source: 'the user ops', permissionNeeded: 'iam:GetUser', because: NOT_WHOLE }])
})

const IN_GROUP = {
  ...FOUND,
  'iam:ListGroupsForUser': () => ({ Groups: [{ GroupName: 'Vision' }] }),
  'iam:ListGroupPolicies': () => ({ PolicyNames: [] }),
  'iam:ListAttachedGroupPolicies': () => ({ AttachedPolicies: [] }),
}

test.each([
  ['iam:ListUserPolicies', {}, 'the inline policies of the user ops'],
  ['iam:ListAttachedUserPolicies', {}, 'the policies attached to the user ops'],
  ['iam:ListGroupsForUser', { Groups: [{}] }, 'the groups of the user ops'],
  ['iam:ListGroupPolicies', {}, 'the inline policies of the group Vision'],
  ['iam:ListAttachedGroupPolicies', {}, 'the policies attached to the group Vision'],
])('what %s answers as %j is not known, and said', async (call, answer, source) => {
  const { user, denied } = await read({ ...IN_GROUP, [call]: () => answer })

  expect(user).toEqual({ ...READ, identityPolicies: [HIDDEN] })
  expect(denied).toEqual([{ source, permissionNeeded: call, because: NOT_WHOLE }])
})
