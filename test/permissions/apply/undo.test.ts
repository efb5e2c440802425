import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { GRANT_PREFIX, ourName, ROLE_POLICY_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { ourPolicyText } from '../../../src/permissions/plan/plan-role-policy.js'
import {
  ADMIN,
  awsError,
  DELEGATION,
  FOREIGN_KEY,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  PAIRS,
  policyText,
  ROLE,
  SmallAws,
  thrownBy,
  worldWith,
} from '../small-aws.js'

describe('undo', () => {
  async function undoInfo(world: SmallAws) {
    const { undo: info } = await ensurePermissions(JOB, world.connect(), { apply: true })
    if (info === undefined) throw new Error('something was written')
    return info
  }

  test('takes out only its own statement when others have written since', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const document = JSON.parse(world.policies.get(OUTPUT_KEY) ?? '')
    world.policies.set(
      OUTPUT_KEY,
      JSON.stringify({ ...document, Statement: [...document.Statement, DELEGATION] }),
    )
    if (ensured.undo === undefined) throw new Error('something was written')

    const first = await undo(ensured.undo, aws)
    const second = await undo(ensured.undo, aws)

    expect(JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement).toEqual([ADMIN, DELEGATION])
    expect(first.undone).toHaveLength(1)
    expect(second.kept.map(({ why }) => why)).toEqual(['it is not there any more'])
  })

  test('leaves its own statement once somebody changed it', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const text = (world.policies.get(OUTPUT_KEY) ?? '').replace('"kms:Encrypt",', '')
    world.policies.set(OUTPUT_KEY, text)
    if (ensured.undo === undefined) throw new Error('something was written')

    const result = await undo(ensured.undo, aws)

    expect(result.kept.map(({ why }) => why)).toEqual(['somebody changed it since'])
    expect(world.policies.get(OUTPUT_KEY)).toBe(text)
  })

  test('restores the statement of the same Sid that stood there before', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const [change] = (await planPermissions(JOB, aws)).changes
    if (change?.kind !== 'key-policy') throw new Error('a statement is planned')
    const before = policyText(ADMIN, { ...change.statement, Action: ['kms:Decrypt'] })
    world.policies.set(OUTPUT_KEY, before)

    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const statements = JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement.length
    if (ensured.undo === undefined) throw new Error('something was written')
    await undo(ensured.undo, aws)

    expect(statements).toBe(2)
    expect(world.policies.get(OUTPUT_KEY)).toBe(before)
  })

  test.each([undefined, 'text', {}, { entries: [] }])('refuses %o', async (info) => {
    await expect(undo(info as never, new SmallAws().connect())).rejects.toThrow('this is no undo information')
  })

  test('refuses another region, and credentials of another account', async () => {
    const world = worldWith(policyText(ADMIN))
    const info = await undoInfo(world)
    const writes = world.writes.length

    await expect(undo({ ...info, region: 'eu-west-1' }, world.connect())).rejects.toThrow(
      'the changes were made in eu-west-1, and the connection is to us-east-1',
    )
    world.caller = 'arn:aws:iam::999988887777:user/ops'
    await expect(undo(info, world.connect())).rejects.toThrow(
      'the changes are taken back from account 111122223333, and the credentials are of account 999988887777',
    )
    expect(world.writes).toHaveLength(writes)
  })

  test('of a grant is taken from the account of the key as well as from the one that made it', async () => {
    const operations = ['Decrypt']
    const name = await ourName(GRANT_PREFIX, `${ROLE} Decrypt`)
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
    const world = new SmallAws()
    const grant = { GrantId: 'g', Name: name, GranteePrincipal: ROLE, Operations: operations }
    const outcomes = []

    for (const account of ['111122223333', '444455556666', '999988887777']) {
      world.grants.set(FOREIGN_KEY, [grant])
      world.caller = `arn:aws:iam::${account}:user/ops`
      outcomes.push(
        await undo(info, world.connect()).then(
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
    const orphan = { ...ADMIN, Principal: { AWS: 'AIDAEXAMPLEOLD000001' } }
    const world = worldWith(policyText(orphan))
    const { undo: info } = await ensurePermissions(JOB, world.connect(), {
      removeDeletedPrincipals: true,
      apply: true,
    })
    if (info === undefined) throw new Error('something was written')

    const { undone, kept: left } = await undo(info, world.connect())

    expect(undone).toEqual([])
    expect(left.map(({ why }) => why)).toEqual(['it cannot be changed safely: no statement would be left'])
  })

  test.each(['GetKeyPolicy', 'PutKeyPolicy', 'GetCallerIdentity'])(
    'is patient when %s comes too fast',
    async (call) => {
      const world = worldWith(policyText(ADMIN))
      const info = await undoInfo(world)
      let refusals = 2
      world.before = (name) => {
        if (name === call && refusals-- > 0) throw awsError('ThrottlingException')
      }

      const { undone } = await undo(info, world.connect())

      expect(undone).toHaveLength(1)
      expect(world.policies.get(OUTPUT_KEY)).toBe(policyText(ADMIN))
    },
  )

  test('says what is left when a grant cannot be revoked', async () => {
    const world = worldWith(policyText(ADMIN, { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }))
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { prefer: 'grant', apply: true })
    if (info === undefined) throw new Error('something was written')
    world.before = (name) => {
      if (name === 'RevokeGrant') throw awsError('AccessDeniedException')
    }

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.data.undo).toEqual(info)
  })

  test('says when a change cannot be taken back', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const applied = await applyPlan(await planPermissions(JOB, aws), aws)
    world.before = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('AccessDeniedException')
    }

    await expect(undo(applied.undo, aws)).rejects.toMatchObject({ code: 'permissions-apply-failed' })
  })

  test('leaves a grant and a role policy that are gone', async () => {
    const world = new SmallAws()
    const entries = [
      {
        kind: 'grant',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        name: await ourName(GRANT_PREFIX, `${ROLE} Decrypt`),
        operations: ['Decrypt'],
        grantId: 'g',
      },
      {
        kind: 'role-policy',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        roleName: 'GtExec',
        policyName: await ourName(ROLE_POLICY_PREFIX, OUTPUT_KEY),
        written: ourPolicyText(OUTPUT_KEY, ['kms:Decrypt']),
        previous: null,
      },
    ] as const

    const result = await undo({ region: 'us-east-1', at: '', caller: '', entries }, world.connect())

    expect(result.kept.map(({ why }) => why)).toEqual([
      'it is not there any more',
      'it is not there any more',
    ])
  })

  test('an undo that clashes with another writer is reported', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')
    world.after = (name) => {
      if (name === 'PutKeyPolicy') world.policies.set(OUTPUT_KEY, policyText(ADMIN, DELEGATION, PAIRS))
    }

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data.found).toBe(policyText(ADMIN, DELEGATION, PAIRS))
  })

  test('an undo that AWS refuses says so', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')
    world.before = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('AccessDeniedException')
    }

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.fix).toContain('Undo again once that is solved')
  })
})
