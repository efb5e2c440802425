import { describe, expect, test } from 'vitest'
import { applyGrant } from '../../../src/permissions/apply/apply-grant.js'
import { readCaller, refuseOtherRegion } from '../../../src/permissions/apply/caller.js'
import { ChangeFailed } from '../../../src/permissions/apply/change-failed.js'
import { describeFailure, documentOf } from '../../../src/permissions/apply/describe-failure.js'
import { findOurGrants } from '../../../src/permissions/apply/our-grants.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { grantUndo } from '../../../src/permissions/apply/undo-entry.js'
import { GRANT_PREFIX, ourName } from '../../../src/permissions/plan/our-names.js'
import type { GrantChange } from '../../../src/permissions/plan/permission-change.js'
import {
  CALLER,
  cloudWith,
  failing,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  slept,
  thrownBy,
} from '../labeling-account.js'
import { scripted } from '../read/scripted-aws.js'

const OPERATIONS = ['Decrypt', 'Encrypt']
const CHANGE: GrantChange = {
  kind: 'grant',
  keyArn: OUTPUT_KEY,
  roleArn: ROLE,
  name: await ourName(GRANT_PREFIX, ROLE, OUTPUT_KEY, OPERATIONS),
  operations: OPERATIONS,
  retiringPrincipal: CALLER,
  issuer: '111122223333',
}
const OURS = { GrantId: 'ours', Name: CHANGE.name, Operations: ['Encrypt', 'Decrypt'] }
const START = { region: 'us-east-1', at: NOW.toISOString(), caller: CALLER }
const NOTHING = { done: [], undo: { ...START, entries: [] } }

const listing = (...Grants: readonly object[]) =>
  scripted(cloudWith(policyText()).connect(), {
    'kms:ListGrants': () => ({ Grants }),
    'kms:RevokeGrant': () => ({}),
    'kms:CreateGrant': () => ({ GrantId: 'ours' }),
  })

describe('a grant is of our making', () => {
  test.each([
    ['by its name and operations, in any order', OURS, true],
    ['with no constraint in an empty list of them', { ...OURS, Constraints: {} }, true],
    ['and not by another name', { ...OURS, Name: 'theirs' }, false],
    ['and not without one', { ...OURS, Name: undefined }, false],
    ['and not with other operations', { ...OURS, Operations: ['Encrypt'] }, false],
    ['and not with one operation more', { ...OURS, Operations: ['Encrypt', 'Decrypt', 'Sign'] }, false],
    ['and not without operations', { ...OURS, Operations: undefined }, false],
    ['and not under a constraint', { ...OURS, Constraints: { EncryptionContextEquals: {} } }, false],
  ])('%s', async (_, grant, isOurs) => {
    expect(await findOurGrants(CHANGE, listing(grant).aws)).toEqual(isOurs ? [grant] : [])
  })

  test('and an answer that is not whole says nothing of it', async () => {
    const { aws } = scripted(cloudWith().connect(), { 'kms:ListGrants': () => ({}) })

    await expect(findOurGrants(CHANGE, aws)).rejects.toEqual(
      new ChangeFailed({ kind: 'aws', cause: new Error("kms:ListGrants: AWS's answer is not whole") }),
    )
  })
})

describe('a grant is made', () => {
  const input = {
    KeyId: OUTPUT_KEY,
    GranteePrincipal: ROLE,
    Operations: OPERATIONS,
    Name: CHANGE.name,
    RetiringPrincipal: CALLER,
  }

  test('and looked for by its id', async () => {
    const { aws, asked } = listing({ ...OURS, GrantId: 'older' }, OURS)

    expect(await applyGrant(CHANGE, aws)).toEqual({
      status: 'verified',
      grantId: 'ours',
      effectiveFrom: new Date('2026-11-23T12:05:00Z'),
    })
    expect(asked[0]).toEqual(['kms:CreateGrant', input])
  })

  test('and is propagating while it is not listed for fifteen seconds, or cannot be', async () => {
    for (const listed of [() => ({ Grants: [{ ...OURS, GrantId: 'older' }] }), () => ({})]) {
      const cloud = cloudWith(policyText())
      const { aws } = scripted(cloud.connect(), {
        'kms:ListGrants': listed,
        'kms:CreateGrant': () => ({ GrantId: 'ours' }),
      })

      expect(await applyGrant(CHANGE, aws)).toEqual({
        status: 'propagating',
        grantId: 'ours',
        effectiveFrom: new Date('2026-11-23T12:05:00Z'),
      })
      expect(slept(cloud)).toBe(15_000)
    }
  })

  test.each([
    ['AccessDeniedException', 1, 0],
    ['TimeoutError', 4, 7_000],
  ])('and is not when KMS answers %s each time', async (name, times, pauses) => {
    const cloud = cloudWith(policyText())
    failing(cloud, 'kms:CreateGrant', name)

    await expect(applyGrant(CHANGE, cloud.connect())).rejects.toThrow(name)
    expect([cloud.calls.of('kms:CreateGrant').length, slept(cloud)]).toEqual([times, pauses])
  })
})

describe('undo revokes', () => {
  const revoked = async (grantId: string | null, ...grants: readonly object[]) => {
    const { aws, asked } = listing(...grants)
    const { kept } = await undo({ ...START, entries: [await grantUndo(CHANGE, grantId)] }, aws)
    return [
      asked.flatMap(([name, input]) => (name === 'kms:RevokeGrant' ? [input] : [])),
      kept.map(({ why }) => why),
    ]
  }
  const call = (GrantId: string) => ({ KeyId: OUTPUT_KEY, GrantId })

  test('the grant that was made, and none that is like it', async () => {
    expect(await revoked('ours', { ...OURS, GrantId: 'older' }, OURS)).toEqual([[call('ours')], []])
  })

  test('every grant of its name, role and operations, where its id was not known yet', async () => {
    expect(await revoked(null, { ...OURS, GrantId: 'older' }, OURS)).toEqual([
      [call('older'), call('ours')],
      [],
    ])
  })

  test('nothing that is gone', async () => {
    expect(await revoked('ours', { ...OURS, GrantId: 'older' })).toEqual([[], ['it is not there any more']])
  })

  test.each(['NotFoundException', 'InvalidGrantIdException'])(
    'nothing that KMS answers %s to',
    async (name) => {
      const cloud = cloudWith(policyText())
      failing(cloud, 'kms:RevokeGrant', name)
      const { aws } = scripted(cloud.connect(), { 'kms:ListGrants': () => ({ Grants: [OURS] }) })
      const entry = await grantUndo(CHANGE, 'ours')

      expect(await undo({ ...START, entries: [entry] }, aws)).toEqual({
        undone: [],
        kept: [{ entry, why: 'it is not there any more' }],
      })
    },
  )

  test('nothing while the grants cannot be read, and says so', async () => {
    const { aws } = scripted(cloudWith(policyText()).connect(), { 'kms:ListGrants': () => ({}) })
    const info = { ...START, entries: [await grantUndo(CHANGE, 'ours')] }

    expect(await thrownBy(undo(info, aws))).toMatchObject({
      code: 'permissions-apply-failed',
      what: `Cannot change the grant ours on ${OUTPUT_KEY}`,
      why: "kms:ListGrants: AWS's answer is not whole",
      data: { done: [], undo: info },
    })
  })
})

describe('a failure', () => {
  const keyPolicy = { kind: 'key-policy', keyArn: OUTPUT_KEY, before: 'b', after: 'a' } as never
  const rolePolicy = {
    kind: 'role-policy',
    roleName: 'GtExec',
    policyName: 'P',
    before: null,
    after: 'a',
  } as never

  test('names what it is about, with the texts before and after', () => {
    expect([CHANGE, keyPolicy, rolePolicy].map(documentOf)).toEqual([
      { what: `the grants on ${OUTPUT_KEY}` },
      { what: `the key policy of ${OUTPUT_KEY}`, base: 'b', planned: 'a' },
      { what: 'the inline policy P of the role GtExec', base: undefined, planned: 'a' },
    ])
  })

  test.each([
    ['stale', 'permissions-stale-plan'],
    ['lost', 'permissions-lost-update'],
  ] as const)('that is a %s text shows the one found', (kind, code) => {
    const failed = (found: string | null) => describeFailure(keyPolicy, { kind, found }, NOTHING)

    expect([failed('theirs'), failed(null)]).toMatchObject([
      { code, data: { base: 'b', planned: 'a', found: 'theirs', ...NOTHING } },
      { code, data: { base: 'b', planned: 'a', found: undefined, ...NOTHING } },
    ])
  })
})

describe('who applies a plan', () => {
  test.each([[{}], [{ Arn: CALLER }], [{ Account: '111122223333' }]])(
    'is not taken from %j',
    async (answer) => {
      const { aws } = scripted(cloudWith().connect(), { 'sts:GetCallerIdentity': () => answer })

      await expect(readCaller('applyPlan', aws)).rejects.toMatchObject({ code: 'refused-call' })
    },
  )

  test('is whom AWS says, in the region of the plan', async () => {
    const aws = cloudWith().connect()
    const here = { what: 'the plan was made', region: 'us-east-1' }

    expect(await readCaller('applyPlan', aws)).toEqual({ arn: CALLER, account: '111122223333' })
    expect(await refuseOtherRegion('applyPlan', here, aws)).toBeUndefined()
    await expect(refuseOtherRegion('applyPlan', { ...here, region: 'eu-west-1' }, aws)).rejects.toMatchObject(
      {
        code: 'refused-call',
        why: 'the plan was made in eu-west-1, and the connection is to us-east-1',
      },
    )
  })
})
