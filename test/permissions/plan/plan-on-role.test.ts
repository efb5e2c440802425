import { describe, expect, test } from 'vitest'
import { ourName, ROLE_POLICY_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { withChange } from '../../../src/permissions/plan/permission-change.js'
import { callersPrincipal, planGrant } from '../../../src/permissions/plan/plan-grant.js'
import { ourActions, ourPolicyText, planRolePolicy } from '../../../src/permissions/plan/plan-role-policy.js'
import type { KeySources } from '../../../src/permissions/read/read-key.js'
import type { PermissionSources } from '../../../src/permissions/read/read-permissions.js'
import {
  allowText,
  CALLER,
  cloudWith,
  failing,
  JOB,
  OUTPUT_KEY,
  ROLE,
  VOLUME_KEY,
} from '../labeling-account.js'

const NAME = await ourName(ROLE_POLICY_PREFIX, ROLE, OUTPUT_KEY)
const USE = ourPolicyText(OUTPUT_KEY, ['kms:Decrypt'])

type Policies = PermissionSources['role']['identityPolicies']

const sourcesWith = (identityPolicies: Policies, arn = ROLE) =>
  ({ role: { arn, name: 'GtExec', identityPolicies }, keys: [] }) as unknown as PermissionSources
const inline = (name: string, policy: string) => ({ name: `inline:${name}`, policy })
const planned = (...policies: Policies) => planRolePolicy(sourcesWith(policies), OUTPUT_KEY, ['kms:Decrypt'])

describe('a policy on the role', () => {
  test('allows some actions on one key, and says all that it is about', async () => {
    expect(await planned(inline('Other', allowText('s3:*', '*')))).toEqual({
      change: {
        kind: 'role-policy',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        roleName: 'GtExec',
        policyName: NAME,
        actions: ['kms:Decrypt'],
        before: null,
        after: USE,
        size: {
          used: (USE + allowText('s3:*', '*')).replace(/\s/g, '').length,
          limit: 10_240,
          unit: 'characters',
        },
      },
    })
  })

  test('keeps what ours allows already, and counts ours once', async () => {
    const before = ourPolicyText(OUTPUT_KEY, ['kms:Encrypt', 'kms:Decrypt'])

    expect(await planned(inline(NAME, before))).toMatchObject({
      change: { before, after: before, size: { used: before.replace(/\s/g, '').length } },
    })
  })

  test('counts no managed policies, not even unreadable ones', async () => {
    const managed = [
      { name: `managed:${ROLE}@v1`, policy: 'x'.repeat(20_000) },
      { name: 'managed:*', policy: 'UNREADABLE' },
    ]

    expect(await planned(...managed)).toMatchObject({
      change: { size: { used: USE.replace(/\s/g, '').length } },
    })
  })

  test.each(['inline:*', 'inline:Other', 'identity-policies'])(
    'is refused while %s cannot be read',
    async (name) => {
      expect(await planned({ name, policy: 'UNREADABLE' })).toEqual({
        refused: 'the inline policies of the role cannot be read (iam:ListRolePolicies, iam:GetRolePolicy)',
      })
    },
  )

  test('may fill the quota of the role, white space not counted, and not more', async () => {
    const room = 10_240 - USE.replace(/\s/g, '').length
    const other = (length: number) => inline('Other', 'x'.repeat(length))
    const refused = (actions: readonly string[]) =>
      planRolePolicy(sourcesWith([other(room + 1)]), OUTPUT_KEY, actions)

    expect(await planned(other(room), inline('Space', ' \n\t'.repeat(99)))).toMatchObject({
      change: { size: { used: 10_240 } },
    })
    expect(await refused(['kms:Decrypt'])).toEqual({
      refused:
        "the inline policies of the role would be 10,241 characters long, and the limit is 10,240; plan with { prefer: 'guide' }",
    })
    expect(await refused(['kms:CreateGrant'])).toMatchObject({ refused: expect.stringMatching(/10,240$/) })
    expect(await refused(['kms:CreateGrant', 'kms:Decrypt'])).toMatchObject({
      refused: expect.stringContaining("{ prefer: 'guide' }"),
    })
  })

  test('is refused over one of our name that is not of our making', async () => {
    expect(await planned(inline(NAME, allowText('kms:*', '*')))).toEqual({
      refused: `the role has a policy ${NAME} that is not of this library's making`,
    })
  })

  test('is refused for a role that is linked to a service', async () => {
    const arn = 'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Linked'

    expect(await planRolePolicy(sourcesWith([], arn), OUTPUT_KEY, ['kms:Decrypt'])).toEqual({
      refused: 'the role is linked to a service of AWS, and only that service changes its policies',
    })
  })
})

describe('a policy of our making', () => {
  const ours = { Sid: 'SmGroundTruthKms', Effect: 'Allow', Action: 'kms:Decrypt', Resource: OUTPUT_KEY }
  const actionsOf = (...Statement: unknown[]) => ourActions(JSON.stringify({ Statement }), OUTPUT_KEY)

  test('is an Allow of our Sid on exactly one key', () => {
    expect([actionsOf(ours), actionsOf({ ...ours, Resource: [OUTPUT_KEY] })]).toEqual([
      ['kms:Decrypt'],
      ['kms:Decrypt'],
    ])
    expect(ourActions(ourPolicyText(OUTPUT_KEY, ['a', 'b']), OUTPUT_KEY)).toEqual(['a', 'b'])
  })

  test.each([
    ['with another Sid', [{ ...ours, Sid: 'Other' }]],
    ['that denies', [{ ...ours, Effect: 'Deny' }]],
    ['on another key', [{ ...ours, Resource: VOLUME_KEY }]],
    ['on two', [{ ...ours, Resource: [OUTPUT_KEY, VOLUME_KEY] }]],
    ['on all', [{ ...ours, Resource: '*' }]],
    ['without a resource', [{ ...ours, Resource: undefined }]],
    ['under a condition', [{ ...ours, Condition: {} }]],
    ['with a second statement', [ours, ours]],
    ['without a statement', []],
    ['that is no object', ['x']],
    ['without actions', [{ ...ours, Action: undefined }]],
  ])('is none %s', (_, statements) => {
    expect(actionsOf(...statements)).toBeUndefined()
  })
})

describe('a grant', () => {
  const KEY = { key: JOB.keys.output, grants: [] } as unknown as KeySources

  test('is for the operations asked for, in the order of their names', async () => {
    const sources = { ...sourcesWith([]), caller: { arn: CALLER, account: '444455556666' } }
    const made = await planGrant(sources, KEY, ['kms:Encrypt', 'kms:Decrypt'], CALLER)
    const unknownCaller = await planGrant(sourcesWith([]), KEY, ['kms:Decrypt'], null)

    expect(made).toEqual({
      change: {
        kind: 'grant',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        name: expect.stringMatching(/^sm-gt-[0-9a-f]{8}$/),
        operations: ['Decrypt', 'Encrypt'],
        retiringPrincipal: CALLER,
        issuer: '444455556666',
      },
    })
    expect(unknownCaller).toMatchObject({ change: { retiringPrincipal: null, issuer: '111122223333' } })
  })

  test('is refused while those that are there cannot be read', async () => {
    expect(await planGrant(sourcesWith([]), { ...KEY, grants: 'UNREADABLE' }, ['kms:Decrypt'], null)).toEqual(
      {
        refused: `the grants on ${OUTPUT_KEY} cannot be read (kms:ListGrants), so a new one could not be told from one that is there`,
      },
    )
  })

  test.each([
    [CALLER, CALLER],
    ['arn:aws:iam::111122223333:user/team/ops', 'arn:aws:iam::111122223333:user/team/ops'],
    ['arn:aws:sts::111122223333:assumed-role/GtExec/me', ROLE],
    ['arn:aws:sts::111122223333:assumed-role/Absent/me', null],
    ['arn:aws:sts::111122223333:assumed-role', null],
    ['arn:aws:sts::111122223333:federated-user/GtExec', null],
    ['arn:aws:iam::111122223333:assumed-role/GtExec/me', null],
    ['arn:aws:sts::111122223333:user/ops', null],
    ['arn:aws:iam::111122223333:root', null],
    ['x', null],
    [undefined, null],
  ])('may be retired, made by %s, by %s', async (caller, principal) => {
    expect(await callersPrincipal(caller, cloudWith().connect())).toBe(principal)
  })

  test('may be retired by nobody that is known while the role of the caller cannot be read', async () => {
    const cloud = cloudWith()
    failing(cloud, 'iam:GetRole', 'AccessDenied')

    expect(
      await callersPrincipal('arn:aws:sts::111122223333:assumed-role/GtExec/me', cloud.connect()),
    ).toBeNull()
  })
})

describe('the sources after a change', () => {
  const key = (arn: string, grants: unknown) => ({ key: { arn }, policy: 'before', grants })
  const sources = {
    ...sourcesWith([inline(NAME, 'before'), inline('Other', 'other')]),
    keys: [key(OUTPUT_KEY, [{ GrantId: 'a' }]), key(VOLUME_KEY, 'UNREADABLE')],
  } as unknown as PermissionSources

  test('have our policy on the role in place of the one before', () => {
    const change = { kind: 'role-policy', policyName: NAME, after: 'after' } as never

    expect(withChange(sources, change)).toEqual({
      ...sources,
      role: { ...sources.role, identityPolicies: [inline('Other', 'other'), inline(NAME, 'after')] },
    })
  })

  test('have the policy of the one key changed', () => {
    const change = { kind: 'key-policy', keyArn: VOLUME_KEY, after: 'after' } as never

    expect(withChange(sources, change).keys).toEqual([
      sources.keys[0],
      { ...sources.keys[1], policy: 'after' },
    ])
  })

  test('have the grant beside those of the one key, also where those are not known', () => {
    const granted = (keyArn: string) =>
      withChange(sources, {
        kind: 'grant',
        keyArn,
        roleArn: ROLE,
        name: 'sm-gt-1',
        operations: ['Decrypt'],
        retiringPrincipal: null,
        issuer: '111122223333',
      }).keys.map(({ grants }) => grants)
    const grant = {
      GrantId: 'planned:sm-gt-1',
      GranteePrincipal: ROLE,
      IssuingAccount: '111122223333',
      Operations: ['Decrypt'],
    }

    expect(granted(OUTPUT_KEY)).toEqual([[{ GrantId: 'a' }, grant], 'UNREADABLE'])
    expect(granted(VOLUME_KEY)).toEqual([[{ GrantId: 'a' }], [grant]])
  })
})
