import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { GRANT_PREFIX, ourName, ROLE_POLICY_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { ourPolicyText } from '../../../src/permissions/plan/plan-role-policy.js'
import type { FakeAws } from '../../../src/testing/index.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  FOREIGN_KEY,
  GUIDE,
  JOB,
  keyPolicyOf,
  OUTPUT_KEY,
  PAIRS,
  policyText,
  putKeyPolicy,
  ROLE,
  thrownBy,
  writesOf,
} from '../labeling-account.js'

describe('undo', () => {
  async function undoInfo(cloud: FakeAws) {
    const { undo: info } = await ensurePermissions(JOB, cloud.connect(), { apply: true })
    if (info === undefined) throw new Error('something was written')
    return info
  }

  test('takes out only its own statement when others have written since', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const document = JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY))
    await putKeyPolicy(
      cloud,
      OUTPUT_KEY,
      JSON.stringify({ ...document, Statement: [...document.Statement, DELEGATION] }),
    )
    if (ensured.undo === undefined) throw new Error('something was written')

    const first = await undo(ensured.undo, aws)
    const second = await undo(ensured.undo, aws)

    expect(JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement).toEqual([ADMIN, DELEGATION])
    expect(first.undone).toHaveLength(1)
    expect(second.kept.map(({ why }) => why)).toEqual(['it is not there any more'])
  })

  test('leaves its own statement once somebody changed it', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const text = (await keyPolicyOf(cloud, OUTPUT_KEY)).replace('"kms:Encrypt",', '')
    await putKeyPolicy(cloud, OUTPUT_KEY, text)
    if (ensured.undo === undefined) throw new Error('something was written')

    const result = await undo(ensured.undo, aws)

    expect(result.kept.map(({ why }) => why)).toEqual(['somebody changed it since'])
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(text)
  })

  test('restores the statement of the same Sid that stood there before', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const [change] = (await planPermissions(JOB, aws)).changes
    if (change?.kind !== 'key-policy') throw new Error('a statement is planned')
    const before = policyText(ADMIN, { ...change.statement, Action: ['kms:Decrypt'] })
    await putKeyPolicy(cloud, OUTPUT_KEY, before)

    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const statements = JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement.length
    if (ensured.undo === undefined) throw new Error('something was written')
    await undo(ensured.undo, aws)

    expect(statements).toBe(2)
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(before)
  })

  test.each([undefined, 'text', {}, { entries: [] }])('refuses %o', async (info) => {
    await expect(undo(info as never, cloudWith().connect())).rejects.toThrow('this is no undo information')
  })

  test('refuses another region, and credentials of another account', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const info = await undoInfo(cloud)
    const writes = writesOf(cloud).length

    await expect(undo({ ...info, region: 'eu-west-1' }, cloud.connect())).rejects.toThrow(
      'the changes were made in eu-west-1, and the connection is to us-east-1',
    )
    const stranger = cloud.connect({ as: 'arn:aws:iam::999988887777:user/ops' })
    await expect(undo(info, stranger)).rejects.toThrow(
      'the changes are taken back from account 111122223333, and the credentials are of account 999988887777',
    )
    expect(writesOf(cloud)).toHaveLength(writes)
  })

  test('of a grant is taken from the account of the key as well as from the one that made it', async () => {
    const operations = ['Decrypt']
    const name = await ourName(GRANT_PREFIX, ROLE, FOREIGN_KEY, operations)
    const entry = {
      kind: 'grant',
      keyArn: FOREIGN_KEY,
      roleArn: ROLE,
      name,
      operations,
      grantId: 'g',
    } as const
    const info = {
      region: 'us-east-1',
      at: '',
      caller: 'arn:aws:sts::111122223333:assumed-role/Ops/me',
      entries: [entry],
    }
    const owner = { ...DELEGATION, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }
    const grants = [{ GrantId: 'g', Name: name, GranteePrincipal: ROLE, Operations: operations }]
    const outcomes = []

    for (const account of ['111122223333', '444455556666', '999988887777']) {
      const cloud = cloudWith(undefined, { foreign: policyText(ADMIN, owner), key: { grants } })
      outcomes.push(
        await undo(info, cloud.connect({ as: `arn:aws:iam::${account}:user/ops` })).then(
          ({ undone }) => undone.length,
          (thrown) => thrown.why,
        ),
      )
    }

    expect(outcomes).toEqual([
      1,
      1,
      'the changes are taken back from account 444455556666 or 111122223333, and the credentials are of account 999988887777',
    ])
  })

  test('leaves the last statement of a policy, which KMS would not do without', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const info = await undoInfo(cloud)
    const [, ours] = JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement
    await putKeyPolicy(cloud, OUTPUT_KEY, policyText(ours))

    const { undone, kept: left } = await undo(info, cloud.connect())

    expect(undone).toEqual([])
    expect(left.map(({ why }) => why)).toEqual(['it cannot be changed safely: no statement would be left'])
  })

  test.each(['kms:GetKeyPolicy', 'kms:PutKeyPolicy', 'sts:GetCallerIdentity'])(
    'is patient when %s comes too fast',
    async (call) => {
      const cloud = cloudWith(policyText(ADMIN))
      const info = await undoInfo(cloud)
      cloud.inject({ call, fault: 'throttle', times: 2 })

      const { undone } = await undo(info, cloud.connect())

      expect(undone).toHaveLength(1)
      expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(policyText(ADMIN))
    },
  )

  test('says what is left when a grant cannot be revoked', async () => {
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }))
    const aws = cloud.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { prefer: 'grant', apply: true })
    if (info === undefined) throw new Error('something was written')
    cloud.inject({ call: 'kms:RevokeGrant', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.data.undo).toEqual(info)
  })

  test('says when a change cannot be taken back', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const applied = await applyPlan(await planPermissions(JOB, aws), aws)
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    await expect(undo(applied.undo, aws)).rejects.toMatchObject({ code: 'permissions-apply-failed' })
  })

  test('leaves a grant and a role policy that are gone', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const entries = [
      {
        kind: 'grant',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        name: await ourName(GRANT_PREFIX, ROLE, OUTPUT_KEY, ['Decrypt']),
        operations: ['Decrypt'],
        grantId: 'g',
      },
      {
        kind: 'role-policy',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        roleName: 'GtExec',
        policyName: await ourName(ROLE_POLICY_PREFIX, ROLE, OUTPUT_KEY),
        written: ourPolicyText(OUTPUT_KEY, ['kms:Decrypt']),
        previous: null,
      },
    ] as const

    const result = await undo({ region: 'us-east-1', at: '', caller: '', entries }, cloud.connect())

    expect(result.kept.map(({ why }) => why)).toEqual([
      'it is not there any more',
      'it is not there any more',
    ])
  })

  test('an undo that clashes with another writer is reported', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')
    cloud.inject({
      call: 'kms:PutKeyPolicy',
      fault: 'lost-update',
      policy: policyText(ADMIN, DELEGATION, PAIRS),
      times: Number.POSITIVE_INFINITY,
    })

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data.found).toBe(policyText(ADMIN, DELEGATION, PAIRS))
  })

  test('an undo that AWS refuses says so', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.fix).toContain('Undo again once that is solved')
  })
})
