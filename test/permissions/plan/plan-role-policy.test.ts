import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { ourName, ROLE_POLICY_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  allowText,
  cloudWith,
  DELEGATION,
  deleteInline,
  inlineOf,
  JOB,
  OUTPUT_KEY,
  policyText,
  putInline,
  ROLE,
} from '../labeling-account.js'

const OWN_POLICY = await ourName(ROLE_POLICY_PREFIX, ROLE, OUTPUT_KEY)

describe('a role policy is not planned', () => {
  test('when the inline policies cannot be read', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    cloud.inject({ call: 'iam:ListRolePolicies', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const plan = await planPermissions(JOB, cloud.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('the inline policies of the role cannot be read')
  })

  test('over one of our name under a condition', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const statement = {
      Sid: 'SmGroundTruthKms',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: OUTPUT_KEY,
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    }
    await putInline(cloud, OWN_POLICY, JSON.stringify({ Version: '2012-10-17', Statement: statement }))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain("is not of this library's making")
  })
})

describe('a role policy of our making', () => {
  test('keeps its actions, the diff shows the new ones, and undo writes it back', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const before = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'SmGroundTruthKms', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: OUTPUT_KEY },
      ],
    })
    await putInline(cloud, OWN_POLICY, before)
    const aws = cloud.connect()

    const plan = await planPermissions(JOB, aws)
    const { undo: info } = await applyPlan(plan, aws)
    const written = JSON.parse((await inlineOf(cloud))[OWN_POLICY] ?? '')
    await undo(info, aws)

    expect(written.Statement[0].Action).toHaveLength(9)
    expect(written.Statement[0].Action[0]).toBe('kms:Decrypt')
    expect(String(plan)).toContain('  undo: writes the policy as it was')
    expect((await inlineOf(cloud))[OWN_POLICY]).toBe(before)
  })

  test('that somebody changed since is left by undo', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const aws = cloud.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    await putInline(cloud, OWN_POLICY, allowText('s3:*', '*'))
    if (info === undefined) throw new Error('something was written')

    const changed = await undo(info, aws)
    await deleteInline(cloud, OWN_POLICY)
    const gone = await undo(info, aws)

    expect(changed.kept.map(({ why }) => why)).toEqual(['somebody changed it since'])
    expect(gone.kept.map(({ why }) => why)).toEqual(['it is not there any more'])
  })
})
