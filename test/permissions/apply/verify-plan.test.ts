import { describe, expect, test } from 'vitest'
import { remakeChanges } from '../../../src/permissions/apply/verify-plan.js'
import type { PermissionPlanData } from '../../../src/permissions/plan/permission-plan.js'
import type { PlanOptions } from '../../../src/permissions/plan/plan-options.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  CALLER,
  cloudWith,
  DELEGATION,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  PAIRS,
  policyText,
  ROLE,
} from '../labeling-account.js'

const ME = { arn: CALLER, account: '111122223333' }
const OLD_ROLE = 'AROAEXAMPLEOLD000001'
const ALTERED = 'it is not what planPermissions() makes of this role, key and actions'
const ELSEWHERE = 'it is about another role or key than the plan'

/** A plan of one change as it travels: JSON, with the connection that it was made on. */
async function planned(output: string, options: PlanOptions = {}) {
  const aws = cloudWith(output).connect()
  const text = JSON.stringify(await planPermissions(JOB, aws, options))
  return { aws, text }
}

const [keyPolicy, rolePolicy, grant, cleaned] = await Promise.all([
  planned(policyText(ADMIN)),
  planned(policyText(DELEGATION)),
  planned(policyText(ADMIN, PAIRS), { prefer: 'grant' }),
  planned(policyText(ADMIN, { ...GUIDE, Principal: { AWS: [OLD_ROLE, CALLER] } }), {
    removeDeletedPrincipals: true,
  }),
])

type Planned = typeof keyPolicy

/** The plan with its change altered, and what is said of it. */
async function remade(
  { aws, text }: Planned,
  alter: (change: Record<string, unknown>) => object,
  caller = ME,
) {
  const plan = JSON.parse(text)
  plan.changes[0] = { ...plan.changes[0], ...alter(plan.changes[0]) }
  const outcome = await remakeChanges(plan as PermissionPlanData, caller, aws)
  return 'why' in outcome ? outcome.why : outcome.changes
}

test.each([
  ['a key policy', keyPolicy],
  ['a role policy', rolePolicy],
  ['a grant', grant],
  ['a key policy without deleted principals', cleaned],
])('a plan of %s is made anew as it was', async (_, plan) => {
  expect(await remade(plan, () => ({}))).toEqual(JSON.parse(plan.text).changes)
})

test('a plan is refused with the change that was altered', async () => {
  const plan = JSON.parse(keyPolicy.text)
  plan.changes[0].sid = 'Admin'

  expect(await remakeChanges(plan, ME, keyPolicy.aws)).toEqual({ change: plan.changes[0], why: ALTERED })
})

describe('a plan is refused', () => {
  const kinds = [keyPolicy, rolePolicy, grant]

  test.each([
    ['another role', { roleArn: `${ROLE}2` }],
    ['no role', { roleArn: 7 }],
    ['another key', { keyArn: OUTPUT_KEY.replace('1111', '2222') }],
  ])('that is about %s than the rest of it', async (_, altered) => {
    for (const plan of kinds) expect(await remade(plan, () => altered)).toBe(ELSEWHERE)
  })

  test('that is about a role in its report, too, which is none', async () => {
    const text = keyPolicy.text.replaceAll(ROLE, 'GtExec')

    expect(await remade({ ...keyPolicy, text }, () => ({}))).toBe(ELSEWHERE)
  })

  test.each([
    ['a kind that there is not', { kind: 'user' }],
    ['something more in it', { more: 1 }],
    ['another name', { sid: 'x', policyName: 'x', name: 'x' }],
  ])('with %s', async (_, altered) => {
    for (const plan of kinds) expect(await remade(plan, () => altered)).toBe(ALTERED)
  })

  test.each([
    ['no text before', { before: null }],
    ['no ids', { removedPrincipals: undefined }],
    ['ids that are none', { removedPrincipals: [7] }],
    ['ids that are a text', { removedPrincipals: 'x' }],
    ['an id that the policy does not name', { removedPrincipals: [OLD_ROLE] }],
    ['no actions', { actions: null }],
    ['actions that are none', { actions: [7] }],
    ['an empty list of actions', { actions: [] }],
    ['actions beyond the job', { actions: ['kms:PutKeyPolicy'] }],
    ['one action more', { actions: [...(GUIDE.Action as string[]), 'kms:PutKeyPolicy'] }],
    ['its white space taken out without need', { compact: true }],
    ['something that is neither', { compact: 'yes' }],
    ['a date that is none', { roleCreatedAt: 'x' }],
    ['another size', { size: { used: 1, limit: 32_768, unit: 'bytes' } }],
    ['another text after', { after: policyText(ADMIN) }],
    ['a statement in the place of ours', { replaces: ADMIN }],
  ])('that changes a key policy with %s', async (_, altered) => {
    expect(await remade(keyPolicy, () => altered)).toBe(ALTERED)
  })

  test('that leaves an id of a deleted principal, which KMS would refuse', async () => {
    expect(await remade(cleaned, () => ({ removedPrincipals: [] }))).toMatch(
      /^the key policy names AROAEXAMPLEOLD000001, the id of a deleted principal/,
    )
  })

  test('that takes out the id of the role itself, which lives', async () => {
    const own = 'AROAEXAMPLEGT0000001'
    const text = cleaned.text.replaceAll(OLD_ROLE, own)

    expect(await remade({ ...cleaned, text }, () => ({}))).toBe(ALTERED)
  })

  test('that takes out one id more than stands there', async () => {
    expect(await remade(cleaned, () => ({ removedPrincipals: [OLD_ROLE, 'AIDAEXAMPLEOLD000002'] }))).toBe(
      ALTERED,
    )
  })

  test.each([
    ['a policy before that is not ours', { before: policyText(ADMIN) }],
    ['a policy before that is none', { before: 7 }],
    ['no actions', { actions: null }],
    ['an empty list of actions', { actions: [] }],
    ['actions beyond the job', { actions: ['kms:PutKeyPolicy'] }],
    ['one action more', { actions: ['kms:Decrypt', 'kms:PutKeyPolicy'] }],
    ['the name of another role', { roleName: 'Admin' }],
    ['another text after', { after: policyText(ADMIN) }],
  ])('that changes a role policy with %s', async (_, altered) => {
    expect(await remade(rolePolicy, () => altered)).toBe(ALTERED)
  })

  const size = JSON.parse(rolePolicy.text).changes[0].size

  test.each([
    ['smaller than the policy itself', { used: size.used - 1 }],
    ['over the quota', { used: 10_241 }],
    ['no whole number', { used: size.used + 0.5 }],
    ['of another quota', { limit: 20_000 }],
    ['in another unit', { unit: 'bytes' }],
    ['with something more', { more: 1 }],
  ])('that says a size of the role policies that is %s', async (_, altered) => {
    expect(await remade(rolePolicy, () => ({ size: { ...size, ...altered } }))).toBe(ALTERED)
  })

  test('not when other policies of the role fill the quota', async () => {
    expect(await remade(rolePolicy, () => ({ size: { ...size, used: 10_240 } }))).toMatchObject([
      { size: { used: 10_240 } },
    ])
  })

  test.each([
    ['no operations', { operations: null }],
    ['operations that are none', { operations: [7] }],
    ['an empty list of operations', { operations: [] }],
    ['an operation that no grant of ours has', { operations: ['CreateGrant'] }],
    ['one operation more', { operations: ['Decrypt', 'CreateGrant'] }],
    ['fewer operations', { operations: ['Decrypt'] }],
    ['another issuer', { issuer: '444455556666' }],
  ])('that makes a grant with %s', async (_, altered) => {
    expect(await remade(grant, () => altered)).toBe(ALTERED)
  })

  test('that lets somebody else retire the grant', async () => {
    const why = 'who may retire the grant is not whoever applies the plan'

    expect(await remade(grant, () => ({ retiringPrincipal: ROLE }))).toBe(why)
    expect(await remade(grant, () => ({}), { ...ME, arn: 'arn:aws:iam::111122223333:user/other' })).toBe(why)
  })

  test.each([
    ['a list of something else', { decisions: [7] }],
    ['no keys', { keys: [{}] }],
  ])('whose report has %s', async (_, altered) => {
    const plan = JSON.parse(keyPolicy.text)
    plan.report = { ...plan.report, ...altered }

    expect(await remakeChanges(plan, ME, keyPolicy.aws)).toMatchObject({ change: undefined })
  })

  test('whose change is gone', async () => {
    const plan = JSON.parse(keyPolicy.text)
    plan.changes = []

    expect(await remakeChanges(plan, ME, keyPolicy.aws)).toEqual({
      change: undefined,
      why: `it has no change any more for kms:DescribeKey on ${OUTPUT_KEY}`,
    })
  })

  test('whose parts are not what they should be', async () => {
    const plan = JSON.parse(keyPolicy.text)
    plan.report.keys = [{}]

    expect(await remakeChanges(plan, ME, keyPolicy.aws)).toEqual({
      change: undefined,
      why: 'its parts are not what they should be',
    })
  })
})

test('a statement of ours for a role that was deleted is replaced, and not one for the role itself', async () => {
  const own = JSON.parse(keyPolicy.text).changes[0].statement
  const plan = await planned(policyText(ADMIN, { ...own, Principal: { AWS: OLD_ROLE } }))
  const text = plan.text.replaceAll(OLD_ROLE, 'AROAEXAMPLEGT0000001')

  expect(await remade(plan, () => ({}))).toEqual(JSON.parse(plan.text).changes)
  expect(await remade({ ...plan, text }, () => ({}))).toBe(
    `the key policy of ${OUTPUT_KEY} has a statement ${own.Sid} that is not about ${ROLE} alone, and is not ours to replace`,
  )
})

test('a policy is made anew without its white space, where it was planned so', async () => {
  const long = policyText(ADMIN).replace('{', `{${' '.repeat(32_500)}`)
  const plan = await planned(long, { compact: true })

  expect(await remade(plan, () => ({}))).toEqual(JSON.parse(plan.text).changes)
})

test('the moment at which a role was made stays in its plan', async () => {
  const aws = cloudWith(policyText(ADMIN), {
    role: { createdAt: new Date('2026-11-23T11:00:00Z') },
  }).connect()
  const plan = { aws, text: JSON.stringify(await planPermissions(JOB, aws)) }

  expect(await remade(plan, () => ({}))).toMatchObject([{ roleCreatedAt: '2026-11-23T11:00:00.000Z' }])
})
