import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
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
  ROLE,
  SmallAws,
  thrownBy,
  worldWith,
} from '../small-aws.js'

describe('applyPlan', () => {
  test('refuses a stale plan before it writes', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    world.policies.set(
      OUTPUT_KEY,
      policyText(ADMIN, { ...GUIDE, Sid: 'New', Principal: { AWS: '999988887777' } }),
    )

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-stale-plan')
    expect(world.writes).toEqual([])
  })

  test('writes onto other bytes of the same meaning', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    world.policies.set(OUTPUT_KEY, JSON.stringify(JSON.parse(policyText(ADMIN))))

    await applyPlan(plan, aws)

    expect(world.policies.get(OUTPUT_KEY)).not.toContain('\n')
    expect(JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement).toHaveLength(2)
  })

  test('reports a lost update and does not write again', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    const theirs = policyText(ADMIN, { ...GUIDE, Sid: 'Theirs', Principal: { AWS: '999988887777' } })
    world.after = (name) => {
      if (name === 'PutKeyPolicy') world.policies.set(OUTPUT_KEY, theirs)
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data).toMatchObject({ base: policyText(ADMIN), found: theirs, done: [] })
    expect(world.writes).toEqual(['PutKeyPolicy'])
    expect(world.policies.get(OUTPUT_KEY)).toBe(theirs)
  })

  test('a timeout after the write is not written twice', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    world.after = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('TimeoutError')
    }

    const { done, undo: info } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(info.entries).toHaveLength(1)
    expect(world.writes).toEqual(['PutKeyPolicy'])
  })

  test.each(['ThrottlingException', 'KMSInternalException', 'TimeoutError'])(
    'a %s before the write is tried again',
    async (name) => {
      const world = worldWith(policyText(ADMIN))
      const aws = world.connect()
      const plan = await planPermissions(JOB, aws)
      let refusals = 2
      world.before = (call) => {
        if (call === 'PutKeyPolicy' && refusals-- > 0) throw awsError(name)
      }

      const { done } = await applyPlan(plan, aws)

      expect(done.map(({ status: state }) => state)).toEqual(['verified'])
      expect(world.writes).toHaveLength(3)
    },
  )

  test.each([
    [5, 'verified'],
    [100, 'propagating'],
  ])('with %s old reads after the write it is %s', async (reads, state) => {
    const world = worldWith(policyText(ADMIN))
    world.slowReads = reads
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)

    const { done } = await applyPlan(plan, aws)

    expect(done.map((one) => one.status)).toEqual([state])
    expect(world.slept).toBeLessThanOrEqual(5 * 60_000 + 8_000)
  })

  test('a principal that KMS does not know yet is waited for when the role is new', async () => {
    const world = worldWith(policyText(ADMIN))
    world.roleCreated = new Date(NOW.getTime() - 6 * 60_000)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    let refusals = 5
    world.before = (name) => {
      if (name === 'PutKeyPolicy' && refusals-- > 0) throw awsError('MalformedPolicyDocumentException')
    }

    const { done } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
  })
})

describe('a plan', () => {
  test.each([
    ['role', policyText(DELEGATION), `the role ${ROLE}`],
    ['key', policyText(ADMIN), `the key ${OUTPUT_KEY}`],
  ])('is not applied with credentials of another account: %s', async (_, policy, what) => {
    const world = worldWith(policy)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    world.caller = 'arn:aws:iam::999988887777:user/ops'

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.message).toBe(
      `Cannot change ${what}: the plan was made for account 111122223333, and the credentials are of account 999988887777. Use the credentials that the plan was made with; nothing was written.`,
    )
    expect(world.writes).toEqual([])
  })

  test('is not applied in another region', async () => {
    const world = worldWith(policyText(DELEGATION))
    const plan = await planPermissions(JOB, world.connect())
    const elsewhere = { ...plan, report: { ...plan.report, region: 'eu-west-1' } }

    await expect(applyPlan(elsewhere, world.connect())).rejects.toThrow(
      'the plan was made in eu-west-1, and the connection is to us-east-1',
    )
    expect(world.writes).toEqual([])
  })

  test('is not mistaken: a report is none', async () => {
    await expect(applyPlan({} as never, new SmallAws().connect())).rejects.toThrow(
      'this is no plan: give what planPermissions() gives',
    )
  })
})

describe('a plan without white space', () => {
  test('is written onto other bytes of the same meaning without white space as well', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const short = await planPermissions(JOB, aws, { compact: true })
    world.policies.set(OUTPUT_KEY, policyText(ADMIN).replace('{', `{${' '.repeat(32_500)}`))
    const plan = await planPermissions(JOB, aws, { compact: true })
    world.policies.set(OUTPUT_KEY, JSON.stringify(JSON.parse(policyText(ADMIN)), null, 1))

    await applyPlan(plan, aws)

    expect(world.policies.get(OUTPUT_KEY)).toBe(
      JSON.stringify(JSON.parse(world.policies.get(OUTPUT_KEY) ?? '')),
    )
    expect([short, plan].map(({ changes }) => changes)).toMatchObject([
      [{ compact: false }],
      [{ compact: true }],
    ])
  })
})
