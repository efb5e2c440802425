import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { ourName, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
import type { PermissionPlan } from '../../../src/permissions/plan/permission-plan.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import { fakeAws } from '../../../src/testing/index.js'
import { GUIDE, OUTPUT_KEY, requestWith, resolvedJob } from '../labeling-account.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const OPS: PolicyStatement = {
  Sid: 'Ops',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
  Action: 'kms:*',
  Resource: '*',
}
const OURS: PolicyStatement = {
  ...GUIDE,
  Sid: await ourName(STATEMENT_PREFIX, ROLE, OUTPUT_KEY),
  Principal: { AWS: ROLE },
}
const { Action: _, ...WITHOUT_ACTION } = OURS

function world(ours: PolicyStatement) {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  const { keyArn } = cloud.key({
    keyId: OUTPUT_KEY.split('/')[1] ?? '',
    policy: { Version: '2012-10-17', Statement: [OPS, ours] },
  })
  const job = {
    ...resolvedJob({ output: keyArn }),
    request: { ...requestWith({ output: keyArn }), RoleArn: ROLE },
  }
  const aws = cloud.connect()
  const statements = async () => {
    const { Policy = '' } = await aws.call('kms:GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' })
    return JSON.parse(Policy).Statement
  }
  return { cloud, aws, job, statements }
}

describe('a statement of ours that an administrator changed', () => {
  const CHANGED: readonly (readonly [string, PolicyStatement])[] = [
    [
      'a condition that ended',
      { ...OURS, Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } },
    ],
    ['one VPC endpoint', { ...OURS, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
    ['all but some actions', { ...WITHOUT_ACTION, NotAction: 'kms:Decrypt' }],
    ['one resource', { ...OURS, Resource: 'arn:aws:kms:us-east-1:111122223333:key/none' }],
  ]

  test.each(CHANGED)('to %s is not replaced by { apply: true }', async (_, ours) => {
    const { cloud, aws, job } = world(ours)

    const options = { apply: true, addDocumentedStatement: true }
    const outcome = ensurePermissions(job, aws, options)

    await expect(outcome).rejects.toMatchObject({
      code: 'permissions-not-met',
      fix: expect.stringContaining(
        '{ apply: true } does not replace a statement of this library that somebody else changed',
      ),
    })
    expect(cloud.calls.writes()).toEqual([])
  })

  test.each(CHANGED)('to %s is replaced by a function that was shown it', async (_, ours) => {
    const { aws, job, statements } = world(ours)
    const shown: PermissionPlan[] = []
    const apply = (plan: PermissionPlan) => {
      shown.push(plan)
      return true
    }

    const ensured = await ensurePermissions(job, aws, { apply, addDocumentedStatement: true })

    expect(ensured.report.ok).toBe(true)
    expect(shown[0]?.warnings).toEqual([
      expect.stringMatching(/was under a condition or narrowed, and is replaced without that/),
    ])
    expect(await statements()).toEqual([OPS, OURS])
  })

  test('is put back by undo, when that gives no more than this library ever does', async () => {
    const narrowed = { ...OURS, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }
    const { aws, job, statements } = world(narrowed)
    const ensured = await ensurePermissions(job, aws, { apply: () => true, addDocumentedStatement: true })

    if (ensured.undo !== undefined) await undo(JSON.parse(JSON.stringify(ensured.undo)), aws)

    expect(await statements()).toEqual([OPS, narrowed])
  })

  test('to allow all but some actions is not put back, and the plan says so', async () => {
    const { aws, job, statements } = world({ ...WITHOUT_ACTION, NotAction: 'kms:Decrypt' })
    const shown: string[] = []
    const apply = (plan: PermissionPlan) => shown.push(...plan.warnings) > 0
    const ensured = await ensurePermissions(job, aws, { apply })

    if (ensured.undo !== undefined) await undo(ensured.undo, aws)

    expect(shown).toEqual([expect.stringMatching(/undo\(\) does not put it back$/)])
    expect(await statements()).toEqual([OPS])
  })
})
