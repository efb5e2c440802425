import { expect, test } from 'vitest'
import {
  applyPlan,
  checkPermissions,
  ensurePermissions,
  planPermissions,
  undo,
} from '../../src/permissions/index.js'
import { sameMeaning } from '../../src/permissions/policy/compare-policies.js'
import { allow, inlinePoliciesOf, jobOf, keyPolicyOf, type Place, policyWithoutDelegation } from './place.js'

const GUIDE_ACTIONS = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
]

/** That a mend writes one statement or policy of its own, lasts, and can be taken back. */
export function mendFacts(place: () => Place): void {
  test('without delegation one statement is added to the key policy, and nothing else changes', async () => {
    const { aws, key, role } = place()
    const before = await policyWithoutDelegation(place())
    const { keyArn } = await key({ policy: before })
    const roleArn = await role({ inline: { images: allow('s3:GetObject') } })
    const policies = await inlinePoliciesOf(place(), roleArn)
    const job = jobOf(roleArn, keyArn)

    const plan = await planPermissions(job, aws)
    const applied = await applyPlan(plan, aws)

    const after = JSON.parse(await keyPolicyOf(place(), keyArn))
    const { Statement: statements, ...rest } = JSON.parse(before)
    expect(plan.complete).toBe(true)
    expect(applied.done.map(({ change, status: state }) => [change.kind, state])).toEqual([
      ['key-policy', 'verified'],
    ])
    expect(after).toEqual({
      ...rest,
      Statement: [
        ...statements,
        {
          Sid: expect.stringMatching(/^SmGroundTruthUse[0-9a-f]{8}$/),
          Effect: 'Allow',
          Principal: { AWS: roleArn },
          Action: GUIDE_ACTIONS,
          Resource: '*',
        },
      ],
    })
    expect(await inlinePoliciesOf(place(), roleArn)).toEqual(policies)
    expect((await checkPermissions(job, aws)).ok).toBe(true)
  })

  test('with delegation one inline policy is put on the role, and the key policy stays', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key()
    const before = await keyPolicyOf(place(), keyArn)
    const roleArn = await role({ inline: { images: allow('s3:GetObject') } })
    const policies = await inlinePoliciesOf(place(), roleArn)
    const job = jobOf(roleArn, keyArn)

    const plan = await planPermissions(job, aws)
    const applied = await applyPlan(plan, aws)

    const { images, ...own } = await inlinePoliciesOf(place(), roleArn)
    expect(plan.complete).toBe(true)
    expect(applied.done.map(({ change, status: state }) => [change.kind, state])).toEqual([
      ['role-policy', 'verified'],
    ])
    expect(images).toBe(policies['images'])
    expect(Object.entries(own).map(([name, text]) => [name, JSON.parse(text)])).toEqual([
      [
        expect.stringMatching(/^SmGroundTruthKms-[0-9a-f]{8}$/),
        {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'SmGroundTruthKms',
              Effect: 'Allow',
              Action: plan.report.decisions.map(({ action }) => action),
              Resource: keyArn,
            },
          ],
        },
      ],
    ])
    expect(await keyPolicyOf(place(), keyArn)).toBe(before)
    expect((await checkPermissions(job, aws)).ok).toBe(true)
  })

  test('the volume key gets kms:CreateGrant, the output key does not', async () => {
    const { aws, key, role } = place()
    const [output, volume] = [await key(), await key()]
    const roleArn = await role()

    const { report, done } = await ensurePermissions(jobOf(roleArn, output.keyArn, volume.keyArn), aws, {
      apply: true,
    })

    const policies = Object.values(await inlinePoliciesOf(place(), roleArn)).map((text) => JSON.parse(text))
    const grantable = policies
      .map(({ Statement: [statement] }) => statement)
      .filter(({ Action }) => Action.includes('kms:CreateGrant'))
      .map(({ Resource }) => Resource)
    expect(report.ok).toBe(true)
    expect(done.map(({ status: state }) => state)).toEqual(['verified', 'verified'])
    expect(policies).toHaveLength(2)
    expect(grantable).toEqual([volume.keyArn])
  })

  test('one key for both purposes without delegation allows kms:CreateGrant in its own statement', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const roleArn = await role()

    const { report } = await ensurePermissions(jobOf(roleArn, keyArn, keyArn), aws, { apply: true })

    const own = JSON.parse(await keyPolicyOf(place(), keyArn)).Statement.at(-1)
    expect(report.ok).toBe(true)
    expect(own).toMatchObject({
      Principal: { AWS: roleArn },
      Action: [...GUIDE_ACTIONS, 'kms:CreateGrant'],
      Resource: '*',
    })
  })

  test.each([
    ['a key policy', policyWithoutDelegation],
    ['an inline policy', async () => undefined],
  ])('a second apply of %s changes nothing', async (_document, policyIn) => {
    const { aws, key, role } = place()
    const policy = await policyIn(place())
    const { keyArn } = await key(policy === undefined ? {} : { policy })
    const roleArn = await role()
    const plan = await planPermissions(jobOf(roleArn, keyArn), aws)
    await applyPlan(plan, aws)
    const texts = [await keyPolicyOf(place(), keyArn), await inlinePoliciesOf(place(), roleArn)]

    const again = await applyPlan(plan, aws)
    const ensured = await ensurePermissions(jobOf(roleArn, keyArn), aws, { apply: true })

    expect(again.done.map(({ status: state }) => state)).toEqual(['already-there'])
    expect(again.undo.entries).toEqual([])
    expect(ensured.done).toEqual([])
    expect([await keyPolicyOf(place(), keyArn), await inlinePoliciesOf(place(), roleArn)]).toEqual(texts)
  })

  test('undo restores the meaning of every document, and finds nothing to do the second time', async () => {
    const { aws, key, role } = place()
    const [output, volume] = [await key({ policy: await policyWithoutDelegation(place()) }), await key()]
    const roleArn = await role({ inline: { images: allow('s3:GetObject') } })
    const keys = [output.keyArn, volume.keyArn]
    const read = () => Promise.all(keys.map((keyArn) => keyPolicyOf(place(), keyArn)))
    const before = { keys: await read(), role: await inlinePoliciesOf(place(), roleArn) }
    const job = jobOf(roleArn, output.keyArn, volume.keyArn)
    const applied = await applyPlan(await planPermissions(job, aws), aws)

    const undone = await undo(applied.undo, aws)
    const again = await undo(applied.undo, aws)

    const after = { keys: await read(), role: await inlinePoliciesOf(place(), roleArn) }
    expect(undone.undone.map(({ kind }) => kind)).toEqual(['role-policy', 'key-policy'])
    expect(undone.kept).toEqual([])
    expect(after.keys.map((text, index) => sameMeaning(text, before.keys[index] ?? ''))).toEqual([true, true])
    expect(after.role).toEqual(before.role)
    expect(again.undone).toEqual([])
    expect(again.kept.map(({ why }) => why)).toEqual(['it is not there any more', 'it is not there any more'])
  })

  test('without apply nothing is written', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const roleArn = await role()
    const before = await keyPolicyOf(place(), keyArn)

    const ensuring = ensurePermissions(jobOf(roleArn, keyArn), aws)

    await expect(ensuring).rejects.toMatchObject({
      code: 'permissions-not-met',
      data: { plan: { complete: true } },
    })
    expect(await keyPolicyOf(place(), keyArn)).toBe(before)
    expect(await inlinePoliciesOf(place(), roleArn)).toEqual({})
  })
}
