import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  GUIDE,
  JOB,
  NOW,
  policyText,
  ROLE,
  slept,
  thrownBy,
  writesOf,
} from '../labeling-account.js'

const MINUTE_AGO = new Date(NOW.getTime() - 60_000)

describe('what was written', () => {
  test('to a role is given a minute before it is said to count', async () => {
    const cloud = cloudWith(policyText(DELEGATION))

    const ensured = await ensurePermissions(JOB, cloud.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    // Three reads, and the rest of a minute after them.
    expect(slept(cloud)).toBe(63_000)
  })

  test('for a role made just now is given five minutes', async () => {
    const cloud = cloudWith(policyText(ADMIN), { role: { createdAt: MINUTE_AGO } })

    const ensured = await ensurePermissions(JOB, cloud.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(slept(cloud)).toBe(4 * 60_000)
  })

  test('and does not show up is unknown, not missing, and the message says to wait', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'slow-propagation', delay: 3_600_000 })

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), { apply: true }))

    expect(new Set(error.data.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(error.fix).toBe(
      'Wait some minutes, and check again. One change was written; see error.data.report for what is left, and undo(error.data.undo, aws) to take back what was written',
    )
  })
})

describe('a grant made a minute ago', () => {
  const GRANT = { GranteePrincipal: ROLE, IssuingAccount: '111122223333', CreationDate: MINUTE_AGO }

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
    [ALL, ['kms:PutKeyPolicy']],
  ])('is waited for with apply, whatever else is written', async (operations, writes) => {
    const policy = policyText(ADMIN, { ...GUIDE, Action: 'kms:GenerateDataKeyPair' })
    const cloud = cloudWith(policy, { key: { grants: [{ ...GRANT, Operations: operations }] } })

    const ensured = await ensurePermissions(JOB, cloud.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(slept(cloud)).toBe(4 * 60_000)
    expect(writesOf(cloud)).toEqual(writes)
  })
})

describe('a new role that needs nothing more', () => {
  test('is unknown for five minutes, and waited for with apply', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { createdAt: MINUTE_AGO } })

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect()))
    const ensured = await ensurePermissions(JOB, cloud.connect(), { apply: true })

    expect(error.fix).toBe('Wait some minutes, and check again')
    expect((await planPermissions(JOB, cloud.connect(), { addDocumentedStatement: true })).changes).toEqual(
      [],
    )
    expect({ ...ensured, report: ensured.report.ok }).toEqual({ report: true, done: [] })
    expect(writesOf(cloud)).toEqual([])
  })
})

describe('a new role that nobody may assume', () => {
  test('is put right as well as waited for', async () => {
    const trust = { Version: '2012-10-17', Statement: [] }
    const createdAt = new Date(NOW.getTime() - 10_000)
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { trust, createdAt } })

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect()))

    expect(error.fix).toBe(
      'Allow sts:AssumeRole for the service sagemaker.amazonaws.com in the trust policy. Wait some minutes, and check again',
    )
  })
})
