import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  failing,
  JOB,
  PAIRS,
  policyText,
  TWO_KEY_JOB,
  thrownBy,
  writesOf,
} from '../labeling-account.js'

describe('what goes wrong while a plan is written', () => {
  test('before a failure is said in the message', async () => {
    const cloud = cloudWith(policyText(ADMIN), { volume: policyText(DELEGATION) })
    const aws = cloud.connect()
    const plan = await planPermissions(TWO_KEY_JOB, aws)
    cloud.inject({ call: 'iam:PutRolePolicy', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.message).toContain(
      'One change is in place, or may be: undo(error.data.undo, aws) takes back what was written.',
    )
  })

  test('stops at the first failure and says what was done', async () => {
    const cloud = cloudWith(policyText(ADMIN), { volume: policyText(DELEGATION) })
    const aws = cloud.connect()
    const plan = await planPermissions(TWO_KEY_JOB, aws)
    cloud.inject({ call: 'iam:PutRolePolicy', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.data.done.map(({ change }) => change.kind)).toEqual(['key-policy'])
    expect(error.data.undo?.entries.map(({ kind }) => kind)).toEqual(['key-policy'])
  })

  test('a lock-out refusal says that the caller is not the one to change the key', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    failing(
      cloud,
      'kms:PutKeyPolicy',
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    )

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.fix).toContain('let an administrator of the key apply the plan')
    expect(cloud.calls.of('kms:PutKeyPolicy')).toHaveLength(1)
  })

  test('meets a text that is no JSON with the news of what was done', async () => {
    const cloud = cloudWith(policyText(ADMIN), { volume: policyText(DELEGATION) })
    const aws = cloud.connect()
    const plan = await planPermissions(TWO_KEY_JOB, aws)
    cloud.inject({ call: 'iam:PutRolePolicy', fault: 'lost-update', policy: 'x' })

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data.done).toHaveLength(1)
    expect(error.data.undo?.entries.map(({ kind }) => kind)).toEqual(['key-policy', 'role-policy'])
  })

  test('says what to do when the key policy is full', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    failing(cloud, 'kms:PutKeyPolicy', 'LimitExceededException')

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.fix).toContain('AWS does not raise this limit')
  })

  test.each([
    ['TimeoutError', 'It is not known whether it was written: run the check again before anything else'],
    [
      'MalformedPolicyDocumentException',
      'Remove the ids of deleted principals from the key policy first, as { removeDeletedPrincipals: true } does; a role made seconds ago needs a minute',
    ],
    ['AccessDeniedException', 'Allow kms:PutKeyPolicy for the identity that makes the call'],
  ])('says what to do about %s', async (name, fix) => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    const words =
      name === 'MalformedPolicyDocumentException'
        ? 'Policy contains a statement with one or more invalid principals.'
        : name
    failing(cloud, 'kms:PutKeyPolicy', name, words)

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.fix).toContain(fix)
  })

  test('a fault of the program is not taken for an answer of AWS', async () => {
    const cloud = cloudWith(policyText(ADMIN, PAIRS))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const broken = { ...aws, region: () => aws.region(), call: () => Promise.reject(new TypeError('broken')) }

    await expect(applyPlan(plan, broken as never)).rejects.toThrow(new TypeError('broken'))
  })

  test('a check that fails after the write says what was written', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const before = () => (writesOf(cloud).length > 0 ? 'server-error' : undefined)
    cloud.inject({ call: 'iam:GetRole', fault: { before }, times: Number.POSITIVE_INFINITY })

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), { apply: true }))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.why).toContain('the plan was written, and could not be checked again')
    expect(error.data.undo.entries).toHaveLength(1)
  })
})
