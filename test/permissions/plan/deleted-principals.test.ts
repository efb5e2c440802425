import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { ADMIN, cloudWith, GUIDE, JOB, keyPolicyOf, OUTPUT_KEY, policyText } from '../labeling-account.js'

const OLD_ROLE = 'AROAEXAMPLEOLD000001'

const OTHER = 'arn:aws:iam::111122223333:role/Other'

const OLD_USER = 'AIDAEXAMPLEOLD000002'

describe('a key policy with ids of deleted principals', () => {
  test('is not changed unless that is asked for, and the plan names the option', async () => {
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Sid: 'Old', Principal: { AWS: OLD_ROLE } }))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toBe(
      `the key policy names ${OLD_ROLE}, the id of a deleted principal, and KMS refuses every change until that is removed; { removeDeletedPrincipals: true } takes them out of Allow statements`,
    )
  })

  test('loses them with { removeDeletedPrincipals: true }, the diff shows it, and undo takes back the own statement only', async () => {
    const shared = { ...GUIDE, Sid: 'Shared', Principal: { AWS: [OLD_ROLE, OTHER] } }
    const old = { ...GUIDE, Sid: 'Old', Principal: { AWS: OLD_USER } }
    const cloud = cloudWith(policyText(ADMIN, shared, old))
    cloud.role({ name: 'Other' })
    const aws = cloud.connect()
    const shown: string[] = []

    const ensured = await ensurePermissions(JOB, aws, {
      removeDeletedPrincipals: true,
      apply: (plan) => shown.push(String(plan)) > 0,
    })
    const written = JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement
    if (ensured.undo === undefined) throw new Error('something was written')
    const undone = await undo(ensured.undo, aws)
    const left = JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement

    const kept = [ADMIN, { ...shared, Principal: { AWS: [OTHER] } }]
    expect(ensured.report.ok).toBe(true)
    expect(written).toEqual([...kept, { ...GUIDE, Sid: expect.stringMatching(/^SmGroundTruthUse/) }])
    expect(shown[0]).toContain(`  in the statement Shared:\n  -       "${OLD_ROLE}",\n`)
    expect(shown[0]).toContain(`  -     "AWS": "${OLD_USER}"`)
    expect(shown[0]).toContain(
      `warning: ${OLD_ROLE}, ${OLD_USER} are ids of deleted principals; undo() does not put them back`,
    )
    expect(undone.undone).toHaveLength(1)
    expect(left).toEqual(kept)
  })

  test('stays as it is when a Deny names one', async () => {
    const deny = { ...GUIDE, Sid: 'Never', Effect: 'Deny', Principal: { AWS: OLD_ROLE } }
    const cloud = cloudWith(policyText(ADMIN, deny))

    const plan = await planPermissions(JOB, cloud.connect(), { removeDeletedPrincipals: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('it stands in a Deny, which its administrator has to change')
  })

  test("keeps the role's own id, which may be a live principal", async () => {
    const raw = { ...GUIDE, Sid: 'Raw', Principal: { AWS: 'AROAEXAMPLEGT0000001' } }
    const cloud = cloudWith(policyText(ADMIN, raw))

    const plan = await planPermissions(JOB, cloud.connect(), {
      removeDeletedPrincipals: true,
      addDocumentedStatement: true,
    })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('AROAEXAMPLEGT0000001')
  })

  test('an orphaned id in the key policy stops the plan', async () => {
    const orphan = { ...GUIDE, Sid: 'Old', Principal: { AWS: 'AROAEXAMPLEOLD000001' } }
    const cloud = cloudWith(policyText(ADMIN, orphan))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('AROAEXAMPLEOLD000001')
  })
})
