import { describe, expect, test } from 'vitest'
import { labelingJob } from '../../../src/labeling-job.js'
import { outputKey, volumeKey } from '../../../src/names/kms-key.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { PolicyDocument } from '../../../src/permissions/policy/policy-document.js'
import { boundingBox } from '../../../src/tasks/image-tasks.js'
import { type FakeAws, fakeAws } from '../../../src/testing/index.js'
import { inWaves } from '../../support/in-waves.js'

const ADMIN_ONLY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Admin',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
}

function cloudWith(output: PolicyDocument | undefined, inline?: Record<string, PolicyDocument>): FakeAws {
  const cloud = fakeAws()
  cloud.user({ name: 'dev' })
  cloud.role({ name: 'GtExec', path: '/service-role/', ...(inline && { inline }) })
  cloud.key({ alias: 'alias/output', ...(output && { policy: output }) })
  cloud.key({ alias: 'alias/volume' })
  return cloud
}

const JOB = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box',
      description: 'Box every sign',
      template: 's3://acme/ui.html',
      labels: 's3://acme/labels.json',
    }),
  )
  .input('s3://acme/in.manifest')
  .output('s3://acme/out/', outputKey('alias/output'))
  .role('arn:aws:iam::111122223333:role/service-role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  .autoLabeling(volumeKey('alias/volume'))

describe('permissions of a built job against the fake AWS', () => {
  test('are read, mended, seen by KMS itself through a probe, and taken back', async () => {
    const cloud = cloudWith(ADMIN_ONLY)
    const aws = cloud.connect()
    const asRole = cloud.connect({ as: 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker' })

    const before = await checkPermissions(JOB, aws)
    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const probed = await checkPermissions(JOB, asRole, { probe: true })
    if (ensured.undo === undefined) throw new Error('something was written')
    await undo(ensured.undo, aws)
    const after = await checkPermissions(JOB, aws)

    expect(before.decisions.map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 19 }, () => 'missing'),
    )
    expect(ensured.report.ok).toBe(true)
    expect(ensured.done.map(({ change, status: state }) => [change.kind, state])).toEqual([
      ['key-policy', 'verified'],
      ['role-policy', 'verified'],
    ])
    expect(
      probed.decisions
        .filter(({ action }) => action === 'kms:Decrypt')
        .map(({ evidence }) => evidence.at(-1)),
    ).toEqual(Array.from({ length: 2 }, () => expect.objectContaining({ policy: 'probe', effect: 'Allow' })))
    expect(after.decisions).toEqual(before.decisions.map((decision) => ({ ...decision })))
  })

  test('are read in three waves of parallel calls, whatever names the keys have', async () => {
    const cloud = cloudWith(ADMIN_ONLY, { Base: ADMIN_ONLY, More: ADMIN_ONLY })
    const { aws, waves } = inWaves(cloud.connect())

    await checkPermissions(JOB, aws)

    expect(waves.map((wave) => [...new Set(wave)].sort())).toEqual([
      [
        'iam:GetRole',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'kms:DescribeKey',
        'sts:GetCallerIdentity',
      ],
      ['iam:GetRolePolicy', 'kms:GetKeyPolicy', 'kms:ListGrants', 'kms:ListKeyPolicies'],
    ])
  })

  test('are probed through a session of the role when its trust policy lets the caller become it', async () => {
    const cloud = cloudWith(ADMIN_ONLY)
    cloud.role({
      name: 'Notebook',
      trust: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'sagemaker.amazonaws.com', AWS: 'arn:aws:iam::111122223333:user/dev' },
          Action: 'sts:AssumeRole',
        },
      },
    })
    const job = JOB.role('arn:aws:iam::111122223333:role/Notebook')
    const aws = cloud.connect({ as: 'arn:aws:iam::111122223333:user/dev' })

    const report = await checkPermissions(job, aws, { probe: true })
    const mended = await ensurePermissions(job, aws, { probe: true, apply: true })

    expect(report.skipped).toEqual([])
    expect(report.decisions.find(({ action }) => action === 'kms:Encrypt')).toMatchObject({
      verdict: 'missing',
      basis: 'probed',
    })
    expect(mended.report.ok).toBe(true)
    expect(new Set(mended.report.decisions.map(({ basis }) => basis))).toEqual(new Set(['probed']))
  })

  test('an organization that forbids shows in a simulation, and is not mended', async () => {
    const cloud = cloudWith(undefined, {
      Keys: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } },
    })
    cloud.organization({
      scps: [
        [
          { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
          { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' } },
        ],
      ],
    })

    const plan = await planPermissions(JOB, cloud.connect(), { simulate: true })

    expect(
      plan.report.decisions
        .filter(({ verdict }) => verdict !== 'allowed')
        .map(({ action, verdict }) => [action, verdict]),
    ).toEqual([
      ['kms:Decrypt', 'unknown'],
      ['kms:Decrypt', 'unknown'],
    ])
    expect(plan.changes).toEqual([])
  })

  test.each([
    ['timeout-after-write', 'verified'],
    ['server-error', 'verified'],
    ['throttle', 'verified'],
    ['slow-propagation', 'verified'],
    ['reordered-policy', 'verified'],
    ['lost-update', 'propagating'],
  ] as const)('a %s of KMS ends as %s', async (fault, state) => {
    const cloud = cloudWith(ADMIN_ONLY)
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    cloud.inject({ call: fault === 'reordered-policy' ? 'kms:GetKeyPolicy' : 'kms:PutKeyPolicy', fault })

    const { done } = await applyPlan(plan, aws)

    expect(done.map((one) => one.status)).toEqual([state, 'verified'])
  })

  test('a deleted role in the key policy stops the plan', async () => {
    const cloud = cloudWith(ADMIN_ONLY)
    const aws = cloud.connect()
    const { roleArn } = cloud.role({ name: 'Gone' })
    const { keyArn } = cloud.key({
      policy: {
        Version: '2012-10-17',
        Statement: [
          ...(ADMIN_ONLY.Statement as []),
          { Effect: 'Allow', Principal: { AWS: roleArn }, Action: 'kms:Decrypt', Resource: '*' },
        ],
      },
    })
    cloud.deleteRole(roleArn)

    const plan = await planPermissions(JOB.output('s3://acme/out/', outputKey(keyArn as string)), aws)

    expect(plan.notFixed[0]?.why).toMatch(/names AROA\w+, the id of a deleted principal/)
  })

  test('what the caller may not read is reported, and nothing is allowed because of it', async () => {
    const cloud = cloudWith(ADMIN_ONLY)
    cloud.inject({ call: 'iam:*', fault: 'access-denied', times: 99 })
    cloud.inject({ call: 'kms:GetKeyPolicy', fault: 'access-denied', times: 99 })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(new Set(report.unreadable.map(({ permissionNeeded }) => permissionNeeded))).toEqual(
      new Set(['iam:GetRole', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies', 'kms:GetKeyPolicy']),
    )
    expect(report.toMarkdown()).toContain('(needs `iam:GetRole`)')
  })
})
