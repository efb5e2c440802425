import { CreateGrantCommand, type CreateGrantCommandInput } from '@aws-sdk/client-kms'
import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { InjectedCall } from '../../../src/testing/index.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  failing,
  GUIDE,
  grantsOf,
  JOB,
  NOW,
  policyText,
  ROLE,
  resolvedJob,
  slept,
  VOLUME_KEY,
  writesOf,
} from '../labeling-account.js'
import { answerDryRuns, DRY_RUNS } from './dry-runs.js'

describe('a probe', () => {
  const asRole = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'
  /** Without it KMS would take no new policy from the role. */
  const ours = { ...ADMIN, Sid: 'Ours', Principal: { AWS: ROLE }, Action: 'kms:PutKeyPolicy' }

  test.each([
    ['DryRunOperationException', GUIDE, 'allowed', 'probed'],
    ['AccessDeniedException', GUIDE, 'unknown', 'probed'],
    ['ValidationException', GUIDE, 'allowed', 'static'],
    ['AccessDeniedException', DELEGATION, 'missing', 'probed'],
    ['DryRunOperationException', DELEGATION, 'unknown', 'probed'],
  ] as const)('%s over %o makes Encrypt %s (%s)', async (answer, statement, verdict, basis) => {
    const cloud = cloudWith(policyText(ADMIN, statement), { caller: asRole })
    answerDryRuns(cloud, answer)

    const report = await checkPermissions(JOB, cloud.connect(), { probe: true })

    expect(report.decisions.find(({ action }) => action === 'kms:Encrypt')).toMatchObject({ verdict, basis })
  })

  test('a condition on what differs between sessions stays unknown, with the probe as evidence', async () => {
    const cloud = cloudWith(
      policyText(ADMIN, { ...GUIDE, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
      { caller: asRole },
    )
    answerDryRuns(cloud, 'DryRunOperationException')

    const report = await checkPermissions(JOB, cloud.connect(), { probe: true })

    const encrypt = report.decisions.find(({ action }) => action === 'kms:Encrypt')
    expect(encrypt).toMatchObject({ verdict: 'unknown', basis: 'static' })
    expect(encrypt?.evidence.at(-1)).toMatchObject({ policy: 'probe', effect: 'Allow' })
  })

  test.each([
    { DateLessThan: { 'aws:CurrentTime': '2026-11-24T00:00:00Z' } },
    { StringNotEqualsIfExists: { 'kms:EncryptionContext:team': 'other' } },
    { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['job'] } },
    { Null: { 'aws:SourceAccount': 'true' } },
    { StringLike: { 'aws:userid': '*:SageMaker' } },
    { NewOperator: { 'aws:PrincipalAccount': '111122223333' } },
  ])(
    'a condition on what the request of a probe need not share with a job stays unknown: %j',
    async (own) => {
      const direct = { ...GUIDE, Sid: 'Direct', Condition: own }
      const through = {
        ...GUIDE,
        Sid: 'Through',
        Condition: { StringLike: { 'kms:ViaService': '*.us-east-1.amazonaws.com' } },
      }
      const cloud = cloudWith(policyText(ADMIN, direct as never, through), { caller: asRole })
      answerDryRuns(cloud, 'DryRunOperationException')

      const report = await checkPermissions(JOB, cloud.connect(), { probe: true })

      expect(report.decisions.find(({ action }) => action === 'kms:Encrypt')?.verdict).toBe('unknown')
    },
  )

  test('a condition on the organization is the same for a probe and a job', async () => {
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
    const cloud = cloudWith(policyText(ADMIN, direct, through), { caller: asRole })
    answerDryRuns(cloud, 'DryRunOperationException')

    const report = await checkPermissions(JOB, cloud.connect(), { probe: true })

    expect(report.ok).toBe(true)
  })

  test('what a probe settled is not lost in a plan for the rest', async () => {
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
    const cloud = cloudWith(policyText(ADMIN, ours, onOrganization, through), { caller: asRole })
    answerDryRuns(cloud, ({ name }) => {
      const isAllowed = name === 'kms:Encrypt' || writesOf(cloud).length > 0
      return isAllowed ? 'DryRunOperationException' : 'AccessDeniedException'
    })
    const aws = cloud.connect()

    const plan = await planPermissions(JOB, aws, { probe: true })
    const ensured = await ensurePermissions(JOB, aws, { probe: true, apply: true })

    expect(plan.complete).toBe(true)
    expect(plan.after.find(({ action }) => action === 'kms:Encrypt')).toMatchObject({ basis: 'probed' })
    expect(ensured.report.ok).toBe(true)
  })

  test('a role made just now is not taken for known everywhere by one dry run', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), {
      caller: asRole,
      role: { createdAt: new Date(NOW.getTime() - 10_000) },
    })
    answerDryRuns(cloud, 'DryRunOperationException')

    const report = await checkPermissions(JOB, cloud.connect(), { probe: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'propagating' }],
    })
  })

  test('what a probe refuses stays in a plan, and half of it is not written', async () => {
    const without = GUIDE.Action as readonly string[]
    const most = { ...GUIDE, Action: without.filter((action) => action !== 'kms:DescribeKey') }
    const cloud = cloudWith(policyText(ADMIN, { ...most, Sid: 'Use' }), { caller: asRole })
    failing(cloud, 'kms:Decrypt', 'AccessDeniedException')
    answerDryRuns(cloud, 'DryRunOperationException')
    const aws = cloud.connect()

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
    expect(writesOf(cloud)).toEqual([])
  })

  test('leaves no grant behind at an endpoint that does not heed DryRun', async () => {
    const cloud = cloudWith(undefined, {
      volume: policyText(ADMIN, { ...GUIDE, Action: 'kms:*' }),
      caller: asRole,
    })
    const others = DRY_RUNS.filter((name) => name !== 'kms:CreateGrant')
    for (const call of others) {
      cloud.inject({ call, fault: { instead: () => ({ KeyId: VOLUME_KEY }) } })
      failing(cloud, call, 'DryRunOperationException')
    }
    const heedless = ({ input }: InjectedCall) =>
      cloud.send(new CreateGrantCommand({ ...(input as unknown as CreateGrantCommandInput), DryRun: false }))
    cloud.inject({ call: 'kms:CreateGrant', fault: { instead: heedless } })
    const job = resolvedJob({ volume: VOLUME_KEY })

    const report = await checkPermissions(job, cloud.connect(), { probe: true })
    await checkPermissions(job, cloud.connect(), { probe: true })

    expect(report.skipped).toEqual(['KMS was not probed in full: this endpoint does not heed DryRun'])
    expect(writesOf(cloud)).toEqual(['kms:CreateGrant', 'kms:RevokeGrant'])
    expect(await grantsOf(cloud, VOLUME_KEY)).toEqual([])
  })

  test.each([
    [4, true, 'allowed'],
    [Infinity, false, 'unknown'],
  ])(
    'what was just written is probed again while KMS refuses it: %s refusals',
    async (refusals, ok, verdict) => {
      const cloud = cloudWith(policyText(ADMIN, ours, { ...GUIDE, Action: 'kms:DescribeKey' }), {
        caller: asRole,
      })
      let left = refusals
      answerDryRuns(cloud, ({ name }) => {
        const isWritten = writesOf(cloud).length > 0
        const isKnown = isWritten && (name !== 'kms:Encrypt' || left-- <= 0)
        return isKnown ? 'DryRunOperationException' : 'AccessDeniedException'
      })
      const aws = cloud.connect()

      const outcome = await ensurePermissions(JOB, aws, { probe: true, apply: true }).catch((error) => error)

      const { report } = outcome.data ?? outcome
      expect(report.ok).toBe(ok)
      expect(
        report.decisions.find(({ action }: { action: string }) => action === 'kms:Encrypt'),
      ).toMatchObject({
        verdict,
        basis: 'probed',
      })
      expect(writesOf(cloud)).toEqual(['kms:PutKeyPolicy'])
      expect(slept(cloud)).toBeLessThan(5 * 60_000 + 20_000)
    },
  )

  test('a role that trusts nobody else is not probed', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))

    const report = await checkPermissions(JOB, cloud.connect(), { probe: true })

    expect(report.decisions.map(({ basis }) => basis)).toEqual(Array.from({ length: 9 }, () => 'static'))
    expect(report.skipped).toEqual([
      'KMS was not probed: arn:aws:iam::111122223333:user/ops is not a session of the role and cannot assume it: sts:AssumeRole answered AccessDenied: User: arn:aws:iam::111122223333:user/ops is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/service-role/GtExec',
    ])
  })
})
