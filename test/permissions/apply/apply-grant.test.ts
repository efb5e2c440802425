import { describe, expect, test } from 'vitest'
import type { Grant } from '../../../src/aws/calls.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  awsError,
  JOB,
  NOW,
  OUTPUT_KEY,
  PAIRS,
  policyText,
  ROLE,
  thrownBy,
  worldWith,
} from '../small-aws.js'

const OPERATIONS = [
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]

describe('a grant', () => {
  test('a grant takes what a grant can, and undo revokes it', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()

    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const applied = await applyPlan(plan, aws)
    const again = await applyPlan(plan, aws)
    const made = world.grants.get(OUTPUT_KEY)
    await undo(applied.undo, aws)

    expect(plan.changes.map(({ kind }) => kind)).toEqual(['key-policy', 'grant'])
    expect(made).toHaveLength(1)
    expect(made?.[0]).toMatchObject({
      GranteePrincipal: ROLE,
      Operations: expect.arrayContaining(['Decrypt']),
    })
    expect(again.done.map(({ status: state }) => state)).toEqual(['already-there', 'already-there'])
    expect(again.undo.entries).toEqual([])
    expect(world.grants.get(OUTPUT_KEY)).toEqual([])
    expect(world.policies.get(OUTPUT_KEY)).toBe(policyText(ADMIN))
  })

  test('is given five minutes before it is said to count', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))

    const ensured = await ensurePermissions(JOB, world.connect(), { prefer: 'grant', apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(ensured.done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(world.slept).toBe(5 * 60_000)
  })

  test('that was made just now leaves what hangs on it unknown', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    const grant = (GrantId: string, minutes: number, ...Operations: string[]) => ({
      GrantId,
      GranteePrincipal: ROLE,
      IssuingAccount: '111122223333',
      Operations,
      CreationDate: new Date(NOW.getTime() - minutes * 60_000),
    })
    world.grants.set(OUTPUT_KEY, [grant('old', 6, 'Decrypt'), grant('new', 2, 'Decrypt', 'Encrypt')])

    const { decisions } = await checkPermissions(JOB, world.connect())

    const of = (action: string) => decisions.find((one) => one.action === action)
    expect(of('kms:Decrypt')?.verdict).toBe('allowed')
    expect(of('kms:Encrypt')).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'propagating', since: '2026-11-23T11:58:00.000Z' }],
    })
  })

  test.each([
    ['a user', 'arn:aws:iam::111122223333:user/ops', 'arn:aws:iam::111122223333:user/ops'],
    ['a role with its path', 'arn:aws:sts::111122223333:assumed-role/GtExec/me', ROLE],
    ['nobody when the caller is the account', 'arn:aws:iam::111122223333:root', undefined],
  ])('may be retired by %s', async (_, caller, retiring) => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    world.caller = caller
    const aws = world.connect()

    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    await applyPlan(plan, aws)

    expect(world.grants.get(OUTPUT_KEY)).toEqual([
      {
        GrantId: expect.stringMatching(/^grant-sm-gt-/),
        Name: expect.stringMatching(/^sm-gt-[0-9a-f]{8}$/),
        GranteePrincipal: ROLE,
        Operations: OPERATIONS,
        ...(retiring !== undefined && { RetiringPrincipal: retiring }),
        IssuingAccount: '111122223333',
        CreationDate: NOW,
      },
    ])
    expect(String(plan)).toContain(
      retiring === undefined ? '+ nobody named to retire it' : `+ may be retired by ${retiring}`,
    )
  })

  test('names nobody to retire it when the role of the caller cannot be read', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    world.caller = 'arn:aws:sts::111122223333:assumed-role/Ops/me'
    world.before = (call, { RoleName }) => {
      if (call === 'GetRole' && RoleName === 'Ops') throw awsError('AccessDenied')
    }

    const plan = await planPermissions(JOB, world.connect(), { prefer: 'grant' })

    expect(plan.changes).toMatchObject([{ kind: 'grant', retiringPrincipal: null }])
  })

  test('is not planned where the grants cannot be read', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    world.before = (call) => {
      if (call === 'ListGrants') throw awsError('AccessDeniedException')
    }

    const plan = await planPermissions(JOB, world.connect(), {
      prefer: 'grant',
      addDocumentedStatement: true,
    })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('cannot be read (kms:ListGrants)')
  })

  test('of the same name under a constraint is not taken for the planned one', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const [change] = plan.changes
    if (change?.kind !== 'grant') throw new Error('a grant is planned')
    world.grants.set(OUTPUT_KEY, [
      {
        GrantId: 'narrow',
        Name: change.name,
        GranteePrincipal: ROLE,
        Operations: OPERATIONS,
        Constraints: { EncryptionContextEquals: { team: 'vision' } },
      },
    ])

    const { done } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(world.writes).toEqual(['CreateGrant'])
  })

  test('that is never listed is propagating, and the verdict unknown', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    world.after = (name) => {
      if (name === 'CreateGrant') world.grants.set(OUTPUT_KEY, [])
    }

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), { prefer: 'grant', apply: true }))

    expect(error.code).toBe('permissions-not-met')
    expect(error.data.done.map(({ status: state }) => state)).toEqual(['propagating'])
    expect(error.message).toContain('Wait some minutes, and check again')
  })

  test('that is listed late counts once it is, and spoils no other verdict', async () => {
    const world = worldWith(policyText(ADMIN, PAIRS))
    let listings = 0
    const made: Grant[] = []
    world.after = (name) => {
      if (name !== 'CreateGrant') return
      made.push(...(world.grants.get(OUTPUT_KEY) ?? []))
      world.grants.set(OUTPUT_KEY, [])
    }
    world.before = (name) => {
      if (name === 'ListGrants' && made.length > 0 && ++listings > 4) world.grants.set(OUTPUT_KEY, made)
    }

    const ensured = await ensurePermissions(JOB, world.connect(), { prefer: 'grant', apply: true })

    expect(ensured.done.map(({ status: state }) => state)).toEqual(['propagating'])
    expect(ensured.report.ok).toBe(true)
  })

  test.each([
    [1, 4 * 60_000],
    [6, 0],
  ])(
    'that is there already, %s minutes old, is waited for as long as it needs, and not undone',
    async (age, wait) => {
      const world = worldWith(policyText(ADMIN, PAIRS))
      const aws = world.connect()
      const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
      const [change] = plan.changes
      if (change?.kind !== 'grant') throw new Error('a grant is planned')
      world.grants.set(OUTPUT_KEY, [
        {
          GrantId: 'g',
          Name: change.name,
          GranteePrincipal: ROLE,
          Operations: [...change.operations],
          CreationDate: new Date(NOW.getTime() - age * 60_000),
        },
      ])

      const applied = await applyPlan(plan, aws)

      expect(applied.done.map(({ status: state }) => state)).toEqual(['already-there'])
      expect(applied.undo.entries).toEqual([])
      expect(world.slept).toBe(wait)
    },
  )
})
