import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  GUIDE,
  JOB,
  keyPolicyOf,
  NOW,
  OUTPUT_KEY,
  policyText,
  putKeyPolicy,
  ROLE,
  slept,
  thrownBy,
  writesOf,
} from '../labeling-account.js'

describe('applyPlan', () => {
  test('refuses a stale plan before it writes', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    await putKeyPolicy(
      cloud,
      OUTPUT_KEY,
      policyText(ADMIN, { ...GUIDE, Sid: 'New', Principal: { AWS: '999988887777' } }),
    )

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-stale-plan')
    expect(writesOf(cloud)).toEqual([])
  })

  test('writes onto other bytes of the same meaning', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    await putKeyPolicy(cloud, OUTPUT_KEY, JSON.stringify(JSON.parse(policyText(ADMIN))))

    await applyPlan(plan, aws)

    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).not.toContain('\n')
    expect(JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement).toHaveLength(2)
  })

  test('reports a lost update and does not write again', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    const theirs = policyText(ADMIN, { ...GUIDE, Sid: 'Theirs', Principal: { AWS: '999988887777' } })
    cloud.inject({
      call: 'kms:PutKeyPolicy',
      fault: 'lost-update',
      policy: theirs,
      times: Number.POSITIVE_INFINITY,
    })

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data).toMatchObject({ base: policyText(ADMIN), found: theirs, done: [] })
    expect(writesOf(cloud)).toEqual(['kms:PutKeyPolicy'])
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(theirs)
  })

  test('a timeout after the write is not written twice', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'timeout-after-write' })

    const { done, undo: info } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(info.entries).toHaveLength(1)
    expect(writesOf(cloud)).toEqual(['kms:PutKeyPolicy'])
  })

  test.each(['ThrottlingException', 'KMSInternalException', 'TimeoutError'])(
    'a %s before the write is tried again',
    async (name) => {
      const cloud = cloudWith(policyText(ADMIN))
      const aws = cloud.connect()
      const plan = await planPermissions(JOB, aws)
      cloud.inject({ call: 'kms:PutKeyPolicy', fault: { name, message: name }, times: 2 })

      const { done } = await applyPlan(plan, aws)

      expect(done.map(({ status: state }) => state)).toEqual(['verified'])
      expect(cloud.calls.of('kms:PutKeyPolicy')).toHaveLength(3)
    },
  )

  test.each([
    [5, 'verified'],
    [600, 'propagating'],
  ])('that readers see %s seconds after the write is %s', async (seconds, state) => {
    const cloud = cloudWith(policyText(ADMIN))
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'slow-propagation', delay: seconds * 1_000 })
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)

    const { done } = await applyPlan(plan, aws)

    expect(done.map((one) => one.status)).toEqual([state])
    expect(slept(cloud)).toBeLessThanOrEqual(5 * 60_000 + 8_000)
  })

  test('a principal that KMS does not know yet is waited for when the role is new', async () => {
    const createdAt = new Date(NOW.getTime() - 6 * 60_000)
    const cloud = cloudWith(policyText(ADMIN), { role: { createdAt } })
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    const fault = {
      name: 'MalformedPolicyDocumentException',
      message: 'Policy contains a statement with one or more invalid principals.',
    }
    cloud.inject({ call: 'kms:PutKeyPolicy', fault, times: 5 })

    const { done } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
  })
})

describe('a plan', () => {
  test.each([
    ['role', policyText(DELEGATION), `the role ${ROLE}`],
    ['key', policyText(ADMIN), `the key ${OUTPUT_KEY}`],
  ])('is not applied with credentials of another account: %s', async (_, policy, what) => {
    const cloud = cloudWith(policy)
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)

    const error = await thrownBy(applyPlan(plan, cloud.connect({ as: 'arn:aws:iam::999988887777:user/ops' })))

    expect(error.message).toBe(
      `Cannot change ${what}: the plan was made for account 111122223333, and the credentials are of account 999988887777. Use the credentials that the plan was made with; nothing was written.`,
    )
    expect(writesOf(cloud)).toEqual([])
  })

  test('is not applied in another region', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const plan = await planPermissions(JOB, cloud.connect())
    const elsewhere = { ...plan, report: { ...plan.report, region: 'eu-west-1' } }

    await expect(applyPlan(elsewhere, cloud.connect())).rejects.toThrow(
      'the plan was made in eu-west-1, and the connection is to us-east-1',
    )
    expect(writesOf(cloud)).toEqual([])
  })

  test('is not mistaken: a report is none', async () => {
    await expect(applyPlan({} as never, cloudWith().connect())).rejects.toThrow(
      'this is no plan: give what planPermissions() gives',
    )
  })
})

describe('a plan without white space', () => {
  test('is written onto other bytes of the same meaning without white space as well', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const short = await planPermissions(JOB, aws, { compact: true })
    await putKeyPolicy(cloud, OUTPUT_KEY, policyText(ADMIN).replace('{', `{${' '.repeat(32_400)}`))
    const plan = await planPermissions(JOB, aws, { compact: true })
    await putKeyPolicy(cloud, OUTPUT_KEY, JSON.stringify(JSON.parse(policyText(ADMIN)), null, 1))

    await applyPlan(plan, aws)

    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(
      JSON.stringify(JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY))),
    )
    expect([short, plan].map(({ changes }) => changes)).toMatchObject([
      [{ compact: false }],
      [{ compact: true }],
    ])
  })
})
