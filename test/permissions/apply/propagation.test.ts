import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  DELEGATION,
  GUIDE,
  JOB,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  type SmallAws,
  thrownBy,
  worldWith,
} from '../small-aws.js'

describe('what was written', () => {
  test('to a role is given a minute before it is said to count', async () => {
    const world = worldWith(policyText(DELEGATION))

    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    // Three reads, and the rest of a minute after them.
    expect(world.slept).toBe(63_000)
  })

  test('for a role made just now is given five minutes', async () => {
    const world = worldWith(policyText(ADMIN))
    world.roleCreated = new Date(NOW.getTime() - 60_000)

    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(world.slept).toBe(4 * 60_000)
  })

  test('and does not show up is unknown, not missing, and the message says to wait', async () => {
    const world = worldWith(policyText(ADMIN))
    world.slowReads = 200

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), { apply: true }))

    expect(new Set(error.data.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(error.fix).toBe(
      'Wait some minutes, and check again. One change was written; see error.data.report for what is left, and undo(error.data.undo, aws) to take back what was written',
    )
  })
})

describe('a grant made a minute ago', () => {
  function worldWithGrant(...operations: readonly string[]): SmallAws {
    const world = worldWith(policyText(ADMIN, { ...GUIDE, Action: 'kms:GenerateDataKeyPair' }))
    const CreationDate = new Date(NOW.getTime() - 60_000)
    const grant = { GrantId: 'g', GranteePrincipal: ROLE, IssuingAccount: '111122223333', CreationDate }
    world.grants.set(OUTPUT_KEY, [{ ...grant, Operations: [...operations] }])
    return world
  }

  const ALL = [
    'DescribeKey',
    'Encrypt',
    'Decrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateDataKeyPair',
  ]

  test.each([
    [[...ALL, 'GenerateDataKeyPairWithoutPlaintext'], []],
    [ALL, ['PutKeyPolicy']],
  ])('is waited for with apply, whatever else is written', async (operations, writes) => {
    const world = worldWithGrant(...operations)

    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(world.slept).toBe(4 * 60_000)
    expect(world.writes).toEqual(writes)
  })
})

describe('a new role that needs nothing more', () => {
  test('is unknown for five minutes, and waited for with apply', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.roleCreated = new Date(NOW.getTime() - 60_000)

    const error = await thrownBy(ensurePermissions(JOB, world.connect()))
    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(error.fix).toBe('Wait some minutes, and check again')
    expect((await planPermissions(JOB, world.connect(), { addDocumentedStatement: true })).changes).toEqual(
      [],
    )
    expect({ ...ensured, report: ensured.report.ok }).toEqual({ report: true, done: [] })
    expect(world.writes).toEqual([])
  })
})

describe('a new role that nobody may assume', () => {
  test('is put right as well as waited for', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.roleCreated = new Date(NOW.getTime() - 10_000)
    world.trust = '{"Version":"2012-10-17","Statement":[]}'

    const error = await thrownBy(ensurePermissions(JOB, world.connect()))

    expect(error.fix).toBe(
      'Allow sts:AssumeRole for the service sagemaker.amazonaws.com in the trust policy. Wait some minutes, and check again',
    )
  })
})
