import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { ADMIN, cloudWith, GUIDE, JOB, policyText, ROLE, resolvedJob } from '../labeling-account.js'

describe('facts about role and key', () => {
  test.each([
    ['vision', [], 'allowed'],
    ['other', [], 'missing'],
    ['vision', ['sts:TagSession'], 'unknown'],
  ])('a role tagged %s with a trust policy %s has %s', async (value, more, verdict) => {
    const Principal = { Service: 'sagemaker.amazonaws.com' }
    const Action = ['sts:AssumeRole', ...more]
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action }] }
    const onTag = { ...GUIDE, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'vision' } } }
    const cloud = cloudWith(policyText(ADMIN, onTag), { role: { tags: { team: value }, trust } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.decisions[0]?.verdict).toBe(verdict)
  })

  test('imported key material that expires while the job may run is a warning', async () => {
    const key = { origin: 'EXTERNAL', validTo: new Date('2026-12-01T00:00:00Z') }
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { key })
    const aws = cloud.connect()

    const late = await checkPermissions(JOB, aws)
    const early = await checkPermissions(JOB, aws, { runsUntil: new Date('2026-11-24T00:00:00Z') })

    expect(late.problems.map(({ code, severity }) => [code, severity])).toEqual([['key-expires', 'warning']])
    expect([late.ok, early.problems]).toEqual([true, []])
    expect(String(late)).toContain('expires on 2026-12-01')
    expect(late.toMarkdown()).toContain('- **warning**')
  })

  test.each([
    ['AWS_CLOUDHSM', ['key-in-custom-store']],
    ['EXTERNAL_KEY_STORE', ['key-in-custom-store']],
    ['EXTERNAL', []],
  ])('a key of origin %s has the warnings %j', async (origin, codes) => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { key: { origin } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(codes)
    expect(report.ok).toBe(true)
  })

  test('a job that names no key needs no key permission', async () => {
    const report = await checkPermissions(resolvedJob({}), cloudWith().connect())

    expect(report.ok).toBe(true)
    expect(String(report).split('\n')[0]).toBe(
      `Permissions of ${ROLE} in us-east-1: met (the job names no key)`,
    )
  })
})
