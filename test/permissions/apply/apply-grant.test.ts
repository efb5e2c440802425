import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  createGrant,
  grantsOf,
  JOB,
  keyPolicyOf,
  NOW,
  OUTPUT_KEY,
  PAIRS,
  policyText,
  ROLE,
  slept,
  thrownBy,
  writesOf,
} from '../labeling-account.js'

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
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()

    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const applied = await applyPlan(plan, aws)
    const again = await applyPlan(plan, aws)
    const made = await grantsOf(cloud, OUTPUT_KEY)
    await undo(applied.undo, aws)

    expect(plan.changes.map(({ kind }) => kind)).toEqual(['key-policy', 'grant'])
    expect(made).toHaveLength(1)
    expect(made?.[0]).toMatchObject({
      GranteePrincipal: ROLE,
      Operations: expect.arrayContaining(['Decrypt']),
    })
    expect(again.done.map(({ status: state }) => state)).toEqual(['already-there', 'already-there'])
    expect(again.undo.entries).toEqual([])
    expect(await grantsOf(cloud, OUTPUT_KEY)).toEqual([])
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(policyText(ADMIN))
  })

  test('is given five minutes before it is said to count', async () => {
    const cloud = cloudWith(policyText(ADMIN, PAIRS))

    const ensured = await ensurePermissions(JOB, cloud.connect(), { prefer: 'grant', apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(ensured.done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(slept(cloud)).toBe(5 * 60_000)
  })

  test('that was made just now leaves what hangs on it unknown', async () => {
    const grant = (GrantId: string, minutes: number, ...Operations: string[]) => ({
      GrantId,
      GranteePrincipal: ROLE,
      IssuingAccount: '111122223333',
      Operations,
      CreationDate: new Date(NOW.getTime() - minutes * 60_000),
    })
    const grants = [grant('old', 6, 'Decrypt'), grant('new', 2, 'Decrypt', 'Encrypt')]
    const cloud = cloudWith(policyText(ADMIN, PAIRS), { key: { grants } })

    const { decisions } = await checkPermissions(JOB, cloud.connect())

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
    const cloud = cloudWith(policyText(ADMIN, PAIRS), { caller })
    const aws = cloud.connect()

    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    await applyPlan(plan, aws)

    expect(await grantsOf(cloud, OUTPUT_KEY)).toEqual([
      {
        KeyId: OUTPUT_KEY,
        GrantId: expect.stringMatching(/^[0-9a-f]{64}$/),
        Name: expect.stringMatching(/^sm-gt-[0-9a-f]{8}$/),
        GranteePrincipal: ROLE,
        Operations: OPERATIONS,
        ...(retiring !== undefined && { RetiringPrincipal: retiring }),
        IssuingAccount: 'arn:aws:iam::111122223333:root',
        CreationDate: NOW,
      },
    ])
    expect(String(plan)).toContain(
      retiring === undefined ? '+ nobody named to retire it' : `+ may be retired by ${retiring}`,
    )
  })

  test('names nobody to retire it when the role of the caller cannot be read', async () => {
    const caller = 'arn:aws:sts::111122223333:assumed-role/Ops/me'
    const cloud = cloudWith(policyText(ADMIN, PAIRS), { caller })
    cloud.role({ name: 'Ops' })
    cloud.inject({
      call: 'iam:GetRole',
      fault: { before: ({ input }) => (input['RoleName'] === 'Ops' ? 'access-denied' : undefined) },
      times: Number.POSITIVE_INFINITY,
    })

    const plan = await planPermissions(JOB, cloud.connect(), { prefer: 'grant' })

    expect(plan.changes).toMatchObject([{ kind: 'grant', retiringPrincipal: null }])
  })

  test('is not planned where the grants cannot be read', async () => {
    const cloud = cloudWith(policyText(ADMIN, PAIRS))
    cloud.inject({ call: 'kms:ListGrants', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const plan = await planPermissions(JOB, cloud.connect(), {
      prefer: 'grant',
      addDocumentedStatement: true,
    })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('cannot be read (kms:ListGrants)')
  })

  test('of the same name under a constraint is not taken for the planned one', async () => {
    const cloud = cloudWith(policyText(ADMIN, PAIRS))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const [change] = plan.changes
    if (change?.kind !== 'grant') throw new Error('a grant is planned')
    await createGrant(cloud, {
      Name: change.name,
      Operations: change.operations,
      Constraints: { EncryptionContextEquals: { team: 'vision' } },
    })

    const { done } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(writesOf(cloud)).toEqual(['kms:CreateGrant'])
  })

  test('that is never listed is propagating, and the verdict unknown', async () => {
    const cloud = cloudWith(policyText(ADMIN, PAIRS))
    cloud.inject({ call: 'kms:CreateGrant', fault: 'slow-propagation', delay: 3_600_000 })

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), { prefer: 'grant', apply: true }))

    expect(error.code).toBe('permissions-not-met')
    expect(error.data.done.map(({ status: state }) => state)).toEqual(['propagating'])
    expect(error.message).toContain('Wait some minutes, and check again')
  })

  test('that is listed late counts once it is, and spoils no other verdict', async () => {
    const cloud = cloudWith(policyText(ADMIN, PAIRS))
    cloud.inject({ call: 'kms:CreateGrant', fault: 'slow-propagation', delay: 4 * 60_000 })

    const ensured = await ensurePermissions(JOB, cloud.connect(), { prefer: 'grant', apply: true })

    expect(ensured.done.map(({ status: state }) => state)).toEqual(['propagating'])
    expect(ensured.report.ok).toBe(true)
  })

  test.each([
    [1, 4 * 60_000],
    [6, 0],
  ])(
    'that is there already, %s minutes old, is waited for as long as it needs, and not undone',
    async (age, wait) => {
      const cloud = cloudWith(policyText(ADMIN, PAIRS))
      const aws = cloud.connect()
      const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
      const [change] = plan.changes
      if (change?.kind !== 'grant') throw new Error('a grant is planned')
      await createGrant(cloud, { Name: change.name, Operations: change.operations })
      cloud.clock.advance(age * 60_000)

      const applied = await applyPlan(plan, aws)

      expect(applied.done.map(({ status: state }) => state)).toEqual(['already-there'])
      expect(applied.undo.entries).toEqual([])
      expect(slept(cloud)).toBe(age * 60_000 + wait)
    },
  )
})
