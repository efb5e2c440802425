import { describe, expect, test } from 'vitest'
import { type KeySources, readKey, withAliases, withTags } from '../../../src/permissions/read/read-key.js'
import { makeReader } from '../../../src/permissions/read/reader.js'
import {
  cloudWith,
  DELEGATION,
  failing,
  JOB,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
} from '../labeling-account.js'
import { type Answers, scripted } from './scripted-aws.js'

const KEY = JOB.keys.output as NonNullable<typeof JOB.keys.output>
const POLICY = policyText(DELEGATION)
const NOT_WHOLE = "AWS's answer is not whole"
const READ: KeySources = { key: KEY, purposes: ['output'], policy: POLICY, sharedPolicy: null, grants: [] }

async function read(answers: Answers, cloud = cloudWith(POLICY)) {
  const { aws, asked } = scripted(cloud.connect(), answers)
  const reader = makeReader(aws)
  return { sources: await readKey(KEY, ['output'], ROLE, reader), denied: reader.denied, asked }
}

describe('what KMS says of a key', () => {
  test('is its policy, byte for byte, and its grants to the role and to the account', async () => {
    const grants = [
      { GrantId: 'a', GranteePrincipal: ROLE },
      { GrantId: 'b', GranteePrincipal: 'arn:aws:iam::111122223333:root' },
    ]

    const { sources, denied, asked } = await read({
      'kms:ListGrants': ({ GranteePrincipal }) => ({
        Grants: grants.filter((grant) => grant.GranteePrincipal === GranteePrincipal),
      }),
    })

    expect(sources).toEqual({ ...READ, grants })
    expect(denied).toEqual([])
    expect(asked).toEqual(
      grants.map(({ GranteePrincipal }) => ['kms:ListGrants', { KeyId: OUTPUT_KEY, GranteePrincipal }]),
    )
  })

  test('has the policy that AWS RAM wrote, found on whatever page of the names', async () => {
    const { sources, asked } = await read({
      'kms:ListKeyPolicies': ({ Marker }) =>
        Marker === undefined
          ? { PolicyNames: ['default'], Truncated: true, NextMarker: 'second' }
          : { PolicyNames: ['AWS_RAM'], Truncated: false, NextMarker: 'none' },
      'kms:GetKeyPolicy': ({ PolicyName }) => ({ Policy: `the policy ${PolicyName}` }),
    })

    expect(sources).toEqual({ ...READ, policy: 'the policy default', sharedPolicy: 'the policy AWS_RAM' })
    expect(asked.filter(([name]) => name === 'kms:ListKeyPolicies')).toEqual([
      ['kms:ListKeyPolicies', { KeyId: OUTPUT_KEY }],
      ['kms:ListKeyPolicies', { KeyId: OUTPUT_KEY, Marker: 'second' }],
    ])
  })

  test.each([ROLE, 'arn:aws:iam::111122223333:root'])(
    'has no grants that are known while those to %s cannot be read',
    async (unread) => {
      const { sources, denied } = await read({
        'kms:ListGrants': ({ GranteePrincipal }) => (GranteePrincipal === unread ? {} : { Grants: [] }),
      })

      expect(sources).toEqual({ ...READ, grants: 'UNREADABLE' })
      expect(denied).toEqual([
        { source: `the grants on ${OUTPUT_KEY}`, permissionNeeded: 'kms:ListGrants', because: NOT_WHOLE },
      ])
    },
  )

  test('of another account is refused in several words, each an answer', async () => {
    for (const name of ['NotFoundException', 'InvalidArnException', 'ValidationException', 'AccessDenied']) {
      const cloud = cloudWith(POLICY)
      failing(cloud, 'kms:GetKeyPolicy', name, 'no')
      failing(cloud, 'kms:ListKeyPolicies', name, 'no')

      const { sources, denied } = await read({}, cloud)

      expect(sources).toEqual({ ...READ, policy: 'UNREADABLE', sharedPolicy: 'UNREADABLE' })
      expect(denied.map(({ source, permissionNeeded }) => [source, permissionNeeded])).toEqual([
        [`the key policy of ${OUTPUT_KEY}`, 'kms:GetKeyPolicy'],
        [`the names of the key policies of ${OUTPUT_KEY}`, 'kms:ListKeyPolicies'],
      ])
    }
  })

  test('has no grants that are known where KMS refuses the ARN, and another failure is none of its answers', async () => {
    const [refused, failed] = [cloudWith(POLICY), cloudWith(POLICY)]
    failing(refused, 'kms:ListGrants', 'InvalidArnException')
    failing(failed, 'kms:ListGrants', 'NotFoundException')

    expect((await read({}, refused)).sources).toEqual({ ...READ, grants: 'UNREADABLE' })
    await expect(read({}, failed)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the aliases of a key', () => {
  const aliasesWith = async (answer: (input: { readonly Marker?: string }) => unknown) => {
    const { aws, asked } = scripted(cloudWith(POLICY).connect(), { 'kms:ListAliases': answer as never })
    const reader = makeReader(aws)
    return { sources: await withAliases(READ, NOW, reader), denied: reader.denied, asked }
  }

  test('are read to the last page', async () => {
    const { sources, asked } = await aliasesWith(({ Marker }) =>
      Marker === undefined
        ? { Aliases: [{ AliasName: 'alias/a' }], Truncated: true, NextMarker: 'second' }
        : { Aliases: [{ AliasName: 'alias/b' }], Truncated: false },
    )

    expect(sources).toEqual({ ...READ, aliases: ['alias/a', 'alias/b'] })
    expect(asked).toEqual([
      ['kms:ListAliases', { KeyId: OUTPUT_KEY }],
      ['kms:ListAliases', { KeyId: OUTPUT_KEY, Marker: 'second' }],
    ])
  })

  test.each(['CreationDate', 'LastUpdatedDate'])(
    'count for KMS five minutes after their %s',
    async (date) => {
      const ago = (milliseconds: number) => () => ({
        Aliases: [{ AliasName: 'alias/a', [date]: new Date(NOW.getTime() - milliseconds) }],
      })

      expect((await aliasesWith(ago(300_000))).sources).toEqual({ ...READ, aliases: ['alias/a'] })
      expect((await aliasesWith(ago(299_999))).sources).toEqual({
        ...READ,
        aliasDoubt: 'one of its aliases changed, and KMS heeds that after up to five minutes',
      })
    },
  )

  test('are not known where the answer is not whole', async () => {
    const { sources, denied } = await aliasesWith(() => ({ Aliases: [{}] }))

    expect(sources).toEqual(READ)
    expect(denied).toEqual([
      { source: `the aliases of ${OUTPUT_KEY}`, permissionNeeded: 'kms:ListAliases', because: NOT_WHOLE },
    ])
  })
})

describe('the tags of a key', () => {
  const tagsWith = async (answer: (input: { readonly Marker?: string }) => unknown) => {
    const { aws, asked } = scripted(cloudWith(POLICY).connect(), { 'kms:ListResourceTags': answer as never })
    const reader = makeReader(aws)
    return { sources: await withTags(READ, reader), denied: reader.denied, asked }
  }

  test('are read to the last page', async () => {
    const { sources, asked } = await tagsWith(({ Marker }) =>
      Marker === undefined
        ? { Tags: [{ TagKey: 'team', TagValue: 'vision' }], Truncated: true, NextMarker: 'second' }
        : { Tags: [{ TagKey: 'empty' }], Truncated: false },
    )

    expect(sources).toEqual({ ...READ, tags: { team: 'vision', empty: '' } })
    expect(asked).toEqual([
      ['kms:ListResourceTags', { KeyId: OUTPUT_KEY }],
      ['kms:ListResourceTags', { KeyId: OUTPUT_KEY, Marker: 'second' }],
    ])
  })

  test('are not known where the answer is not whole', async () => {
    const { sources, denied } = await tagsWith(() => ({}))

    expect(sources).toEqual(READ)
    expect(denied).toEqual([
      { source: `the tags of ${OUTPUT_KEY}`, permissionNeeded: 'kms:ListResourceTags', because: NOT_WHOLE },
    ])
  })
})
