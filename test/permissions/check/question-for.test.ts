import { describe, expect, test } from 'vitest'
import { questionFor, sessionTags } from '../../../src/permissions/check/decide-requirements.js'
import type { KeySources } from '../../../src/permissions/read/read-key.js'
import type { PermissionSources } from '../../../src/permissions/read/read-permissions.js'
import type { RoleSources } from '../../../src/permissions/read/read-role.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111'
const FAR = KEY.replace('111122223333', '999988887777')
const trust = (Action: unknown, more: object = {}) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Principal: '*', ...more }] })
const ASSUMED = trust('sts:AssumeRole')

const role = (more: Partial<RoleSources> = {}): RoleSources => ({
  given: ROLE,
  arn: ROLE,
  name: 'GtExec',
  account: '111122223333',
  presence: 'found',
  roleId: 'AROA17',
  tags: {},
  trustPolicy: ASSUMED,
  identityPolicies: [],
  boundary: null,
  ...more,
})
const key = (more: Partial<KeySources> = {}, of: object = {}) =>
  ({
    key: { arn: KEY, origin: 'AWS_KMS', multiRegion: false, ...of },
    policy: '{"Statement":[]}',
    sharedPolicy: null,
    grants: [],
    ...more,
  }) as unknown as KeySources

interface Given {
  readonly role?: Partial<RoleSources>
  readonly key?: KeySources
  readonly organization?: PermissionSources['organization']
  readonly purposes?: readonly ('output' | 'volume')[]
  readonly keyArn?: string
}

const question = (given: Given = {}) =>
  questionFor(
    { keyArn: given.keyArn ?? KEY, action: 'kms:Decrypt', purposes: given.purposes ?? ['output'] },
    {
      role: role(given.role),
      keys: [key({ policy: 'another' }, { arn: 'arn:another' }), ...(given.key ? [given.key] : [])],
      readAt: new Date('2026-11-25T00:00:00Z'),
      runsUntil: new Date('2026-12-25T00:00:00Z'),
      organization: given.organization,
    },
  )
const KEY_FACTS = {
  'kms:KeySpec': 'SYMMETRIC_DEFAULT',
  'kms:KeyUsage': 'ENCRYPT_DECRYPT',
  'kms:KeyOrigin': 'AWS_KMS',
  'kms:MultiRegion': 'false',
}

test('a question holds all that was read of role and key', () => {
  const boundary = { name: 'boundary:B', policy: '{}' }

  expect(question({ key: key(), role: { boundary } })).toEqual({
    roleArn: ROLE,
    roleId: 'AROA17',
    keyArn: KEY,
    action: 'kms:Decrypt',
    keyPolicy: '{"Statement":[]}',
    sharedKeyPolicy: null,
    identityPolicies: [],
    boundary,
    grants: [],
    context: KEY_FACTS,
    absentContextKeys: [],
    possibleValues: { 'aws:CurrentTime': ['2026-11-25T00:00:00.000Z', '2026-12-25T00:00:00.000Z'] },
    paths: ['direct', 'via-s3', 'via-sagemaker'].map((name) => expect.objectContaining({ name })),
  })
})

test('a key that was not read is unreadable', () => {
  expect(question()).toMatchObject({
    keyPolicy: 'UNREADABLE',
    sharedKeyPolicy: null,
    grants: 'UNREADABLE',
    context: {},
  })
})

test('only the key of a volume is reached through EC2', () => {
  const names = (purposes: Given['purposes']) =>
    question({ purposes: purposes ?? [] }).paths?.map((each) => each.name)

  expect(names(['volume'])).toEqual(['direct', 'via-s3', 'via-sagemaker', 'via-ec2'])
  expect(names(['output', 'volume'])).toEqual(['direct', 'via-s3', 'via-sagemaker', 'via-ec2'])
  expect(names(['output'])).toEqual(['direct', 'via-s3', 'via-sagemaker'])
})

test.each([
  ['{"Statement":[]}', 'UNREADABLE', 'UNREADABLE'],
  ['UNREADABLE', 'UNREADABLE', null],
  ['UNREADABLE', '{}', '{}'],
  ['{"Statement":[]}', '{}', '{}'],
  ['{"Statement":[]}', null, null],
])(
  'where the policy of a key is %s and that of AWS RAM %s, the latter is asked with as %s',
  (own, shared, asked) => {
    const read = key({ policy: own, sharedPolicy: shared } as Partial<KeySources>)

    expect(question({ key: read }).sharedKeyPolicy).toBe(asked)
  },
)

describe('what is known of a key', () => {
  const mentions = (...names: string[]) => ({
    identityPolicies: [{ name: 'inline:K', policy: JSON.stringify(names) }],
  })

  test('whose origin KMS did not tell', () => {
    const { 'kms:KeyOrigin': _, ...rest } = KEY_FACTS

    expect(question({ key: key({}, { origin: 'unknown', multiRegion: true }) }).context).toEqual({
      ...rest,
      'kms:MultiRegion': 'true',
    })
  })

  test('with aliases, without, and where they were not read', () => {
    const asked = (aliases: readonly string[] | undefined) => {
      const { context, absentContextKeys } = question({ key: key({ aliases } as Partial<KeySources>) })
      return [context?.['kms:ResourceAliases'], absentContextKeys]
    }

    expect(asked(['alias/a'])).toEqual([['alias/a'], []])
    expect(asked([])).toEqual([undefined, ['kms:ResourceAliases']])
    expect(asked(undefined)).toEqual([undefined, []])
  })

  test('with tags: those that policies mention and it has not are absent', () => {
    const policies = mentions('aws:ResourceTag/Team', 'AWS:ResourceTag/crew', 'aws:ResourceTag/Crew')
    const tags = { team: 'cats', other: 'x' }
    const read = question({ key: key({ tags } as Partial<KeySources>), role: policies })

    expect(read.context).toEqual({
      ...KEY_FACTS,
      'aws:ResourceTag/team': 'cats',
      'aws:ResourceTag/other': 'x',
    })
    expect(read.absentContextKeys).toEqual(['AWS:ResourceTag/crew', 'aws:ResourceTag/Crew'])
    expect(question({ key: key(), role: policies }).absentContextKeys).toEqual([])
  })

  test('tags that only the policy of the key or of AWS RAM mentions are looked for as well', () => {
    const policies = { policy: '"aws:ResourceTag/one"', sharedPolicy: '"aws:ResourceTag/two"' }

    expect(
      question({ key: key({ ...policies, tags: {} } as Partial<KeySources>) }).absentContextKeys,
    ).toEqual(['aws:ResourceTag/one', 'aws:ResourceTag/two'])
  })

  test('of another account the organization is not known', () => {
    const organization = { id: 'o-1' }

    expect(question({ organization }).context).toEqual({
      'aws:PrincipalOrgID': 'o-1',
      'aws:ResourceOrgID': 'o-1',
    })
    expect(question({ organization, keyArn: FAR }).context).toEqual({ 'aws:PrincipalOrgID': 'o-1' })
    expect(question({ organization: 'none', keyArn: FAR }).absentContextKeys).toEqual([
      'aws:PrincipalOrgID',
      'aws:PrincipalOrgPaths',
    ])
  })
})

describe('the tags of a role are those of its sessions', () => {
  const POLICIES = ['aws:PrincipalTag/Team', 'aws:PrincipalTag/Crew']
  const NOTHING = { context: {}, absent: [] }
  const TAGS = { context: { 'aws:PrincipalTag/team': 'cats' }, absent: ['aws:PrincipalTag/Crew'] }
  const tagsWith = (more: Partial<RoleSources>) =>
    sessionTags(role({ tags: { team: 'cats' }, ...more }), JSON.stringify(POLICIES))

  test('where the role was read, and no session is given tags', () => {
    expect(tagsWith({})).toEqual(TAGS)
    expect(tagsWith({ presence: 'unreadable' })).toEqual(NOTHING)
    expect(tagsWith({ presence: 'not-found' })).toEqual(NOTHING)
    expect(tagsWith({ trustPolicy: 'UNREADABLE' })).toEqual(NOTHING)
  })

  test.each([
    [trust('sts:TagSession'), NOTHING],
    [trust(['sts:AssumeRole', 'STS:tagsession']), NOTHING],
    [trust('sts:*'), NOTHING],
    [trust('*'), NOTHING],
    [trust('sts:Tag*'), NOTHING],
    [trust('sts:Assume*'), TAGS],
    [trust('sts:TagSession', { Effect: 'Deny' }), TAGS],
    [trust(undefined), NOTHING],
    [trust(7), NOTHING],
    [JSON.stringify({ Statement: ['x'] }), NOTHING],
    [JSON.stringify({ Statement: [] }), TAGS],
    ['no JSON', NOTHING],
    [
      JSON.stringify({
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole' },
          { Effect: 'Allow', Action: 'sts:TagSession' },
        ],
      }),
      NOTHING,
    ],
  ])('under the trust policy %s', (trustPolicy, tags) => {
    expect(tagsWith({ trustPolicy })).toEqual(tags)
  })
})
