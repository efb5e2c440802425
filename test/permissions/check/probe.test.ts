import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  awsError,
  DELEGATION,
  GUIDE,
  JOB,
  NOW,
  OUTPUT_KEY,
  policyText,
  resolvedJob,
  SmallAws,
  VOLUME_KEY,
  worldWith,
} from '../small-aws.js'
import { answering, DRY_RUNS, refuse } from './answering.js'

describe('a probe', () => {
  const asRole = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'

  test.each([
    ['DryRunOperationException', GUIDE, 'allowed', 'probed'],
    ['AccessDeniedException', GUIDE, 'unknown', 'probed'],
    ['ValidationException', GUIDE, 'allowed', 'static'],
    ['AccessDeniedException', DELEGATION, 'missing', 'probed'],
    ['DryRunOperationException', DELEGATION, 'unknown', 'probed'],
  ] as const)('%s over %o makes Encrypt %s (%s)', async (answer, statement, verdict, basis) => {
    const world = new SmallAws()
    world.caller = asRole
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, statement))
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse(answer)]))

    const report = await checkPermissions(JOB, answering(world.connect(), answers), { probe: true })

    expect(report.decisions.find(({ action }) => action === 'kms:Encrypt')).toMatchObject({ verdict, basis })
  })

  test('a condition on what differs between sessions stays unknown, with the probe as evidence', async () => {
    const world = new SmallAws()
    world.caller = asRole
    world.policies.set(
      OUTPUT_KEY,
      policyText(ADMIN, { ...GUIDE, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
    )
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))

    const report = await checkPermissions(JOB, answering(world.connect(), answers), { probe: true })

    const encrypt = report.decisions.find(({ action }) => action === 'kms:Encrypt')
    expect(encrypt).toMatchObject({ verdict: 'unknown', basis: 'static' })
    expect(encrypt?.evidence.at(-1)).toMatchObject({ policy: 'probe', effect: 'Allow' })
  })

  test.each([
    { DateLessThan: { 'aws:CurrentTime': '2026-11-24T00:00:00Z' } },
    { StringNotEqualsIfExists: { 'kms:EncryptionContext:team': 'other' } },
    { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
    { Null: { 'aws:SourceAccount': 'true' } },
    { StringLike: { 'aws:userid': '*:SageMaker' } },
    { NewOperator: { 'aws:PrincipalAccount': '111122223333' } },
  ])(
    'a condition on what the request of a probe need not share with a job stays unknown: %j',
    async (own) => {
      const world = new SmallAws()
      world.caller = asRole
      const direct = { ...GUIDE, Sid: 'Direct', Condition: own }
      const through = {
        ...GUIDE,
        Sid: 'Through',
        Condition: { StringLike: { 'kms:ViaService': '*.us-east-1.amazonaws.com' } },
      }
      world.policies.set(OUTPUT_KEY, policyText(ADMIN, direct as never, through))
      const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))

      const report = await checkPermissions(JOB, answering(world.connect(), answers), { probe: true })

      expect(report.decisions.find(({ action }) => action === 'kms:Encrypt')?.verdict).toBe('unknown')
    },
  )

  test('a condition on the organization is the same for a probe and a job', async () => {
    const world = new SmallAws()
    world.caller = asRole
    const direct = {
      ...GUIDE,
      Sid: 'Direct',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    }
    const through = {
      ...GUIDE,
      Sid: 'Through',
      Condition: { StringLike: { 'kms:ViaService': '*.us-east-1.amazonaws.com' } },
    }
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, direct, through))
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))

    const report = await checkPermissions(JOB, answering(world.connect(), answers), { probe: true })

    expect(report.ok).toBe(true)
  })

  test('what a probe settled is not lost in a plan for the rest', async () => {
    const world = new SmallAws()
    world.caller = asRole
    const onOrganization = {
      ...GUIDE,
      Sid: 'Direct',
      Action: ['kms:Encrypt', 'kms:DescribeKey'],
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    }
    const through = {
      ...onOrganization,
      Sid: 'Through',
      Condition: { StringLike: { 'kms:ViaService': '*.us-east-1.amazonaws.com' } },
    }
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, onOrganization, through))
    const answers = Object.fromEntries(
      DRY_RUNS.map((name) => [
        name,
        () => {
          const isAllowed = name === 'kms:Encrypt' || world.writes.length > 0
          throw awsError(isAllowed ? 'DryRunOperationException' : 'AccessDeniedException')
        },
      ]),
    )
    const aws = answering(world.connect(), answers)

    const plan = await planPermissions(JOB, aws, { probe: true })
    const ensured = await ensurePermissions(JOB, aws, { probe: true, apply: true })

    expect(plan.complete).toBe(true)
    expect(plan.after.find(({ action }) => action === 'kms:Encrypt')).toMatchObject({ basis: 'probed' })
    expect(ensured.report.ok).toBe(true)
  })

  test('a role made just now is not taken for known everywhere by one dry run', async () => {
    const world = new SmallAws()
    world.caller = asRole
    world.roleCreated = new Date(NOW.getTime() - 10_000)
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))

    const report = await checkPermissions(JOB, answering(world.connect(), answers), { probe: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'propagating' }],
    })
  })

  test('what a probe refuses stays in a plan, and half of it is not written', async () => {
    const world = new SmallAws()
    world.caller = asRole
    const without = GUIDE.Action as readonly string[]
    const most = { ...GUIDE, Action: without.filter((action) => action !== 'kms:DescribeKey') }
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, { ...most, Sid: 'Use' }))
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))
    const aws = answering(world.connect(), { ...answers, 'kms:Decrypt': refuse('AccessDeniedException') })

    const plan = await planPermissions(JOB, aws, { probe: true })
    const error = await ensurePermissions(JOB, aws, { probe: true, apply: true }).catch((thrown) => thrown)

    expect(String(plan.report)).toContain(
      "unknown  KMS refused the role's dry run; the call paths to KMS differ: direct missing, via-s3 allowed, via-sagemaker allowed (probed)",
    )
    expect(String(plan.report)).toContain(
      'needed for kms:Decrypt: the Deny that KMS heeds and no policy that was read shows',
    )
    expect(plan.complete).toBe(false)
    expect(plan.after.find(({ action }) => action === 'kms:Decrypt')).toMatchObject({
      verdict: 'unknown',
      basis: 'probed',
    })
    expect(error.code).toBe('permissions-not-met')
    expect(world.writes).toEqual([])
  })

  test('leaves no grant behind at an endpoint that does not heed DryRun', async () => {
    const world = new SmallAws()
    world.caller = asRole
    world.policies.set(VOLUME_KEY, policyText(ADMIN, { ...GUIDE, Action: 'kms:*' }))
    const heedless = (sent: readonly string[]) =>
      answering(
        world.connect(),
        Object.fromEntries(sent.map((name) => [name, () => ({ KeyId: VOLUME_KEY })])),
      )
    const all = DRY_RUNS.filter((name) => name !== 'kms:CreateGrant')
    const job = resolvedJob({ volume: VOLUME_KEY })

    const report = await checkPermissions(job, heedless(all), { probe: true })
    const others = Object.fromEntries(all.map((name) => [name, refuse('DryRunOperationException')]))
    await checkPermissions(job, answering(world.connect(), others), { probe: true })

    expect(report.skipped).toEqual(['KMS was not probed in full: this endpoint does not heed DryRun'])
    expect(world.calls.filter((name) => /Grant$/.test(name))).toEqual(['CreateGrant', 'RevokeGrant'])
    expect(world.grants.get(VOLUME_KEY)).toEqual([])
  })

  test.each([
    [4, true, 'allowed'],
    [Infinity, false, 'unknown'],
  ])(
    'what was just written is probed again while KMS refuses it: %s refusals',
    async (refusals, ok, verdict) => {
      const world = new SmallAws()
      world.caller = asRole
      world.policies.set(OUTPUT_KEY, policyText(ADMIN, { ...GUIDE, Action: 'kms:DescribeKey' }))
      let left = refusals
      const encrypt = () => {
        const isWritten = world.writes.length > 0
        throw awsError(isWritten && left-- <= 0 ? 'DryRunOperationException' : 'AccessDeniedException')
      }
      const others = Object.fromEntries(
        DRY_RUNS.map((name) => [
          name,
          () => {
            throw awsError(world.writes.length > 0 ? 'DryRunOperationException' : 'AccessDeniedException')
          },
        ]),
      )
      const aws = answering(world.connect(), {
        ...others,
        'kms:Encrypt': encrypt,
      })

      const outcome = await ensurePermissions(JOB, aws, { probe: true, apply: true }).catch((error) => error)

      const { report } = outcome.data ?? outcome
      expect(report.ok).toBe(ok)
      expect(
        report.decisions.find(({ action }: { action: string }) => action === 'kms:Encrypt'),
      ).toMatchObject({
        verdict,
        basis: 'probed',
      })
      expect(world.writes).toEqual(['PutKeyPolicy'])
      expect(world.slept).toBeLessThan(5 * 60_000 + 20_000)
    },
  )

  test('a role that trusts nobody else is not probed', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))

    const report = await checkPermissions(JOB, world.connect(), { probe: true })

    expect(report.decisions.map(({ basis }) => basis)).toEqual(Array.from({ length: 9 }, () => 'static'))
    expect(report.skipped).toEqual([
      'KMS was not probed: arn:aws:iam::111122223333:user/ops is not a session of the role and cannot assume it: sts:AssumeRole answered AccessDenied: AccessDenied',
    ])
  })
})
