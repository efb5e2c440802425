import { describe, expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import { JOB, policy, wholeWorld } from './whole-world.js'

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' }
const DANA = 'arn:aws:iam::111122223333:user/Dana'

/** How the checks of the caller stand, when Dana asks under these policies. */
async function asked(own: object[], organization: object[] = [], job = JOB) {
  const cloud = wholeWorld()
  if (organization.length > 0) cloud.organization({ scps: [[policy(ALL, ...organization)]] })
  cloud.user({ name: 'Dana', policies: { Work: policy(...own) } })
  const report = await preflight(job, cloud.connect({ as: DANA }))
  const checks = report.checks.filter(({ about }) => about === 'caller')
  return {
    ok: report.ok,
    headline: String(report).split('\n')[0],
    checks: checks.map(({ code, status, why, fix }) => ({ code, status, why, fix })),
  }
}

describe('a report about a caller', () => {
  test('is ok where IAM may not be asked what the caller may do, and says that it was not seen', async () => {
    const { ok, headline, checks } = await asked([
      ALL,
      { Effect: 'Deny', Action: 'iam:SimulatePrincipalPolicy', Resource: '*' },
    ])

    expect(ok).toBe(true)
    expect(headline).toContain('nothing found that keeps it from running, as far as could be seen (2 unknown')
    expect(checks.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'caller-may-create unknown',
      'caller-may-pass-role unknown',
    ])
  })

  test('whom a service control policy denies is not ok, although the simulator alone sees it', async () => {
    const { ok, headline, checks } = await asked(
      [ALL],
      [{ Effect: 'Deny', Action: 'sagemaker:CreateLabelingJob', Resource: '*' }],
    )

    expect(ok).toBe(false)
    expect(headline).toContain('not certain (1 unknown')
    expect(checks[0]).toEqual({
      code: 'caller-may-create',
      status: 'unknown',
      why: "IAM's simulator finds no Allow of the organization",
      fix: 'Have whoever looks after the organization show its service control policies: they bind whoever creates the job',
    })
  })

  test('who may create jobs under a condition that is not known is not ok where nothing else allows', async () => {
    const Condition = { StringEquals: { 'aws:RequestTag/team': 'vision' } }
    const { ok, checks } = await asked([
      { ...ALL, Action: undefined, NotAction: 'sagemaker:CreateLabelingJob' },
      { ...ALL, Action: 'sagemaker:CreateLabelingJob', Condition },
    ])

    expect(ok).toBe(false)
    expect(checks[0]).toMatchObject({
      status: 'unknown',
      why: "what the caller's policies say depends on aws:RequestTag/team (IAM's simulator): without it, it is missing",
    })
  })

  test('who may create jobs under a tag alone may create one with that tag', async () => {
    const own = (Condition: object) => [
      { ...ALL, Action: undefined, NotAction: 'sagemaker:CreateLabelingJob' },
      { ...ALL, Action: 'sagemaker:CreateLabelingJob', Condition },
    ]
    const tagged = JOB.tags({ team: 'vision' })
    const tag = { StringEquals: { 'aws:RequestTag/team': 'vision' } }
    const keys = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } }

    for (const condition of [tag, keys, { ...tag, ...keys }])
      expect((await asked(own(condition), [], tagged)).checks[0]).toMatchObject({ status: 'passed' })
    const other = { StringEquals: { 'aws:RequestTag/team': 'audio' } }
    expect((await asked(own(other), [], tagged)).checks[0]).toMatchObject({ status: 'failed' })
  })
})
